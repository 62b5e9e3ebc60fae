"""Search: what a family needs, in its own words → the few services that fit, a group for each need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from directory.cards import Asked, card
from directory.catalogue import Catalogue, load_catalogue
from directory.database import now, session
from directory.encoder import Encoder, Vectors
from directory.filters import narrowed
from directory.hours import LONDON
from directory.index import Built, Index, Progress, build_index, current_index, fingerprint, pointer_age
from directory.names import plain
from directory.places import find_place
from directory.query import Part, Query
from directory.ranking import Ranked, Wanted, one_need, rank
from directory.service import ServiceRecord
from directory.settings import settings
from directory.store import last_change, read_records
from directory.wanted import wanted_of
from directory.weights import weights

RECORDS = 2000  # whole records kept in memory; a card needs one


class Shown(NamedTuple):
    """A service of a list: its place in the catalogue, and whether the message named it."""

    position: int
    named: bool


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
        threadpool_limits(1, "blas")  # the products of one search are too small to share, and waiting threads spin
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
            # What a worker edits is no word of the source's, of which the fingerprint is.
            stale = index is None or index.fingerprint != wanted or last_change(opened) > pointer_age()
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
        card twice; `services` is the one merged list of at most `query.top`, ranked for the whole message. `at` is an aware moment (default: now).
        """
        loaded, at = self._loaded, at or now()
        parts = query.parts or (Part(None, query.text),)
        if loaded is None or not any(part.words.strip() for part in parts):
            return {"q": query.text, "groups": [{"need": p.need, "services": []} for p in parts], "services": []}
        point = find_place(query.place, loaded.council) if query.place else None
        distances = loaded.catalogue.distances_km(point) if point else None
        today = at.astimezone(LONDON).date()
        catalogue = narrowed(loaded.catalogue, query)
        whole, *lists = wanted_of(query, self.encoder, loaded.catalogue.called)
        if len(lists) == 1 and lists[0].need:
            lists = []  # one need is the whole message's: nothing is won by ranking twice
        groups: list[list[Shown]] = []
        taken: set[int] = set()
        for wanted in lists or [whole]:
            ranked = rank(loaded.index, catalogue, query, wanted, point, distances, today)
            groups.append(_fold(loaded, ranked, taken, query.top))
            taken |= {shown.position for shown in groups[-1]}
        merged = groups[0]
        if lists:
            merged = _fold(loaded, rank(loaded.index, catalogue, query, whole, point, distances, today), set(), query.top)
            merged = _none_left_behind(merged, [group for group, it in zip(groups, lists, strict=True) if _counts(whole, it)])
        cards: dict[int, dict[str, Any]] = {}
        for part, group in zip((*parts, Part(None, "")), (*groups, merged), strict=True):
            new = [shown for shown in group if shown.position not in cards]
            cards |= _cards(loaded, new, Asked(at, loaded.council, part.need, query.ages, point))
        answer = [[cards[shown.position] for shown in group if shown.position in cards] for group in (*groups, merged)]
        return {
            "q": query.text,
            "groups": [{"need": part.need, "services": some} for part, some in zip(parts, answer, strict=False)],
            "services": answer[-1],
        }


def _load() -> _Loaded | None:
    index = current_index()
    if index is None:
        return None
    council = settings().council
    with session() as opened:
        catalogue = load_catalogue(opened, index.keys, council)
    return _Loaded(index, catalogue, council)


def _fold(loaded: _Loaded, ranked: Ranked, taken: set[int], top: int) -> list[Shown]:
    """The best `top` that are not taken; of the near-copies of one organisation, or of one name, only the best."""
    organisation, names = loaded.catalogue.organisation, loaded.catalogue.names

    def akin(one: int, other: int) -> bool:
        if organisation[one] == -1 or organisation[other] == -1:
            return plain(names[one]) == plain(names[other])
        return bool(organisation[one] == organisation[other])

    kept: list[Shown] = []
    vectors: list[Vectors] = []
    for position, named in zip(ranked.positions.tolist(), ranked.named.tolist(), strict=True):
        if len(kept) == top:
            break
        if position in taken:
            continue
        vector = loaded.index.whole[position].astype(np.float32)
        if any(
            akin(other.position, position) and float(vector @ known) >= weights()["same_text"]
            for other, known in zip(kept, vectors, strict=True)
        ):
            continue
        kept.append(Shown(position, named))
        vectors.append(vector)
    return kept


def _counts(whole: Wanted, part: Wanted) -> bool:
    """Whether a part's need is heard so strongly that the merged list must not be without it."""
    return part.need is not None and float((whole.needs * one_need(part.need)).sum()) >= weights()["hearing"]["must_show"]


def _none_left_behind(merged: list[Shown], groups: list[list[Shown]]) -> list[Shown]:
    """The merged list, with the best of each of these groups in it: in place of the last ones where it has to be."""
    there = {shown.position for shown in merged}
    first = [group[0] for group in groups if group]
    missing = [shown for shown in first if shown.position not in there]
    needed = {shown.position for shown in first}
    for shown in missing:
        for place in range(len(merged) - 1, 0, -1):
            if merged[place].position not in needed:
                merged[place] = shown
                break
    return merged


def _cards(loaded: _Loaded, shown: list[Shown], asked: Asked) -> dict[int, dict[str, Any]]:
    records = _records(loaded, [loaded.catalogue.keys[one.position] for one in shown])
    made = {}
    for one in shown:
        record = records.get(loaded.catalogue.keys[one.position])
        if record and record.status == "active":  # retired a moment ago: the index follows
            made[one.position] = card(record, replace(asked, named=one.named))
    return made


def _records(loaded: _Loaded, keys: Sequence[str]) -> dict[str, ServiceRecord]:
    held = {key: record for key in keys if (record := loaded.records.get(key))}
    missing = [key for key in keys if key not in held]
    if missing:
        with session() as opened:
            read = read_records(opened, missing)
        if len(loaded.records) > RECORDS:
            loaded.records.clear()
        loaded.records.update(read)
        held |= read
    return held
