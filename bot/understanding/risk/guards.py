"""The named guards of the pattern layer: idiom, negation, film talk, what is over, training and leaflets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.understanding.risk.book import Found
from bot.understanding.risk.kinds import HERE
from bot.understanding.risk.syntax import lines
from directory.files import read_yaml

PARTS = ("before", "overlaps", "somewhere", "and", "unless")


@dataclass(frozen=True)
class Guard:
    """One guard of `guards.yml`."""

    name: str
    effect: Literal["drop", "check"]
    kinds: frozenset[str] | None
    """None: every kind."""
    within: int
    """How many words may stand between a `before` pattern and the finding."""
    near: int | None
    """How far a `somewhere` pattern may be, in words; None: anywhere."""
    parts: frozenset[str]
    """Which of PARTS it has."""


@lru_cache(maxsize=1)
def guards() -> dict[str, Guard]:
    """All guards by name."""
    return {
        row["name"]: Guard(
            row["name"],
            row["effect"],
            frozenset(row["kinds"]) if "kinds" in row else None,
            row.get("within", 0),
            row.get("near"),
            frozenset(PARTS) & row.keys(),
        )
        for row in read_yaml(HERE / "guards.yml")
    }


def guard_patterns() -> Iterable[tuple[tuple[str, str, str], str]]:
    """The patterns of all guards, labelled ("guard", name, part)."""
    for row in read_yaml(HERE / "guards.yml"):
        for part in PARTS:
            for pattern in lines(row.get(part, "")):
                yield ("guard", row["name"], part), pattern


def effect_on(
    finding: Found, kind: str, seen: dict[tuple[str, str], list[Found]], words: list[str]
) -> Literal["drop", "check"] | None:
    """What the guards say of a finding, given the guards' patterns `seen` in the message by (name, part)."""
    effect: Literal["drop", "check"] | None = None
    for guard in guards().values():
        if guard.kinds is not None and kind not in guard.kinds:
            continue
        if _holds(guard, finding, seen, words):
            if guard.effect == "drop":
                return "drop"
            effect = "check"
    return effect


def _holds(guard: Guard, finding: Found, seen: dict[tuple[str, str], list[Found]], words: list[str]) -> bool:
    def found(part: str) -> list[Found]:
        return seen.get((guard.name, part), [])

    if found("unless"):
        return False
    if "and" in guard.parts and not found("and"):
        return False
    if any(0 <= finding.start - b.end <= guard.within and "." not in words[b.end : finding.start] for b in found("before")):
        return True
    if any(over.start < finding.end and finding.start < over.end for over in found("overlaps")):
        return True
    far = len(words) if guard.near is None else guard.near
    return any(near.start - finding.end <= far and finding.start - near.end <= far for near in found("somewhere"))
