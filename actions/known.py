"""Saying what the search took into account, so that the family can correct it."""

from __future__ import annotations

from actions.memory import Memory
from actions.turn import words
from directory.hours import DAY_NAMES
from directory.packs import pack

_SAID_WITH_AN = frozenset({"8", "11", "18"})


def known(memory: Memory, place: str | None) -> str:
    """ "for a 4-year-old, near Aldmoor, on Saturdays", from what is remembered; that it is all ages and places where nothing is."""
    labels = words("labels")["known"]
    whom = _whom(memory)
    where = labels["close_to" if memory.narrowed.get("near") else "place"].format(place=place) if place else None
    parts = [it for it in (whom, where, narrowed_in_words(memory)) if it]
    return ", ".join(parts) if whom or where else ", ".join([labels["everybody"].format(council=pack().short_name), *parts])


def narrowed_in_words(memory: Memory) -> str:
    """ "for dads, on Saturdays, online only": what of it all is wanted; empty where all is."""
    labels, narrowed = words("labels")["known"], memory.narrowed
    parts = []
    if called := narrowed.get("called"):
        parts.append(labels["called"].format(called=called))
    if days := narrowed.get("days"):
        parts.append(labels["days"].format(days=listed([f"{DAY_NAMES[day]}s" for day in days], labels["or"])))
    parts += [labels[name] for name in ("online", "free") if narrowed.get(name)]
    return ", ".join(parts)


def listed(items: list[str], last: str = "and") -> str:
    """ "4, 7 and 11"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def _whom(memory: Memory) -> str | None:
    labels = words("labels")["known"]
    if ages := [_age(age) for age in memory.ages]:
        number, _, unit = ages[0].partition(" ")
        if len(ages) > 1 or not number.isdecimal() or unit not in ("", "months"):
            return str(labels["ages"].format(ages=listed(ages)))
        label = (unit or "age") + ("_an" if number in _SAID_WITH_AN else "")
        return str(labels[label].format(age=number, months=number))
    if memory.whom and memory.whom != "me":
        return str(labels["whom"].format(whom=memory.whom))
    if memory.audience == "young_person":
        return str(labels["young_person"])
    return str(labels["me"]) if memory.whom else None


def _age(age: dict[str, float]) -> str:
    low, high = _years(age["min"]), _years(age["max"])
    return low if low == high else f"{low} to {high}"


def _years(age: float) -> str:
    """Whole years; months below two years, where they are what counts."""
    months = round(age * 12)
    return f"{months} months" if months < 24 and months % 12 else f"{age:g}"
