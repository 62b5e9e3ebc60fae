"""Typed text, made safe to keep without changing what it says."""

from __future__ import annotations

import re
import unicodedata

# Invisible and direction-changing characters can hide or reorder words on a worker's page. Joiners
# (U+200C, U+200D) stay: Persian, Urdu and emoji are written with them.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+")


def tidy(typed: str) -> str:
    """`typed` in one Unicode form, without hidden or control characters, with single spaces; line breaks stay."""
    visible = _CONTROL.sub(" ", _HIDDEN.sub("", unicodedata.normalize("NFC", typed.replace("\r\n", "\n"))))
    lines = (" ".join(line.split()) for line in visible.split("\n"))
    return "\n".join(line for line in lines if line)


def bare(typed: str) -> str:
    """`typed` as it is compared with a list of words: lower case, straight quotes, no closing stop."""
    return tidy(typed).lower().replace("’", "'").rstrip(" .!?,")
