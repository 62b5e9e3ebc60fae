"""The ages said in a message that can be a child's or a young person's, by the rules of `words/ages.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.rules import Rule, either, expanded, macros, rules, words

YEARS_IN = {"yr": 1.0, "mo": 1 / 12, "wk": 1 / 52, "day": 1 / 365}
OLDEST = 17
"""Where "over 8s" ends."""

_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d\d?)?)(?: (?P<unit>yr|mo|wk|day)(?= |$))?(?P<old> old)?")
_COUNTED = re.compile(
    r" (?:my|our|his|her|got|have|has|of|the|had|these|raising|raise|up|after|foster|younger|older|other|youngest|eldest)(?: (?:just|lovely|little|the|own|\w+s))* $"
)
_ABOUT = re.compile(r" (?:like|about|around|maybe|say|probably|roughly) $")
_OF_ONE = re.compile(r" (?:hes|shes|he is|she is|he s|she s)(?: (?:now|just|only|about))* $")
_REACHED = re.compile(r" (?:turned|was|were) ")


@dataclass(frozen=True)
class AgeRange:
    """An age in years, or the range it lies in: 18 months is 1.5 to 1.5, year 9 is 13 to 14."""

    min: float
    max: float

    def as_dict(self) -> dict[str, float]:
        """The JSON form: whole years as whole numbers."""
        return {"min": _whole(self.min), "max": _whole(self.max)}


@dataclass(frozen=True)
class Mention:
    """An age where it is said."""

    at: int
    """Where in the plain form."""
    age: AgeRange
    exact: bool
    """Said as a number rather than as a school year, a bound or a word such as teenager."""
    who: str
    """The word for the person beside the age, as in the plain form; "me" for the writer; "" where none is said."""
    offered: bool = False
    """The ages a club is for: "for 5 to 16"."""
    vague: bool = False
    """A word such as toddler, that says about how old somebody is and tells no age."""


def find_mentions(plain: str) -> list[Mention]:
    """Every age in the plain form of a message, in order of mention."""
    found: list[Mention] = []
    left = plain
    for rule in _rules():
        if rule.needs_number and not _NUMBER.search(left):
            continue
        taken = False
        for match in rule.matches(left, plain):
            taken = True
            if rule.kind != "not" and not (rule.kind == "alone" and _repeated(match, plain)):
                found += _mentions(rule, match)
        if taken:
            left = rule.masked(left, plain)
    return sorted(found, key=lambda mention: mention.at)


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    people = words("people.yml")
    every = macros("ages.yml") | {
        "child_words": either(word for forms in people["child"].values() for word in forms),
        "adult": either(people["adult"]),
        "name": either([*people["names"], *(f"{name}s" for name in people["names"])]),
    }
    return rules("ages.yml", every)


def _mentions(rule: Rule, match: re.Match[str]) -> Iterator[Mention]:
    groups = match.groupdict()
    key = next((name for name in ("ages", "ages2", "ages3", "ages4", "ages5") if groups.get(name)), None)
    said, at = (match[key], match.start(key)) if key else (match[0], match.start())
    who = groups.get("who") or ("me" if rule.kind == "self" else "")
    unit = groups.get("unit") or ""
    exact = False
    if rule.kind == "word":
        ages = [AgeRange(*words("ages.yml")["stages"][rule.name])]
        who = rule.name
    elif rule.kind == "school":
        ages = [_school_year(int(year)) for year in re.findall(r"\d+", match[0])]
    elif rule.kind in ("list", "self", "alone", "answer", "coming"):
        exact = True
        soon = rule.kind == "coming" or (bool((groups.get("soon") or "").strip()) and not _REACHED.search(f" {match[0]}"))
        ages = _each(said, unit, soon, match.string[: match.start(key or 0)])
    else:
        ages = [_range(rule.kind, said, unit)]
    if rule.kind == "offer" and ages[0].max == float(next(_NUMBER.finditer(said))["number"]) > ages[0].min:
        return iter(())  # "holiday club 9 to 3": hours
    vague = rule.kind == "word" and rule.name in words("ages.yml")["vague"]
    return (Mention(at + place, age, exact, who, rule.kind == "offer", vague) for place, age in enumerate(ages))


def _repeated(match: re.Match[str], plain: str) -> bool:
    """Whether a number that stands alone only says another again: "Six weeks. SIX."."""
    return any(plain.split().count(number) > 1 for number in re.findall(r"\d+", match["ages"]))


def _each(said: str, unit: str, soon: bool, before: str) -> list[AgeRange]:
    """The ages of a list: "nearly 3, 7 and 11". `soon` says that the last is only reached next week, or in May."""
    found: list[AgeRange] = []
    numbers = list(_NUMBER.finditer(said))
    if len(numbers) > 2 and float(numbers[0]["number"]) == len(numbers) - 1 and _COUNTED.search(before):
        numbers = numbers[1:]  # "my three, 4, 6 and 9"
    end = 0
    previous: re.Match[str] | None = None
    for number in numbers:
        between, end = said[end : number.start()], number.end()
        value, its_unit = float(number["number"]), number["unit"] or _unit_of_the_list(float(number["number"]), unit)
        years = value * YEARS_IN[its_unit]
        if previous and its_unit == "mo" and between.strip() in ("", "and") and _with_years(previous, numbers, value, before):
            found[-1] = AgeRange(*2 * (round(found[-1].min + years, 2),))
        elif (
            previous
            and _one_age_of_two(numbers, between, before + said[: numbers[0].start()])
            and _next_to(found[-1].max, years, its_unit)
        ):
            found[-1] = AgeRange(found[-1].min, round(years, 2))  # "ten or eleven"
        elif _nearly().search(f" {between} "):
            found.append(AgeRange(round((value - 1) * YEARS_IN[its_unit], 2), round(years, 2)))
        elif _turning().search(f" {between} ") or (soon and number is numbers[-1] and its_unit == "yr"):
            found.append(AgeRange(*2 * (round((value - 1) * YEARS_IN[its_unit], 2),)))
        else:
            found.append(AgeRange(*2 * (round(years, 2),)))
        previous = number
    return found


def _one_age_of_two(numbers: list[re.Match[str]], between: str, before: str) -> bool:
    """Whether the two numbers around these words are a guess at one age: "ten or eleven", "he's like thirteen fourteen"."""
    return between.strip() == "or" or (not between.strip() and len(numbers) == 2 and bool(_ABOUT.search(before)))


def _with_years(years: re.Match[str], numbers: list[re.Match[str]], months: float, before: str) -> bool:
    """Whether months only complete the years said before them: "1 year 4 months", "he's 2 and 8 months"."""
    said_as_years = years["unit"] == "yr" and not years["old"]
    return said_as_years or (not years["unit"] and months < 12 and len(numbers) == 2 and bool(_OF_ONE.search(before)))


def _next_to(before: float, years: float, unit: str) -> bool:
    return round(before + YEARS_IN[unit], 2) == round(years, 2)


def _unit_of_the_list(value: float, unit: str) -> str:
    """The unit of a number that has none of its own: "3 and 5 year olds", but "a 3 and an 18 month old"."""
    return unit if unit and (unit == "yr" or value > 12) else "yr"


def _range(kind: str, said: str, unit: str) -> AgeRange:
    """Bounds: "8 to 11", "under fives", "over 8s", "years 7 to 9", "primary 3"."""
    numbers = list(_NUMBER.finditer(said))
    first, last = numbers[0], numbers[-1]
    of_unit = last["unit"] or unit or "yr"
    low, high = float(first["number"]), float(last["number"])
    if kind == "under":
        below = high - 1 if of_unit == "yr" and high > 1 else high
        return AgeRange(0, round(below * YEARS_IN[of_unit], 2))
    if kind == "over":
        return AgeRange(low, max(low, OLDEST))
    if kind == "school_range":
        return AgeRange(_school_year(int(low)).min, _school_year(int(high)).max)
    if kind == "scottish":
        return AgeRange(low + 3, low + 4)
    if kind == "scottish secondary":
        return AgeRange(low + 11, low + 12)
    low, high = low * YEARS_IN[first["unit"] or of_unit], high * YEARS_IN[of_unit]
    return AgeRange(round(min(low, high), 2), round(max(low, high), 2))


def _school_year(year: int) -> AgeRange:
    return AgeRange(year + 4, year + 5)


@lru_cache(maxsize=1)
def _nearly() -> re.Pattern[str]:
    return re.compile(f"(?<= ){expanded('{nearly}', macros('ages.yml'))}(?= )")


@lru_cache(maxsize=1)
def _turning() -> re.Pattern[str]:
    return re.compile(f"(?<= ){expanded('{turning}', macros('ages.yml'))}(?= )")


def _whole(years: float) -> float:
    return int(years) if years == int(years) else years
