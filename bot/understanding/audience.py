"""Who is writing: a parent, a young person, a practitioner or somebody else, by the cues of `words/audience.yml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.understanding.people import Person
from bot.understanding.rules import expanded, macros, somewhere, words

TOLD = 1.5
"""Cues that weigh at least this much tell who writes; less only lets us guess."""
MOSTLY_PARENTS = 0.75
"""What a parent weighs before anything is said."""
OUTRIGHT = 5.0
"""Cues that weigh at least this much speak for themselves."""
PARENT_HINTS = 4.0
"""What all lesser cues for a parent weigh together, at most, against those for practitioners and others: they speak of
children, school and bedtime too."""
OWN_WORDS = 2
"""A message of fewer words of its own (not "yes", not "the second one") lets us guess nothing."""
_GROWN_UP = re.compile(r" (?:im|i am|at|i m) (?:[2-9]\d)(?= (?:yr|and|with|,|\.|now|but|$))(?! yr (?:sober|clean|in))")
_ONESELF = re.compile(r" (?:i|im|ive|id|ill|me|my|mi|myself|our|us|we) ")
UNDER_18, AT_18 = 9.0, 4.0
"""The weight of the writer's own age, for a young person."""


class Cue(NamedTuple):
    """One pattern that tells who writes."""

    audience: str
    weight: float
    find: re.Pattern[str]
    given: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    not_after: re.Pattern[str] | None

    def heard(self, plain: str) -> bool:
        """Whether the plain form of a message holds the cue."""
        if not any(not (self.not_after and self.not_after.search(plain[: m.start()])) for m in self.find.finditer(plain)):
            return False
        return not (self.unless and self.unless.search(plain)) and not (self.given and not self.given.search(plain))


def find_audience(plain: str, people: Sequence[Person]) -> tuple[str | None, bool]:
    """Who writes the message of this plain form, about these people, and whether they told us.

    Most who write are parents and most parents never say so: where a message says something and no cue weighs enough,
    a parent is guessed. None where it says nothing ("yes please", "18 months").
    """
    weights = weigh(plain, people)
    best = max(weights, key=lambda audience: weights[audience] + (MOSTLY_PARENTS if audience == "parent" else 0.0))
    if weights[best] >= TOLD:
        return best, True
    if weights[best] > 0:
        return best, False
    small = words("audience.yml")["small_talk"]
    own = sum(word.isalpha() and word not in small for word in plain.split())
    return ("parent" if own >= OWN_WORDS else None), False


def weigh(plain: str, people: Sequence[Person]) -> dict[str, float]:
    """The weight of the cues for each audience; where two weigh the same, the first of them is meant."""
    weights = dict.fromkeys(("parent", "young_person", "practitioner", "other"), 0.0)
    hints = 0.0
    for cue in _cues():
        if cue.heard(plain):
            if cue.audience == "parent" and cue.weight < OUTRIGHT:
                hints += cue.weight
            else:
                weights[cue.audience] += cue.weight
    others_speak = max(weights["practitioner"], weights["other"]) > weights["young_person"]
    weights["parent"] += min(hints, PARENT_HINTS) if others_speak else hints
    own_age = next((person.age.max for person in people if person.who == "me" and person.age), None)
    if own_age is not None:
        weights["young_person"] += UNDER_18 if own_age < 18 and _ONESELF.search(plain) else AT_18
    if _GROWN_UP.search(plain):
        weights["young_person"] = 0.0
    return weights


@lru_cache(maxsize=1)
def _cues() -> tuple[Cue, ...]:
    every = macros("audience.yml")
    return tuple(_cue(audience, row, every) for audience, rows in words("audience.yml")["cues"].items() for row in rows)


def _cue(audience: str, row: dict[object, str], every: dict[str, str]) -> Cue:
    weight, written = next((key, value) for key, value in row.items() if isinstance(key, int | float))
    conditions = {str(key): expanded(value, every) for key, value in row.items() if isinstance(key, str)}
    after = conditions.get("not_after")
    return Cue(
        audience,
        float(weight),
        re.compile(rf"(?<= )(?:{expanded(written, every)})(?= )"),
        somewhere(conditions.get("if")),
        somewhere(conditions.get("unless")),
        re.compile(rf" (?:{after}) $") if after else None,
    )
