"""How well services fit one need: who may be shown at all, and a score for each that may."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import faiss
import numpy as np

from directory.catalogue import Bools, Catalogue, Floats, Ints, audience_bits
from directory.encoder import Vectors
from directory.index import Index
from directory.needs import needs
from directory.places import Point
from directory.query import Query
from directory.weights import weights

ADULTS = audience_bits("adults", "older_people", "women", "men")
FAMILY = audience_bits("parents", "families", "carers")
YOUNG = audience_bits("young_people", "children", "families")
YOUNG_PEOPLE = audience_bits("young_people")
OLDER = audience_bits("older_people")
PROFESSIONALS = audience_bits("professionals")


@dataclass(frozen=True)
class Ranked:
    """Services that fit, best first: positions in the catalogue, their scores, and whether the message names them."""

    positions: Ints
    scores: Floats
    named: Bools


def rank(
    index: Index,
    catalogue: Catalogue,
    query: Query,
    need: str | None,
    vector: Vectors,
    point: Point | None,
    distances: Floats | None,
    today: date,
) -> Ranked:
    """Rank the services for one need (None: the whole message), whose words have `vector`.

    `point` and `distances` (km to each service) are of the place that was given, None where none was.
    """
    allowed = may_be_shown(catalogue, query, need, distances, today)
    chosen = _candidates(index, catalogue, need, vector, allowed)
    named = _named(catalogue, chosen, query.text)
    scores = (
        _text(index, chosen, vector)
        + _fit(catalogue, chosen, query, need)
        + weights()["add"]["exact_name"] * named
        - _drawbacks(catalogue, chosen, query, need, point, distances, today)
    )
    order = np.argsort(-scores, kind="stable")
    return Ranked(chosen[order], scores[order].astype(np.float32), named[order])


def may_be_shown(catalogue: Catalogue, query: Query, need: str | None, distances: Floats | None, today: date) -> Bools:
    """What is left when the impossible is gone: (n,) of bool. What a service does not say never rules it out."""
    day = today.toordinal()
    allowed = catalogue.here & (catalogue.shown_from <= day) & (day <= catalogue.shown_to)
    if query.ages:
        fits = np.zeros(len(allowed), bool)
        for ages in query.ages:
            fits |= (catalogue.min_age <= ages.max) & (ages.min <= catalogue.max_age)
        allowed &= fits
    if query.free:
        allowed &= catalogue.free
    if query.online:
        allowed &= catalogue.online
    if query.within_km is not None and distances is not None:
        allowed &= (distances <= query.within_km) | (catalogue.reachable & np.isinf(distances))
    if query.exclude:
        allowed &= np.array([k not in query.exclude and k.split("/", 1)[1] not in query.exclude for k in catalogue.keys])
    return allowed & _audience_fits(catalogue.audience, query, need)


def _audience_fits(audience: Ints, query: Query, need: str | None) -> Bools:
    """Whose services these are: nobody is shown what is for others only."""

    def only(bits: int) -> Bools:
        return (audience != 0) & (audience & ~bits == 0)

    hidden = np.zeros(len(audience), bool)
    if query.audience != "practitioner":
        hidden |= only(PROFESSIONALS)
        hidden |= only(OLDER | PROFESSIONALS)
    if _about_a_child(query, need):
        hidden |= only(ADULTS | PROFESSIONALS) if query.audience != "practitioner" else only(ADULTS)
    return ~hidden


def _about_a_child(query: Query, need: str | None) -> bool:
    """Whether what is asked is for a child or young person, so that what is for adults only cannot help."""
    if need in weights()["parents_own"]:
        return query.audience == "young_person"
    if query.audience == "young_person":
        return True
    return need is not None or any(ages.min < 18 for ages in query.ages)


def _candidates(index: Index, catalogue: Catalogue, need: str | None, vector: Vectors, allowed: Bools) -> Ints:
    """The services to look at closely: the nearest in meaning, and the nearest of those that answer the need."""
    most = int(weights()["candidates"])
    found = [_nearest(index, vector, allowed, most)]
    if need is not None:
        found.append(_nearest(index, vector, allowed & (catalogue.needs[:, _column(need)] > 0), most // 2))
    return np.unique(np.concatenate(found)).astype(np.int32)


def _nearest(index: Index, vector: Vectors, allowed: Bools, most: int) -> Ints:
    count = int(allowed.sum())
    if count <= most:
        return np.flatnonzero(allowed).astype(np.int32)
    bits = np.packbits(allowed, bitorder="little")
    selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
    _, rows = index.whole.search(vector[None, :], most, params=faiss.SearchParameters(sel=selector))  # type: ignore[call-arg]
    return rows[0][rows[0] >= 0].astype(np.int32)


def _text(index: Index, chosen: Ints, vector: Vectors) -> Floats:
    """Similarity of meaning: the whole text's and the best sentence's, weighed."""
    if not len(chosen):
        return np.empty(0, np.float32)
    share = weights()["text"]["whole"]
    whole = index.whole_vectors()[chosen] @ vector
    starts, ends = index.starts[chosen], index.starts[chosen + 1]
    rows = np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])
    offsets = np.concatenate([[0], np.cumsum(ends - starts)[:-1]])
    best = np.maximum.reduceat(index.sentences[rows] @ vector, offsets)
    result: Floats = share * whole + (1 - share) * best
    return result


def _fit(catalogue: Catalogue, chosen: Ints, query: Query, need: str | None) -> Floats:
    add = weights()["add"]
    score = np.zeros(len(chosen), np.float32)
    if need is not None:
        score += add["need"] * catalogue.needs[chosen, _column(need)]
    audience = catalogue.audience[chosen]
    if query.audience == "young_person":
        score += add["young_person"] * ((audience & YOUNG_PEOPLE) > 0)
    if query.audience == "practitioner":
        score += add["professional"] * ((audience & PROFESSIONALS) > 0)
    if query.ages:
        says = (catalogue.min_age[chosen] > 0) | np.isfinite(catalogue.max_age[chosen])
        score += add["age_known"] * says
    return score


def _drawbacks(
    catalogue: Catalogue,
    chosen: Ints,
    query: Query,
    need: str | None,
    point: Point | None,
    distances: Floats | None,
    today: date,
) -> Floats:
    take = weights()["take"]
    audience = catalogue.audience[chosen]
    stale = today.toordinal() - catalogue.assured[chosen] > weights()["stale_days"]
    score = (take["stale"] * stale + take["national"] * ~catalogue.own[chosen]).astype(np.float32)
    if query.audience == "young_person":
        score += take["parents_only"] * ((audience != 0) & (audience & ~FAMILY == 0) & (audience & YOUNG == 0))
    elif query.audience != "practitioner" and not _about_a_child(query, need) and need is None:
        score += take["adults_only"] * ((audience != 0) & (audience & ~ADULTS == 0))
    if point is not None and distances is not None:
        far = np.log2(np.maximum(distances[chosen], 0.1) / weights()["near_km"])
        away = np.clip(take["distance"] * far, 0, take["distance_most"])
        score += np.where(catalogue.reachable[chosen], 0, np.where(np.isinf(distances[chosen]), 0, away))
        own = {name.lower() for name in (point.name, point.locality) if name}
        if point.locality:
            other = [bool(catalogue.areas[n]) and not catalogue.areas[n] & own for n in chosen]
            score += take["far_area"] * np.array(other, bool)
    return score


def _named(catalogue: Catalogue, chosen: Ints, text: str) -> Bools:
    """Whether the message names the service or who runs it ("Home-Start", "the Bump Club")."""
    plain = f" {_plain(text)} "
    return np.array(
        [_names(catalogue.names[n], plain, text) or _names(catalogue.organisations[n], plain, text) for n in chosen], bool
    )


def _names(name: str, plain: str, text: str) -> bool:
    known = _plain(name)
    if " " in known:
        return f" {known} " in plain
    # One word alone (Mind, Contact, Beat) is a name only when it is written as one.
    return len(name) > 3 and bool(re.search(rf"(?<![.!?] )(?<!^)\b{re.escape(name)}\b", text))


@lru_cache(maxsize=100_000)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("'", "").replace("’", "")).split())


def _column(need: str) -> int:
    return _columns()[need]


@lru_cache(maxsize=1)
def _columns() -> Mapping[str, int]:
    return {code: position for position, code in enumerate(needs())}
