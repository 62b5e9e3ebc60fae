"""What stands around a name in a message: whether it says that the family is there (`words/place.yml`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bot.understanding.rules import words

_LOOKED_AT_BEFORE, _LOOKED_AT_AFTER = 70, 40  # characters
_LIVES = re.compile(
    r" (?:(?:liv(?:e|es|ing|in)|stay(?:s|ing)?|based) (?:\w+ ){0,2}(?:in|near|nr|at|to|round)|moved (?:\w+ ){0,2}(?:near|nr|to))$"
)
_STOPS = ".,!?;:()-–\n"


class Candidate(NamedTuple):
    """A stretch of the message that names a place, with how likely it is the family's."""

    start: int
    end: int
    score: float


class Surroundings(NamedTuple):
    """How the words around a name speak for it. A negative score: they say that the family is not there."""

    before: float
    """From the words directly before; 5 and more leave no doubt."""
    score: float
    """With the words after it: "Aldmoor way", "Aldmoor library"."""
    lives_there: bool
    """The words directly before say "live in" or as much."""
    of_a_service: bool
    """Part of the name of a service, a school or a street."""
    alone: str
    """ "whole" where the name is all of the message but for please and thanks, "part" between two stops, else ""."""


def surroundings(text: str, start: int, end: int) -> Surroundings:
    """What stands around text[start:end]."""
    before = f" {_even(text[max(0, start - _LOOKED_AT_BEFORE) : start]).rstrip()}" if start else " ^"
    after = _even(text[end : end + _LOOKED_AT_AFTER])
    cue = next((score for score, find in _before() if find.search(before)), 0.0)
    lives = bool(_LIVES.search(before))
    of_a_service = bool(_service().match(after))
    alone = _alone(text, start, end)
    if of_a_service and not _service_near().search(before):
        return Surroundings(min(cue, 1.0), min(cue, 1.0), lives, True, alone)
    more = next((extra for extra, find in _after() if find.match(after)), 0.0) if cue >= 0 else 0.0
    return Surroundings(cue, cue + more, lives, of_a_service, alone)


def ends_as_a_service(word: str) -> bool:
    """Whether a name that ends with the word is a service's, a school's or a street's: "Meadow Road"."""
    return bool(_service().fullmatch(word))


def _even(text: str) -> str:
    """Lower case, no apostrophes, single spaces."""
    spelt_out = re.sub(r"\bw/?(?= )", "with", re.sub(r"\bwe['’]re\b", "we are", text.lower()))
    return re.sub(r"\s+", " ", re.sub(r"['’]", "", spelt_out))


def _alone(text: str, start: int, end: int) -> str:
    kept = words("place.yml")["around_an_answer"]
    left, right = (part.strip(" .,!?-").lower() for part in (text[:start], text[end:]))
    if left in kept["before"] and right in kept["after"]:
        return "whole"
    before, after = text[:start].strip(" "), text[end:].strip(" ")
    ends = not after or after[0] in _STOPS or after.startswith(("or ", "/"))  # "Golborne or Lowton"
    return "part" if (not before or before[-1] in _STOPS) and ends else ""


@lru_cache(maxsize=1)
def _before() -> tuple[tuple[float, re.Pattern[str]], ...]:
    rows = words("place.yml")["before"]
    return tuple((float(score), re.compile(rf"[ (,.:;!?-](?:{written})$|^(?:{written})$")) for score, written in rows)


@lru_cache(maxsize=1)
def _after() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((float(score), re.compile(rf" ?(?:{written})\b")) for score, written in words("place.yml")["after"])


@lru_cache(maxsize=1)
def _service() -> re.Pattern[str]:
    return re.compile(rf" ?{words('place.yml')['service']}\b")


@lru_cache(maxsize=1)
def _service_near() -> re.Pattern[str]:
    return re.compile(rf" {words('place.yml')['service_near']}$")
