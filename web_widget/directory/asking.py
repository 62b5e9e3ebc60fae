"""What is asked of the directory: read out of an address and checked, for the pages and for /api/search alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from bot.understanding.ages import find_mentions
from bot.understanding.plain import plain
from directory.contacts import AUDIENCES
from directory.needs import needs
from directory.places import find_place
from directory.query import MOST_PARTS
from web_widget.cleaning import NothingSaid, TooLong, clean
from web_widget.configuration import configured
from web_widget.directory.words import words

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OLDEST, NEAREST, FARTHEST = 120, 0.1, 1_000.0  # years, kilometres
LONGEST_PLACE, LONGEST_WORD = 200, 60
REPEATED = 60  # characters of what was typed that are said back
LARGEST_PAGE, LAST_PAGE = 100, 1_000_000

FIELDS = (
    "q", "need", "age", "near", "within_km", "audience", "free", "day", "language", "accessibility", "send",
)  # fmt: skip
"""What makes a search, in the order in which the page asks for it."""
SEVERAL = ("need", "accessibility")

_YEARS = r"[0-9]{1,3}(?:\.[0-9]{1,2})?"
_AGE = re.compile(rf"({_YEARS})(?:\s*(?:-|–|to)\s*({_YEARS}))?")
_WHOLE = re.compile(r"([0-9]{1,7})(?:\.0)?")  # JSON Schema takes 5.0 for an integer
_NUMBER = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,20})?")


@dataclass
class Asking:
    """One search, as far as it could be read; `faults` says of each field that could not what was typed there."""

    q: str = ""
    needs: tuple[str, ...] = ()
    ages: tuple[float, float] | None = None
    near: str = ""
    within_km: float | None = None
    audience: str | None = None
    free: bool = False
    day: str | None = None
    language: str = ""
    accessibility: tuple[str, ...] = ()
    send: bool = False
    page: int = 1
    per_page: int = 10
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def filtered(self) -> bool:
        """Whether anything at all was asked for."""
        return any(getattr(self, name) not in ("", None, False, ()) for name in self.__dataclass_fields__ if name in _ASKED)

    def fault_words(self) -> dict[str, str]:
        """For each field at fault a sentence that says what to do."""
        said: Mapping[str, str] = words()["faults"]
        short = {name: given if len(given) <= REPEATED else f"{given[:REPEATED]}…" for name, given in self.faults.items()}
        return {name: said[name].format(given=given) for name, given in short.items()}

    def query(self) -> dict[str, Any]:
        """What the directory server is asked (docs/architecture.md)."""
        return {
            "text": self.q,
            "parts": [{"need": code, "words": self.q or needs()[code].label} for code in self.needs],
            "answers": list(self.needs),
            "ages": [{"min": self.ages[0], "max": self.ages[1]}] if self.ages else [],
            "place": self.near or None,
            "within_km": self.within_km,
            "audience": self.audience,
            "free": self.free,
            "day": DAYS.index(self.day) if self.day else None,
            "language": self.language or None,
            "accessibility": list(self.accessibility),
            "send": self.send,
            "page": self.page,
            "per_page": self.per_page,
        }


_ASKED = {"q", "needs", "ages", "near", "within_km", "audience", "free", "day", "language", "accessibility", "send"}


def read(given: MultiDict[str, str]) -> Asking:
    """Read the fields of an address; an empty one is as good as none, and one given twice is at fault."""
    asking = Asking()
    several = {name: [value for value in given.getlist(name) if value] for name in (*FIELDS, "page", "per_page")}
    for name, values in several.items():
        if name in SEVERAL and len(given.getlist(name)) > MOST_PARTS:
            asking.faults[name] = ", ".join(values)
        elif values and name in SEVERAL:
            _take(asking, name, tuple(dict.fromkeys(values)))
        elif len(values) > 1:
            asking.faults[name] = values[-1]
        elif values:
            _take(asking, name, values[0])
    return asking


def understand_age(asking: Asking) -> None:
    """Take an age that is said and not counted ("18 months", "year 9", "teenager") where the plain form of it failed."""
    mentions = find_mentions(plain(asking.faults.get("age", "")[:LONGEST_WORD]))
    if mentions:
        asking.ages = min(it.age.min for it in mentions), max(it.age.max for it in mentions)
        del asking.faults["age"]


def find_unknown_place(asking: Asking) -> None:
    """Note as a fault a place that nobody knows, so that it is asked about and not ignored."""
    if asking.near and find_place(asking.near, configured().council.code) is None:
        asking.faults["near"] = asking.near


def _take(asking: Asking, name: str, given: Any) -> None:
    try:
        attribute = {"need": "needs", "age": "ages"}.get(name, name)
        setattr(asking, attribute, _READERS[name](given))
    except ValueError:
        asking.faults[name] = given if isinstance(given, str) else ", ".join(given)


def _words(given: str) -> str:
    try:
        return clean(given)
    except NothingSaid:
        return ""
    except TooLong:
        raise ValueError(given) from None


def _short(longest: int) -> Any:
    def read_short(given: str) -> str:
        said = _words(given).replace("\n", " ")
        if len(said) > longest:
            raise ValueError(given)
        return said

    return read_short


def _needs(given: tuple[str, ...]) -> tuple[str, ...]:
    if len(given) > MOST_PARTS or not set(given) <= set(needs()):
        raise ValueError(given)
    return given


def _several(given: tuple[str, ...]) -> tuple[str, ...]:
    if len(given) > MOST_PARTS:
        raise ValueError(given)
    return tuple(said for said in map(_short(LONGEST_WORD), given) if said)


def _ages(given: str) -> tuple[float, float]:
    found = _AGE.fullmatch(given.strip())
    low, high = sorted((float(found[1]), float(found[2] or found[1]))) if found else (0.0, OLDEST + 1.0)
    if high > OLDEST:
        raise ValueError(given)
    return low, high


def _distance(given: str) -> float:
    far = float(given) if _NUMBER.fullmatch(given) else 0.0
    if not NEAREST <= far <= FARTHEST:
        raise ValueError(given)
    return far


def _flag(given: str) -> bool:
    return {"true": True, "false": False}[given] if given in ("true", "false") else _refuse(given)


def _one_of(allowed: tuple[str, ...]) -> Any:
    return lambda given: given if given in allowed else _refuse(given)


def _whole(most: int) -> Any:
    def read_whole(given: str) -> int:
        found = _WHOLE.fullmatch(given)
        number = int(found[1]) if found else 0
        return number if 1 <= number <= most else int(_refuse(given))

    return read_whole


def _refuse(given: str) -> Any:
    raise ValueError(given)


_READERS: dict[str, Any] = {
    "q": _words,
    "need": _needs,
    "age": _ages,
    "near": _short(LONGEST_PLACE),
    "within_km": _distance,
    "audience": _one_of(AUDIENCES),
    "free": _flag,
    "day": _one_of(DAYS),
    "language": _short(LONGEST_WORD),
    "accessibility": _several,
    "send": _flag,
    "page": _whole(LAST_PAGE),
    "per_page": _whole(LARGEST_PAGE),
}
