"""Opening hours: read from a short text, asked about a moment in England, told in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = 24 * 60

_EVERY = {"every day": range(7), "daily": range(7), "weekdays": range(5), "weekends": range(5, 7)}
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"(?P<days>[a-z ,\-]+?)\s+{_CLOCK}\s*(?:-|–|to)\s*{_CLOCK}(?P<term>\s+term)?", re.IGNORECASE)


class HoursError(ValueError):
    """A text that is no opening hours; says what was read and what would do."""


@dataclass(frozen=True, order=True)
class Span:
    """An opening on one weekday, in minutes after midnight, `end` at most 24:00."""

    weekday: int
    start: int
    end: int
    term: bool = False
    """Only in term time. We do not know a school's terms, so such a span can be closed but never surely open."""


@dataclass(frozen=True)
class Hours:
    """A week of opening hours."""

    spans: tuple[Span, ...]
    bank_holidays: bool = False
    """Open on bank holidays as on any day. Only hours given as "every day" or "24/7" say so."""
    inverted: bool = False
    """Open exactly when `spans` are closed: an out-of-hours team."""

    def open_at(self, at: datetime) -> bool | None:
        """Whether it is open at an aware moment; None where only term dates could tell."""
        local = at.astimezone(LONDON)
        minute = local.hour * 60 + local.minute
        now = [s for s in self._on(local.date()) if s.start <= minute < s.end]
        if now and all(span.term for span in now):
            return None
        return bool(now) != self.inverted

    def next_opening(self, at: datetime) -> datetime | None:
        """The first moment after `at` when it opens, in London's time; None where it never does within two weeks."""
        local = at.astimezone(LONDON)
        for ahead in range(15):
            day = local.date() + timedelta(days=ahead)
            spans = self._on(day)
            edges = sorted({span.end for span in spans} | {0}) if self.inverted else sorted(s.start for s in spans)
            for edge in edges:
                moment = _moment(day, edge)
                if moment > local and self.open_at(moment) is not False:
                    return moment
        return None

    def in_words(self) -> str:
        """ "Monday to Friday, 9am to 5pm"."""
        if self.inverted:
            return "Evenings, nights, weekends and bank holidays"
        if self == ALWAYS:
            return "24 hours a day, every day"
        days: dict[tuple[int, int, bool], list[int]] = {}
        for span in self.spans:
            days.setdefault((span.start, span.end, span.term), []).append(span.weekday)
        return "; ".join(
            f"{_days_in_words(weekdays)}, {clock(start)} to {clock(end)}{' in term time' if term else ''}"
            for (start, end, term), weekdays in days.items()
        )

    def _on(self, day: date) -> list[Span]:
        if not self.bank_holidays and is_bank_holiday(day):
            return []
        return [span for span in self.spans if span.weekday == day.weekday()]


ALWAYS = Hours(tuple(Span(day, 0, MIDNIGHT) for day in range(7)), bank_holidays=True)


@lru_cache(maxsize=4096)
def parse_hours(text: str) -> Hours:
    """Read `Mon-Fri 09:00-17:00; Sat 10:00-12:00 term`, `every day 17:00-24:00`, `24/7` or `outside <hours>`.

    Hours past midnight (`Fri 22:00-02:00`) run on into the next day. HoursError where it is none of these.
    """
    plain = text.strip()
    if plain.lower().startswith("outside "):
        inside = parse_hours(plain[len("outside ") :])
        return Hours(inside.spans, inside.bank_holidays, inverted=True)
    spans: list[Span] = []
    holidays_too = True
    for part in filter(None, (part.strip() for part in plain.split(";"))):
        if part.lower() in {"24/7", "24 hours"}:
            spans += ALWAYS.spans
            continue
        match = _SPAN.fullmatch(part)
        if not match:
            raise HoursError(f"{part!r} is not opening hours: write for example 'Mon-Fri 09:00-17:00' or '24/7'.")
        holidays_too &= match["days"].lower() in {"every day", "daily"}
        start, end = _minutes(match[2], match[3], part), _minutes(match[4], match[5], part)
        for weekday in _weekdays(match["days"], part):
            if end > start:
                spans.append(Span(weekday, start, end, bool(match["term"])))
            else:
                spans.append(Span(weekday, start, MIDNIGHT, bool(match["term"])))
                if end:
                    spans.append(Span((weekday + 1) % 7, 0, end, bool(match["term"])))
    if not spans:
        raise HoursError(f"{text!r} names no opening hours: write for example 'Mon-Fri 09:00-17:00' or '24/7'.")
    return Hours(tuple(sorted(spans)), holidays_too)


