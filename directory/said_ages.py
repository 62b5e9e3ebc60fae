"""The ages that a service's own words name: "for 0-5s", "aged 11 to 18", "over 60s", "Year 6", "toddlers"."""

from __future__ import annotations

import re
from typing import NamedTuple

YEARS, WEEKS, MONTHS = 1.0, 1 / 52, 1 / 12
OLDEST_CHILD = 25.0


class SaidAges(NamedTuple):
    """Years; `sure` where they are said as numbers, not where a word ("toddlers") stands for them."""

    min: float | None
    max: float | None
    sure: bool


_NUMBER = r"(\d{1,2}(?:\.5|½)?)"
_UNIT = r"\s*(months?|mths?|weeks?|wks?)?"
_TO = r"\s*(?:-|–|—|to|until|up to|and)\s*"
_YEARS = r"\s*-?\s*(?:years?|yrs?)(?:[- ]olds?)?\b"
_BETWEEN = re.compile(
    rf"(?:\b(?:aged?s?|ages|for|from|between|children|people|pupils|girls|boys|teams?)\s*(?:of|from|between)?\s*\(?{_NUMBER}{_UNIT}{_TO}{_NUMBER}{_UNIT}"
    rf"|\({_NUMBER}{_UNIT}\s*(?:-|–|to)\s*{_NUMBER}{_UNIT}(?:\s*(?:years?|yrs?))?\)"
    rf"|\b{_NUMBER}{_UNIT}{_TO}{_NUMBER}(?:\s*-?\s*(?:years?|yrs?)(?:[- ]olds?)?\b|[- ]year[- ]olds?|['’]?s\b))"
)
_BIRTH = re.compile(
    rf"\b(?:birth|born|newborns?|pregnancy|conception)\s*(?:-|–|to|until|up to)\s*(?:your child is\s*)?{_NUMBER}{_UNIT}"
)
_UNDER = re.compile(
    rf"(?<!not for )(?<!no )\b(?:under|up to(?: the)? age(?: of)?|younger than)[- ]?{_NUMBER}{_UNIT}(?:['’]?s\b|\s*(?:years?|yrs?)|\b(?!\s*(?:am|pm|hours?|sessions?|%|people|minutes|miles|places|days)))"
)
_OVER = re.compile(
    rf"\b(?:over|above|older than)[- ](?:the age of )?{_NUMBER}(?:['’]?s\b|\s*(?:years?|yrs?)|\b(?!\s*(?:am|pm|hours?|sessions?|%|people|minutes|miles|places|days|[,\d])))"
)
_FROM = re.compile(
    rf"(?:\b(?:aged?|ages|from|children|adults)\s*(?:from\s*)?{_NUMBER}{_UNIT}(?:\s*(?:years?|yrs?)(?: of age| old)?)?\s*(?:\+|plus\b|and (?:over|above|up|older)|or over|upwards)|\b{_NUMBER}\s*(?:years?|yrs?)?\s*(?:\+|and over|and upwards))"
)
_STARTING = re.compile(
    rf"\bfrom {_NUMBER}{_UNIT}(?:\s*(?:years?|yrs?))?(?: old)?\s*(?:until|to|up to)\s*(?:they (?:start|go to) )?(?:school|statutory school)"
)
_UNITS = re.compile(rf"\b(?:u|under)[- ]?{_NUMBER}\s*(?:-|–|to)\s*(?:u|under)[- ]?{_NUMBER}\b")
_SCHOOL_YEARS = re.compile(
    r"\byears?\s*(\d{1,2})(?:s\b|\s*(?:-|–|to|and)\s*(?:year\s*)?(\d{1,2}))?(?=\s|[.,;)]|$)(?! (?:experience|old|programme|course|ago))"
)
_WORDS = (
    (re.compile(r"\b(?:toddlers?)\b"), 1.0, 4.0),
    (re.compile(r"\b(?:babies|newborns?|antenatal|baby)\b"), 0.0, 2.0),
    (re.compile(r"\bpre-?schools?\b|\bpre-?school(?:er|ers)\b|\bday nurser"), 0.0, 5.0),
    (re.compile(r"\bprimary (?:school|age|pupils)|\breception to year 6|\bjuniors?\b"), 4.0, 11.0),
    (re.compile(r"\bsecondary (?:school|age|pupils)"), 11.0, 18.0),
    (re.compile(r"\bteen(?:s|agers?|age)?\b|\byouth club|\byoung people\b"), 11.0, 19.0),
    (re.compile(r"\bcare homes?\b|\bdementia\b|\bolder people\b|\bpensioners?\b"), 50.0, None),
)  # fmt: skip


