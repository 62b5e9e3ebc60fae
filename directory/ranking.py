"""How well services fit: who may be shown at all, and a score for each that may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from directory.catalogue import Bools, Catalogue, Floats, Ints, audience_bits
from directory.encoder import Vectors
from directory.index import Index
from directory.labels import ONLY, Labels
from directory.nearest import nearest
from directory.needs import needs
from directory.places import Point
from directory.query import Query
from directory.weights import weights

ADULTS = audience_bits("adults", "older_people", "women", "men")
FAMILY = audience_bits("parents", "families", "carers")
YOUNG = audience_bits("young_people", "children", "families")
YOUNG_PEOPLE = audience_bits("young_people")
PARENTS = audience_bits("parents")
WHO_LOOK_AFTER = audience_bits("parents", "carers")
THEIR_OWN_CHILD = "early_years."
"""Needs for which a young person is a parent, or about to be one."""
OLDER = audience_bits("older_people")
PROFESSIONALS = audience_bits("professionals")


@dataclass(frozen=True)
class Wanted:
    """What one list of services is ranked for: a need and its words, or the whole message."""

    vector: Vectors
    """(dimension,) of the words, unit length."""
    answer: Vectors
    """(dimension,) of what answered messages like these words (`learned.Heard.answer`); zeros where nothing is known."""
    needs: Vectors
    """(needs,) how much each counts, 0 to 1."""
    need: str | None
    """The one that the list is for; None: the whole message."""
    named: frozenset[int]
    """The services that the message names."""
    about_child: bool
    """Whether it is for a child or young person, so that what is for adults only cannot help."""


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
    wanted: Wanted,
    point: Point | None,
    distances: Floats | None,
    today: date,
) -> Ranked:
    """Rank the services for what is wanted.

    `point` and `distances` (km to each service) are of the place that was given, None where none was.
    """
    allowed = possible(catalogue, query, distances, today)
    allowed &= audience_fits(catalogue.audience, index.labels, query, wanted.about_child)
    chosen = _candidates(index, wanted, allowed)
    named = np.isin(chosen, list(wanted.named)) if wanted.named else np.zeros(len(chosen), bool)
    add = weights()["add"]
    scores = (
        _text(index, chosen, wanted)
        + add["need"] * (index.needs[chosen] @ wanted.needs)
        + add["exact_name"] * named
        + _fit(catalogue, chosen, query)
        - _drawbacks(catalogue, index.labels, chosen, query, wanted, point, distances, today)
    )
    order = np.argsort(-scores, kind="stable")
    return Ranked(chosen[order], scores[order].astype(np.float32), named[order])


def may_be_shown(catalogue: Catalogue, query: Query, need: str | None, distances: Floats | None, today: date) -> Bools:
    """What is left when the impossible is gone: (n,) of bool. What a service does not say never rules it out."""
    allowed = possible(catalogue, query, distances, today)
    return allowed & audience_fits(catalogue.audience, None, query, about_a_child(query, need))


def possible(catalogue: Catalogue, query: Query, distances: Floats | None, today: date) -> Bools:
    """As `may_be_shown`, whomever the services are for."""
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
    return allowed


def audience_fits(audience: Ints, labels: Labels | None, query: Query, about_child: bool) -> Bools:
    """Whose services these are: nobody is shown what is for others only, and a young person no course for their parents.

    Where a record does not say whom it is for, its words (`labels`) do, if they are sure.
    """

    def only(bits: int) -> Bools:
        return (audience != 0) & (audience & ~bits == 0)

    def surely(*who: str) -> Bools:
        if labels is None:
            return np.zeros(len(audience), bool)
        sure = labels.only[:, [ONLY.index(one) for one in who]].max(axis=1) >= weights()["told"]["surely_only"]
        return sure & (audience == 0)

    hidden = np.zeros(len(audience), bool)
    if query.audience != "practitioner":
        hidden |= only(PROFESSIONALS) | only(OLDER | PROFESSIONALS) | surely("older_people", "professionals")
    if about_child:
        hidden |= only(ADULTS | PROFESSIONALS) if query.audience != "practitioner" else only(ADULTS)
        hidden |= surely("older_people")
    a_parent = any((part.need or "").startswith(THEIR_OWN_CHILD) for part in query.parts)
    if query.audience == "young_person" and not a_parent:
        hidden |= only(WHO_LOOK_AFTER) & ((audience & PARENTS) > 0)
    return ~hidden


def about_a_child(query: Query, need: str | None) -> bool:
    """Whether what is asked is for a child or young person."""
    if need in weights()["parents_own"]:
        return query.audience == "young_person"
    if query.audience == "young_person":
        return True
    return need is not None or any(ages.min < 18 for ages in query.ages)


def one_need(code: str) -> Vectors:
    """(needs,) that count this one alone."""
    made = np.zeros(len(needs()), np.float32)
    made[_columns()[code]] = 1.0
    return made


def towards(wanted: Wanted) -> Vectors:
    """What the index is asked: the ranking's linear part, with the whole text standing for its best sentence."""
    rules = weights()
    return np.concatenate([wanted.vector + rules["text"]["answer"] * wanted.answer, rules["add"]["need"] * wanted.needs])


