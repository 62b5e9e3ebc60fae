"""What a correction replaces in the memory: the wrong thing alone, everything else stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.for_whom import for_whom, own
from actions.memory import Memory
from directory.places import find_place

WEAK = 0.6
"""A need less than this share as sure as the surest is left out: a family is better served by few groups that fit."""


def surest(needs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The needs that are nearly as sure as the surest of them."""
    enough = WEAK * max((need["confidence"] for need in needs), default=0)
    return [need for need in needs if need["confidence"] >= enough]


def corrected(memory: Memory, correction: Mapping[str, Any]) -> Memory | None:
    """The memory after a correction (`hear_correction`); None where nothing that is remembered was taken back or replaced."""
    meant, back = correction["meant"] or {}, correction["taken_back"] or {}
    after = for_whom(memory, meant.get("whom"))
    if back.get("whom") and back["whom"] == memory.whom and not meant.get("whom"):
        after = replace(after, whom=None)
    after = replace(
        after,
        ages=_ages(after.ages, meant.get("ages"), back.get("ages")),
        place=meant.get("place") or _place_left(after.place, back.get("place")),
        narrowed=_narrowed(after.narrowed, meant.get("called"), back.get("called")),
        needs=_needs(after, meant, back, correction["firm"]),
    )
    if after == memory:
        return None
    gone = set(memory.codes) - set(after.codes)
    return replace(after, likely=tuple(code for code in after.likely if code not in gone), shown=(), asked=None)


def _ages(kept: tuple[dict[str, float], ...], meant: Any, back: Any) -> tuple[dict[str, float], ...]:
    """ "5 not 4" replaces the 4 and leaves a brother's 9; an age that nobody remembers replaces them all."""
    wrong = [age for age in back or () if age in kept]
    if not wrong:
        return tuple(meant or ()) or kept
    right = list(meant or ())
    found = []
    for age in kept:
        if age not in wrong:
            found.append(age)
        elif right:
            found.append(right.pop(0))
    return tuple([*found, *right])


def _place_left(kept: str | None, back: str | None) -> str | None:
    """No place, where the one that is remembered was taken back: under any of its names."""
    return None if kept and back and find_place(kept) == find_place(back) else kept


def _narrowed(kept: Mapping[str, Any], meant: str | None, back: str | None) -> Mapping[str, Any]:
    if meant:
        return {**kept, "called": meant}
    return {name: value for name, value in kept.items() if not (name == "called" and value == back)}


def _needs(memory: Memory, meant: Mapping[str, Any], back: Mapping[str, Any], firm: bool) -> tuple[dict[str, Any], ...]:
    """ "food not money" puts food where money stood; without a need of ours taken back, what is meant is all that is meant."""
    taken = {own(need["code"], memory.audience) for need in back.get("needs") or ()}
    wrong = [need for need in memory.needs if need["code"] in taken]
    right = [
        {"code": own(it["code"], memory.audience, it["words"]), "words": it["words"]} for it in surest(meant.get("needs") or ())
    ]
    if not wrong:
        return tuple(right) if right and firm else memory.needs
    at = memory.needs.index(wrong[0])
    codes = {need["code"] for need in right}
    kept = [need if need not in wrong else None for need in memory.needs if need["code"] not in codes]
    before = [need for need in kept[:at] if need]
    return tuple([*before, *right, *(need for need in kept[at:] if need)])