def said_ages(text: str) -> SaidAges:
    """The widest range that the words name; (None, None, False) where they name none."""
    plain = text.lower().replace("½", ".5")
    found = [*_between(plain), *_one_sided(plain)]
    if found:
        lows = [low for low, _ in found]
        highs = [high for _, high in found]
        low = None if None in lows else min(lows)  # type: ignore[type-var]
        high = None if None in highs else max(highs)  # type: ignore[type-var]
        if low is None and high is None:
            low = min((one for one in lows if one is not None), default=None)
            high = max((one for one in highs if one is not None), default=None)
            if low is not None and high is not None and low > high:
                return SaidAges(None, None, False)
        return SaidAges(low, high, True)
    words = [(low, high) for pattern, low, high in _WORDS if pattern.search(plain)]
    if not words:
        return SaidAges(None, None, False)
    return SaidAges(min(low for low, _ in words), None if None in (h for _, h in words) else max(h for _, h in words if h), False)


def _between(plain: str) -> list[tuple[float | None, float | None]]:
    found: list[tuple[float | None, float | None]] = []
    for match in _BETWEEN.finditer(plain):
        said = [group for group in match.groups() if group]
        numbers = [(at, group) for at, group in enumerate(match.groups()) if group and group[0].isdigit()]
        if len(numbers) != 2:
            continue
        units = match.groups()
        (at_low, low), (at_high, high) = numbers
        unit_high = units[at_high + 1] if at_high + 1 < len(units) else None
        unit_low = units[at_low + 1] or unit_high if at_low + 1 < len(units) else unit_high
        years = _years(low, unit_low), _years(high, unit_high)
        if said and years[0] < years[1] <= 100 and not _time(plain, match.end()):
            found.append(years)
    for match in _BIRTH.finditer(plain):
        found.append((0.0, _years(match[1], match[2])))
    for match in _STARTING.finditer(plain):
        found.append((_years(match[1], match[2]), 5.0))
    for match in _UNITS.finditer(plain):
        found.append((max(0.0, float(match[1]) - 1), float(match[2])))
    for match in _SCHOOL_YEARS.finditer(plain):
        first, last = int(match[1]), int(match[2] or match[1])
        if 1 <= first <= last <= 13:
            found.append((first + 4.0, last + 5.0))
    return found


def _one_sided(plain: str) -> list[tuple[float | None, float | None]]:
    found: list[tuple[float | None, float | None]] = []
    for match in _UNDER.finditer(plain):
        found.append((None, _years(match[1], match[2])))
    for match in _OVER.finditer(plain):
        found.append((float(match[1]), None))
    for match in _FROM.finditer(plain):
        said = match[1] or match[3]
        found.append((_years(said, match[2]), None))
    return found


def _years(number: str, unit: str | None) -> float:
    scale = {"m": MONTHS, "w": WEEKS}.get((unit or "y")[0], YEARS)
    return round(float(number) * scale, 2)


def _time(plain: str, end: int) -> bool:
    """Whether what was read as ages is a time of day, a length or a price."""
    return bool(re.match(r"\s*(?:am\b|pm\b|hours?|minutes?|sessions?|week|month|%|:|\.\d)", plain[end : end + 10]))