def _candidates(index: Index, wanted: Wanted, allowed: Bools) -> Ints:
    """The services to look at closely: those of the highest linear score, and those that are named."""
    found = nearest(index.nearest, towards(wanted), allowed, weights()["candidates"])
    named = np.array([n for n in wanted.named if allowed[n]], np.int32)
    return np.union1d(found, named).astype(np.int32) if len(named) else found


def _text(index: Index, chosen: Ints, wanted: Wanted) -> Floats:
    """Likeness of meaning: the whole text's and the best sentence's, and to what answered such messages."""
    if not len(chosen):
        return np.empty(0, np.float32)
    rules = weights()["text"]
    share = rules["whole"]
    whole = index.whole[chosen].astype(np.float32)
    starts, ends = index.starts[chosen], index.starts[chosen + 1]
    lengths = ends - starts
    offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    rows = np.repeat(starts - offsets, lengths) + np.arange(int(lengths.sum()))
    best = np.maximum.reduceat(index.sentences[rows].astype(np.float32) @ wanted.vector, offsets)
    towards = share * wanted.vector + rules["answer"] * wanted.answer
    result: Floats = whole @ towards + (1 - share) * best
    return result


def _fit(catalogue: Catalogue, chosen: Ints, query: Query) -> Floats:
    add = weights()["add"]
    score = np.zeros(len(chosen), np.float32)
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
    labels: Labels,
    chosen: Ints,
    query: Query,
    wanted: Wanted,
    point: Point | None,
    distances: Floats | None,
    today: date,
) -> Floats:
    take = weights()["take"]
    audience = catalogue.audience[chosen]
    stale = today.toordinal() - catalogue.assured[chosen] > weights()["stale_days"]
    score = (take["stale"] * stale + take["national"] * ~catalogue.own[chosen]).astype(np.float32)
    score += take["little_help"] * labels.little_help[chosen]
    score += _words_against(catalogue, labels, chosen, query, wanted)
    if query.audience == "young_person":
        score += take["parents_only"] * ((audience != 0) & (audience & ~FAMILY == 0) & (audience & YOUNG == 0))
    elif query.audience != "practitioner" and not wanted.about_child and wanted.need is None:
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


def _words_against(catalogue: Catalogue, labels: Labels, chosen: Ints, query: Query, wanted: Wanted) -> Floats:
    """What a service's words say against it where its fields say nothing: another age, adults, practitioners."""
    take = weights()["take"]
    score = np.zeros(len(chosen), np.float32)
    if query.ages:
        low, high = labels.min_age[chosen], labels.max_age[chosen]
        fits = np.zeros(len(chosen), bool)
        for ages in query.ages:
            fits |= (low <= ages.max) & (ages.min <= high)
        silent = (catalogue.min_age[chosen] == 0) & np.isinf(catalogue.max_age[chosen])
        score += np.where(labels.ages_sure[chosen], take["other_age"], take["other_age_faint"]) * (silent & ~fits)
    silent = catalogue.audience[chosen] == 0
    if wanted.about_child:
        score += take["adults_said"] * silent * labels.only[chosen, ONLY.index("adults")]
    if query.audience != "practitioner":
        score += take["professionals_said"] * silent * labels.only[chosen, ONLY.index("professionals")]
    return score


@lru_cache(maxsize=1)
def _columns() -> Mapping[str, int]:
    return {code: position for position, code in enumerate(needs())}
