"""Telephone numbers and e-mail addresses, found in what somebody typed."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<![\w+])(?:\+|00)?\(?\d(?:[\s().\-]{0,3}\d){8,20}")
_EMAIL = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+")
_EMAIL_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_EMAIL_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")

# Numbers a person can be reached on (Ofcom's national numbering plan): ordinary and organisations' lines,
# internet telephones, mobiles. Not 070 (personal numbers) nor 076 (pagers; 07624 is the Isle of Man's mobiles)
# nor 09: they cost whoever rings.
_REACHABLE = re.compile(r"0(?:1\d{8,9}|2\d{9}|3\d{9}|5[56]\d{8}|7(?:[1-57-9]\d{8}|624\d{6})|8\d{9})")


def find_phone(typed: str) -> str | None:
    """The first UK number in `typed` that can be rung back, spaced for reading (`07700 900123`), or None."""
    for found in _PHONE.finditer(typed):
        number = found.group()
        while number:
            digits = _national(number)
            if _REACHABLE.fullmatch(digits):
                return _spaced(digits)
            # "07700 900123 4pm" runs on into another figure: try again without the last group.
            number = number.rpartition(" ")[0]
    return None


def is_mobile(phone: str) -> bool:
    """Whether a number from `find_phone` can get a text."""
    return phone.startswith("07")


def find_email(typed: str) -> str | None:
    """The first e-mail address in `typed`, as typed, or None."""
    for found in _EMAIL.finditer(typed):
        address = found.group().strip(".!?'")
        local, _, domain = address.rpartition("@")
        fits = len(address) <= 254 and len(local) <= 64
        if fits and _EMAIL_LOCAL.fullmatch(local) and _EMAIL_DOMAIN.fullmatch(domain):
            return address
    return None


def _national(number: str) -> str:
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    abroad = number.startswith(("+", "00"))
    if abroad:
        digits = digits.removeprefix("00")
        # Another country's number keeps its code, and so is not taken for one of ours.
        return "0" + digits.removeprefix("44").removeprefix("0") if digits.startswith("44") else "+" + digits
    return digits


def _spaced(digits: str) -> str:
    if digits.startswith("02"):
        parts = [digits[:3], digits[3:7], digits[7:]]
    elif digits.startswith(("03", "08", "011")) or re.match(r"01\d1", digits):
        parts = [digits[:4], digits[4:7], digits[7:]]
    else:
        parts = [digits[:5], digits[5:]]
    return " ".join(parts)