def next_opening(hours: Hours, at: datetime) -> str | None:
    """ "opens today at 3pm", "opens tomorrow at 9am", "opens Monday 9am"; None where it is open or never opens."""
    if hours.open_at(at):
        return None
    moment = hours.next_opening(at)
    if moment is None:
        return None
    ahead = (moment.date() - at.astimezone(LONDON).date()).days
    when = clock(moment.hour * 60 + moment.minute)
    if ahead == 0:
        return f"opens today at {when}"
    if ahead == 1:
        return f"opens tomorrow at {when}"
    day = DAY_NAMES[moment.weekday()]
    return f"opens {day} {when}" if ahead < 7 else f"opens {day} {moment.day} {moment:%B} {when}"


def clock(minute: int) -> str:
    """Minutes after midnight as people say them: 570 → "9:30am", 720 → "midday", 1440 → "midnight"."""
    if minute % MIDNIGHT == 0:
        return "midnight"
    if minute == MIDNIGHT // 2:
        return "midday"
    hour, rest = divmod(minute, 60)
    return f"{hour % 12 or 12}{f':{rest:02}' if rest else ''}{'am' if hour < 12 else 'pm'}"


def is_bank_holiday(day: date) -> bool:
    """Whether this is a bank holiday in England."""
    return day in _bank_holidays(day.year)


@lru_cache(maxsize=8)
def _bank_holidays(year: int) -> frozenset[date]:
    # Asked for when first needed: the library is slow to import, and most commands never ask the hour.
    from holidays.countries.united_kingdom import UnitedKingdom

    return frozenset(UnitedKingdom(subdiv="ENG", years=year))  # type: ignore[no-untyped-call]


def _moment(day: date, minute: int) -> datetime:
    if minute == MIDNIGHT:
        day, minute = day + timedelta(days=1), 0
    return datetime.combine(day, time(minute // 60, minute % 60), LONDON)


def _minutes(hour: str, minute: str | None, part: str) -> int:
    total = int(hour) * 60 + int(minute or 0)
    if total > MIDNIGHT or int(minute or 0) > 59:
        raise HoursError(f"{part!r} has a time that no clock shows: use 00:00 to 24:00.")
    return total


def _weekdays(text: str, part: str) -> list[int]:
    plain = text.strip().lower()
    if plain in _EVERY:
        return list(_EVERY[plain])
    found: list[int] = []
    for piece in plain.split(","):
        first, _, last = piece.partition("-")
        start = _weekday(first, part)
        end = _weekday(last, part) if last else start
        found += [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]
    return found


def _weekday(name: str, part: str) -> int:
    short = name.strip()[:3].title()
    if short not in DAYS:
        raise HoursError(f"{part!r} names no day of the week: use Mon, Tue, Wed, Thu, Fri, Sat, Sun or 'every day'.")
    return DAYS.index(short)


def _days_in_words(weekdays: list[int]) -> str:
    if len(weekdays) == 7:
        return "Every day"
    names: list[str] = []
    rest = list(weekdays)
    while rest:
        run = 1
        while run < len(rest) and rest[run] == rest[0] + run:
            run += 1
        if run > 2:
            names.append(f"{DAY_NAMES[rest[0]]} to {DAY_NAMES[rest[run - 1]]}")
        else:
            names += [DAY_NAMES[day] for day in rest[:run]]
        rest = rest[run:]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
