"""Services that run for a time: when they are shown, and what is said of them before and after."""

from __future__ import annotations

from datetime import date

from directory.service import ServiceRecord
from directory.words import dates_in_words


def shown_on(record: ServiceRecord, today: date) -> bool:
    """Whether families are shown it: from when booking opens to its last day; always where it names no season."""
    return (record.booking_opens is None or record.booking_opens <= today) and (record.ends is None or today <= record.ends)


def season_in_words(record: ServiceRecord, today: date) -> str | None:
    """ "Next: 21 to 31 December 2026, booking opens 16 November 2026"; None for what runs all year."""
    dates = dates_in_words(record.starts, record.ends)
    if dates is None:
        return None
    if record.ends and record.ends < today:
        return f"This ended on {dates_in_words(record.ends, record.ends)}, and we do not have new dates yet"
    if record.booking_opens and today < record.booking_opens:
        return f"Next: {dates}, booking opens {dates_in_words(record.booking_opens, record.booking_opens)}"
    if record.starts and today < record.starts:
        return f"Next: {dates}, you can book now" if record.booking_opens else f"Next: {dates}"
    return dates
