"""What is asked of the search, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.contacts import AUDIENCES
from directory.needs import needs

LONGEST = 5000  # characters of a message that are looked at
MOST_PARTS = 6
MOST = 50  # cards


class QueryError(ValueError):
    """A query that cannot be understood: which field, and what it may be."""


@dataclass(frozen=True)
class Part:
    """One need heard in a message, and the words that showed it."""

    need: str | None
    words: str


@dataclass(frozen=True)
class Ages:
    """An age or a range of ages in years, both ends included."""

    min: float
    max: float


@dataclass(frozen=True)
class Query:
    """What somebody needs and what is known of them (docs/architecture.md, "The directory server")."""

    text: str
    parts: tuple[Part, ...] = ()
    """A group of services for each; none: one group for the whole text."""
    ages: tuple[Ages, ...] = ()
    """A service fits when it fits one of them."""
    place: str | None = None
    """As typed."""
    audience: str | None = None
    """Who asks: parent, young_person, practitioner or other."""
    free: bool = False
    online: bool = False
    within_km: float | None = None
    top: int = 5
    exclude: frozenset[str] = frozenset()
    """Ids (or `source/id`) that are not to be shown again."""
    answers: frozenset[str] = frozenset()
    """Codes of needs: only what answers one of them. (`parts` rank, this rules out.)"""
    day: int | None = None
    """Only what happens on this weekday, 0 for Monday."""
    language: str | None = None
    """Only what is there in this language: a word such as Polish or BSL."""
    accessibility: tuple[str, ...] = ()
    """Only what says all of these, such as step-free."""
    send: bool = False
    """Only what is for, or welcomes, special educational needs and disabilities."""

    @staticmethod
    def from_json(data: Any) -> Query:
        """Read the query's JSON; QueryError for a value of the wrong type. An unknown need is taken as none."""
        if not isinstance(data, dict):
            raise QueryError("A query is a JSON object.")
        audience = _get(data, "audience", (str, type(None)), None)
        if audience not in (*AUDIENCES, None):
            raise QueryError(f"audience: one of {', '.join(AUDIENCES)} or null, not {audience!r}.")
        within = _number(data, "within_km", None)
        return Query(
            text=_get(data, "text", str, "")[:LONGEST],
            parts=tuple(_part(item) for item in _get(data, "parts", list, [])[:MOST_PARTS]),
            ages=tuple(_ages(item) for item in _get(data, "ages", list, [])),
            place=(_get(data, "place", (str, type(None)), None) or "").strip()[:200] or None,
            audience=audience,
            free=_get(data, "free", bool, False),
            online=_get(data, "online", bool, False),
            within_km=max(0.0, within) if within is not None else None,
            top=max(1, min(MOST, _get(data, "top", int, 5))),
            exclude=frozenset(str(item) for item in _get(data, "exclude", list, [])),
            answers=frozenset(code for code in _get(data, "answers", list, []) if code in needs()),
            day=_day(_get(data, "day", (int, type(None)), None)),
            language=(_get(data, "language", (str, type(None)), None) or "").strip()[:60] or None,
            accessibility=tuple(str(item)[:60] for item in _get(data, "accessibility", list, [])[:MOST_PARTS]),
            send=_get(data, "send", bool, False),
        )


def _part(item: Any) -> Part:
    if not isinstance(item, Mapping):
        raise QueryError('parts: each is an object {"need": code or null, "words": text}.')
    code = _get(item, "need", (str, type(None)), None)
    return Part(code if code in needs() else None, _get(item, "words", str, "")[:LONGEST])


def _ages(item: Any) -> Ages:
    if not isinstance(item, Mapping):
        raise QueryError('ages: each is an object {"min": years, "max": years}.')
    low, high = _number(item, "min", None), _number(item, "max", None)
    low = 0.0 if low is None else low
    high = 120.0 if high is None else high
    return Ages(min(low, high), max(low, high))


def _day(number: int | None) -> int | None:
    if number is not None and not 0 <= number <= 6:
        raise QueryError("day: 0 for Monday to 6 for Sunday, or null.")
    return number


def _number(data: Mapping[str, Any], key: str, default: float | None) -> float | None:
    value = _get(data, key, (int, float, type(None)), default)
    return None if value is None else float(value)


def _get(data: Mapping[str, Any], key: str, kind: Any, default: Any) -> Any:
    value = data.get(key, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise QueryError(f"{key}: a value of another type is needed, not {type(value).__name__}.")
    return value
