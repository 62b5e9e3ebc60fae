"""Search: what a family needs, in its own words → the few services that fit, a group for each need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, zip_longest
from typing import Any

import numpy as np

from directory.cards import Asked, card
from directory.catalogue import Catalogue, load_catalogue
from directory.database import now, session
from directory.encoder import Encoder, Vectors
from directory.filters import narrowed
from directory.hours import LONDON
from directory.index import Built, Index, Progress, build_index, current_index, fingerprint, pointer_age
from directory.places import find_place
from directory.query import Part, Query
from directory.ranking import Ranked, rank
from directory.service import ServiceRecord
from directory.settings import settings
from directory.store import read_records
from directory.weights import weights

RECORDS = 2000  # whole records kept in memory; a card needs one


@dataclass(frozen=True)
class _Loaded:
    """An index with its catalogue: replaced as one, so that a search never mixes old and new."""

    index: Index
    catalogue: Catalogue
    council: str
    records: dict[str, ServiceRecord] = field(default_factory=dict)
    """Those that were shown lately, whole."""


class Search:
    """The directory as it is searched; safe to share among threads, and reloaded without a pause."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._taken_up = pointer_age()
        self._loaded = _load()

    @property
    def services(self) -> int:
        """How many services can be shown in the council in use."""
        return int(self._loaded.catalogue.here.sum()) if self._loaded else 0

    @property
    def index_name(self) -> str | None:
        """The fingerprint of the index in use; None where there is none yet."""
        return self._loaded.index.fingerprint if self._loaded else None

    @property
    def in_use(self) -> _Loaded | None:
        """What is searched now, for listing.py; None where there is no index yet."""
        return self._loaded

    def refresh(self, progress: Progress | None = None) -> Built | None:
        """Build the index where the services changed, and take up the newest; None where it was up to date."""
        with session() as opened:
            wanted = fingerprint(opened, self.encoder.identity)
            index = current_index()
            stale = index is None or index.fingerprint != wanted
            built = build_index(opened, self.encoder, progress) if stale else None
        if built or self.index_name != wanted:
            self._take_up()
        return built

    def follow(self) -> bool:
        """Take up an index that another process swapped in; whether there was one. Cheap: to be asked every second."""
        if pointer_age() == self._taken_up:
            return False
        self._take_up()
        return True

    def _take_up(self) -> None:
        self._taken_up = pointer_age()
        self._loaded = _load()

    def search(self, query: Query, at: datetime | None = None) -> dict[str, Any]:
        """The answer of POST /search: `{"q", "groups": [{"need", "services"}], "services"}`.

        A group for each part of the query (one with need None where it has no parts), `query.top` cards in each and no
        card twice; `services` is the one merged list of at most `query.top`. `at` is an aware moment (default: now).
        """
        loaded, at = self._loaded, at or now()
        parts = query.parts or (Part(None, query.text),)
        if loaded is None or not any(part.words.strip() for part in parts):
            return {"q": query.text, "groups": [{"need": p.need, "services": []} for p in parts], "services": []}
        point = find_place(query.place, loaded.council) if query.place else None
        distances = loaded.catalogue.distances_km(point) if point else None
        today = at.astimezone(LONDON).date()
        groups: list[list[dict[str, Any]]] = []
        taken: set[int] = set()
        for part, vector in zip(parts, self._vectors(query, parts), strict=True):
            ranked = rank(loaded.index, narrowed(loaded.catalogue, query), query, part.need, vector, point, distances, today)
            best = _fold(loaded, ranked, taken, query.top)
            taken |= {position for position, _ in best}
            asked = Asked(at, loaded.council, part.need, query.ages, point)
            groups.append(_cards(loaded, best, asked))
        return {
            "q": query.text,
            "groups": [{"need": part.need, "services": cards} for part, cards in zip(parts, groups, strict=True)],
            "services": _merge(groups)[: query.top],
        }

    def _vectors(self, query: Query, parts: Sequence[Part]) -> Vectors:
        """A unit vector for each part: its own words, and a share of the whole message for what they leave out."""
        if not query.parts:
            # The place has its own part in the ranking: left in a short text, it would find whatever is called after it.
            return self.encoder.encode([_without_place(query.text, query.place)])
        texts = [query.text, *(part.words for part in parts)]
        message, *own = self.encoder.encode(texts)
        share = weights()["text"]["message"] if query.text.strip() else 0.0
        mixed = np.stack([(1 - share) * vector + share * message for vector in own])
        result: Vectors = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return result


def _without_place(text: str, place: str | None) -> str:
    if not place:
        return text
    shorter = re.sub(rf"(?:\b(?:in|near|around|at|from)\s+)?\b{re.escape(place)}\b", " ", text, flags=re.IGNORECASE)
    return " ".join(shorter.split()) or text


def _load() -> _Loaded | None:
    index = current_index()
    if index is None:
        return None
    council = settings().council
    with session() as opened:
        catalogue = load_catalogue(opened, index.keys, council)
    return _Loaded(index, catalogue, council)


def _fold(loaded: _Loaded, ranked: Ranked, taken: set[int], top: int) -> list[tuple[int, bool]]:
    """The best `top`, each with whether it was named; of one organisation's near-copies only the best."""
    vectors, organisation = loaded.index.whole_vectors(), loaded.catalogue.organisation
    kept: list[tuple[int, bool]] = []
    for position, named in zip(ranked.positions.tolist(), ranked.named.tolist(), strict=True):
        if len(kept) == top:
            break
        if position in taken:
            continue
        same = [other for other, _ in kept if organisation[other] == organisation[position] != -1]
        if not any(vectors[other] @ vectors[position] >= weights()["same_text"] for other in same):
            kept.append((position, named))
    return kept


def _cards(loaded: _Loaded, best: list[tuple[int, bool]], asked: Asked) -> list[dict[str, Any]]:
    keys = [loaded.catalogue.keys[position] for position, _ in best]
    records = _records(loaded, keys)
    return [
        card(records[key], replace(asked, named=named))
        for key, (_, named) in zip(keys, best, strict=True)
        if key in records and records[key].status == "active"  # retired a moment ago: the index follows
    ]


def _records(loaded: _Loaded, keys: Sequence[str]) -> dict[str, ServiceRecord]:
    missing = [key for key in keys if key not in loaded.records]
    if missing:
        if len(loaded.records) > RECORDS:
            loaded.records.clear()
        with session() as opened:
            loaded.records.update(read_records(opened, missing))
    return {key: loaded.records[key] for key in keys if key in loaded.records}


def _merge(groups: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """One list, best first: the first of each group, then the second of each …, so that no need is left behind."""
    return [card for card in chain.from_iterable(zip_longest(*groups)) if card is not None]
