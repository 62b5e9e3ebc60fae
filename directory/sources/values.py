"""Reads single values as sources write them: ages, dates, addresses, numbers. What cannot be right is a ValueError."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from directory.files import DATA, read_yaml

OLDEST = 120  # years
PHONE_LENGTH = 60  # characters; "0203 289 6420 Ext 303, ask for Jo" is still a number
URL_LENGTH = 2_000
ID_LENGTH = 200

_EMAIL = re.compile(r"[^@\s<>,;:]+@([^@\s<>,;:]+\.[^@\s.<>,;:]+)")
_URL = re.compile(r"https?://[^\s/?#]+\.[^\s]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"\+?\(?\d[\d ()\-./]{1,18}\d")
_DATES = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%B %d %Y", "%d-%b-%Y")
_YEARS = range(1970, 2101)
_ID = re.compile(r"[A-Za-z0-9{][!-~]{0,199}")


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, str]]:
    """`data/open-referral/words.yml` turned round: for each heading, a feed's word → our code (or itself)."""
    turned: dict[str, Mapping[str, str]] = {}
    for heading, said in read_yaml(DATA / "open-referral" / "words.yml").items():
        codes = said if isinstance(said, dict) else {None: said}
        turned[heading] = MappingProxyType({str(word): code or str(word) for code, known in codes.items() for word in known})
    return MappingProxyType(turned)


def is_id(text: str) -> bool:
    """Whether it can name a service as it stands: begins with a letter or digit, holds no space, is not endless."""
    return bool(_ID.fullmatch(text))


def identifier(value: object) -> str:
    """A feed's id as we keep it: its own; only what cannot stand in an address is written as %20 and the like."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    made = text if is_id(text) else quote(text, safe="._:-/@+=~(),!*{}")
    if not is_id(made):
        raise ValueError(text)
    return made


def age(value: object) -> float:
    """Years, 0 to 120; feeds write -1 and 999 for "nobody said"."""
    years = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    if not 0 <= years <= OLDEST:
        raise ValueError(value)
    return years


def degrees(limit: int) -> Callable[[object], float]:
    """A reader of degrees from -`limit` to `limit`, kept to six decimals: a hand's breadth."""

    def read(value: object) -> float:
        angle = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else limit + 1.0
        if not -limit <= angle <= limit:
            raise ValueError(value)
        return round(angle, 6)

    return read


def yes_no(value: object) -> bool:
    """true, "TRUE", "yes", 1 and their opposites."""
    answers = {"yes": True, "true": True, "1": True, "y": True, "no": False, "false": False, "0": False, "n": False}
    said = str(value).strip().lower()
    if said not in answers:
        raise ValueError(value)
    return answers[said]


def email(text: str) -> str:
    """An address somebody reads; `…@noemail.invalid` is how some feeds say that there is none."""
    given = text.strip().removeprefix("mailto:")
    match = _EMAIL.fullmatch(given)
    if not match or reaches_nobody(match[1]):
        raise ValueError(text)
    return given


def url(text: str) -> str:
    """A page on the web; anything but http and https could run in a reader's browser."""
    given = text.strip()
    if _HOST.fullmatch(given) and "@" not in given:  # "www.thomley.org.uk": browsers find the https page themselves
        given = f"http://{given}"
    if len(given) > URL_LENGTH or not _URL.fullmatch(given) or reaches_nobody(urlsplit(given).hostname or ""):
        raise ValueError(text)
    return given


def phone(text: str) -> str:
    """A number somebody answers, with what is said beside it ("0203 289 6420 Ext 303") where that is short."""
    given = " ".join(text.replace('"', " ").split())
    match = _PHONE.search(given)
    digits = re.sub(r"\D", "", match[0]) if match else ""
    if len(digits) < 3 or len(set(digits)) == 1:
        raise ValueError(text)
    return given if len(given) <= PHONE_LENGTH or not match else match[0]


def day(value: object) -> date:
    """A date in any of the forms in use: ISO with or without a time, 02/10/2026 (October), 2 October 2026, milliseconds."""
    text = str(value).strip()
    for read in (_iso, _written, _milliseconds, lambda said: parsedate_to_datetime(said).date()):
        try:
            found: date = read(text)
        except (ValueError, OverflowError, OSError, TypeError):
            continue
        if found.year in _YEARS:
            return found
    raise ValueError(value)


def _iso(text: str) -> date:
    return date.fromisoformat(text[:10])


def _written(text: str) -> date:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text, flags=re.IGNORECASE)
    for form in _DATES:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    raise ValueError(text)


def _milliseconds(text: str) -> date:
    if len(text) < 12:  # "2026" is no moment of the year 1970
        raise ValueError(text)
    return datetime.fromtimestamp(int(text) / 1000, UTC).date()


def reaches_nobody(host: str) -> bool:
    """Whether nothing sent to this host arrives: it stands for "none", or its whole domain has been closed."""
    host = host.lower()
    closed = any(f".{host}".endswith(f".{domain}") for domain in words()["closed_domains"])
    return closed or host in words()["placeholder_hosts"] or host.endswith((".invalid", ".test", ".localhost"))
