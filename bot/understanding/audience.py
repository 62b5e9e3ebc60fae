"""Who is writing: a parent, a young person, a practitioner or somebody else, by the cues of `words/audience.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.understanding.ages import find_mentions
from bot.understanding.people import Person, settled
from bot.understanding.plain import plain
from bot.understanding.rules import expanded, macros, somewhere, words

AUDIENCES = ("parent", "young_person", "practitioner", "other")
TOLD = 1.5
"""Cues that weigh at least this much tell who writes; less only lets us guess."""
ENOUGH_WORDS = 6
"""Of fewer words of its own nothing is told by what was learned: "I am being abused" is anybody's."""
SURE = -0.05
"""The logarithm of a share from which what was learned counts as told."""
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

    def heard(self, message: str) -> bool:
        """Whether the plain form of a message holds the cue."""
        if not any(not (self.not_after and self.not_after.search(message[: m.start()])) for m in self.find.finditer(message)):
            return False
        return not (self.unless and self.unless.search(message)) and not (self.given and not self.given.search(message))


def find_audience(message: str, people: Sequence[Person], learned: Mapping[str, float] | None = None) -> tuple[str | None, bool]:
    """Who writes the message of this plain form, about these people, and whether they told us.

    `learned` is what audience_head.py makes of it, logarithms of shares, and is added to what the cues weigh. Most who
    write are parents and most parents never say so: without it, where a message says something and no cue weighs enough,
    a parent is guessed. None where it says nothing ("yes please", "18 months").
    """
    weights = weigh(message, people)
    prior = learned or {"parent": MOSTLY_PARENTS}
    best = max(AUDIENCES, key=lambda audience: weights[audience] + prior.get(audience, 0.0))
    if weights[best] >= TOLD:
        return best, True
    small = words("audience.yml")["small_talk"]
    own = sum(word.isalpha() and word not in small for word in message.split())
    if weights[best] <= 0 and own < OWN_WORDS:
        return None, False
    if learned:
        return best, own >= ENOUGH_WORDS and learned[best] >= SURE
    return (best if weights[best] > 0 else "parent"), False


def heard_by_cues(text: str) -> tuple[str | None, bool]:
    """As `find_audience`, by the cues alone."""
    words_of = plain(text)
    return find_audience(words_of, settled(find_mentions(words_of), words_of))


def weigh(message: str, people: Sequence[Person]) -> dict[str, float]:
    """The weight of the cues for each audience; where two weigh the same, the first of them is meant."""
    weights = dict.fromkeys(AUDIENCES, 0.0)
    hints = 0.0
    for cue in _cues():
        if cue.heard(message):
            if cue.audience == "parent" and cue.weight < OUTRIGHT:
                hints += cue.weight
            else:
                weights[cue.audience] += cue.weight
    others_speak = max(weights["practitioner"], weights["other"]) > weights["young_person"]
    weights["parent"] += min(hints, PARENT_HINTS) if others_speak else hints
    own_age = next((person.age.max for person in people if person.who == "me" and person.age), None)
    if own_age is not None:
        weights["young_person"] += UNDER_18 if own_age < 18 and _ONESELF.search(message) else AT_18
    if _GROWN_UP.search(message):
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
