"""For whom a service is and what kind of thing it is, from its fields where it has them and from its words where not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from directory.files import DATA, read_yaml
from directory.said_ages import said_ages

CHILD = frozenset({"children", "young_people", "parents", "families"})
CERTAIN, SURE, LIKELY, FAINT = 1.0, 0.95, 0.7, 0.4
ADULT, OLDER = 18, 50  # years; a service from such an age on is for nobody younger


@dataclass(frozen=True)
class Classified:
    """What the words say. Nothing of it replaces what the record's own fields say."""

    audience: Mapping[str, float]
    """`service.AUDIENCES` → confidence, 0 to 1."""
    min_age: float | None
    max_age: float | None
    ages_sure: bool
    """Said as numbers."""
    kind: str
    little_help: bool
    """A hall for hire, a parish council: it helps nobody with a need."""

    @property
    def only(self) -> Mapping[str, float]:
        """The audiences it is for and nobody else, with a confidence; empty where it may help a child's family as well."""
        named = {who: confidence for who, confidence in self.audience.items() if confidence == CERTAIN}
        return named or ({} if self.audience.keys() & CHILD else self.audience)


def classify(name: str, text: str) -> Classified:
    """Read a service's name and text."""
    plain = f"{name}. {text}".lower()
    audience: dict[str, float] = {}
    for who, rules in _audiences().items():
        if rules["named"] and rules["named"].search(name.lower()):
            audience[who] = CERTAIN
        elif rules["only"] and rules["only"].search(plain):
            audience[who] = SURE
        elif rules["also"] and (found := rules["also"].findall(plain)):
            audience[who] = LIKELY if len(found) > 1 else FAINT
    ages = said_ages(f"{name}. {text}")
    if ages.sure and ages.min is not None and ages.min >= ADULT and ages.max is None:
        audience["older_people" if ages.min >= OLDER else "adults"] = CERTAIN if ages.min >= OLDER else SURE
    return Classified(audience, ages.min, ages.max, ages.sure, _kind(plain), bool(_little_help().search(plain)))


def _kind(plain: str) -> str:
    counts = {kind: sum(bool(pattern.search(plain)) for pattern in patterns) for kind, patterns in _kinds().items()}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else ""


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(DATA / "classify.yml")
    return found


@lru_cache(maxsize=1)
def _audiences() -> Mapping[str, Mapping[str, re.Pattern[str] | None]]:
    return {
        who: {sort: _any(rules.get(sort) or []) for sort in ("named", "only", "also")}
        for who, rules in _data()["audience"].items()
    }


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, list[re.Pattern[str]]]:
    return {kind: [re.compile(rf"\b(?:{pattern})") for pattern in patterns] for kind, patterns in _data()["kind"].items()}


@lru_cache(maxsize=1)
def _little_help() -> re.Pattern[str]:
    pattern = _any(_data()["of_little_help"])
    assert pattern is not None
    return pattern


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns)) if patterns else None
