"""Saying what the search took into account, so that the family can correct it."""

from __future__ import annotations

from actions.memory import Memory
from actions.turn import words


def known(memory: Memory, place: str | None) -> str:
    """ "for a 4-year-old, near Aldmoor", from what is remembered; empty where nothing is."""
    labels = words("labels")["known"]
    parts = []
    if ages := [_age(age) for age in memory.ages]:
        parts.append(
            labels["ages"].format(ages=_listed(ages))
            if len(ages) > 1 or not ages[0].isdecimal()
            else labels["age"].format(age=ages[0])
        )
    elif memory.audience == "young_person":
        parts.append(labels["young_person"])
    if place:
        parts.append(labels["place"].format(place=place))
    return ", ".join(parts)


def _age(age: dict[str, float]) -> str:
    low, high = _years(age["min"]), _years(age["max"])
    return low if low == high else f"{low} to {high}"


def _years(age: float) -> str:
    """Whole years; months below two years, where they are what counts."""
    months = round(age * 12)
    return f"{months} months" if months < 24 and months % 12 else f"{age:g}"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
