"""What a family typed, made safe to pass on without changing what it says."""

from __future__ import annotations

import unicodedata

LONGEST = 2_000  # characters; said in the problem, in the widget and in openapi.yml

# Letters and marks that show nothing: a message of only these is empty to whoever wrote it.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Cc control, Cf zero-width, bidi and tags, Cs halves of a surrogate pair (they cannot be written as UTF-8).
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


class NothingSaid(ValueError):
    """Nothing is left of the message once what cannot be seen is gone."""


class TooLong(ValueError):
    """The message has more than LONGEST characters."""


def clean(text: str) -> str:
    """The text in NFC, without invisible characters, trimmed, unable to act as a command; NothingSaid, TooLong.

    Line breaks and tabs are kept as line breaks and spaces. A leading `/` would be an instruction to Rasa
    (`/restart`, `/intent{...}`), so leading slashes go and the words behind them stay.
    """
    if len(text) > LONGEST:
        raise TooLong
    lines = text.replace("\r\n", "\n").translate(_LINE_ENDS).replace("\t", " ")
    visible = "".join(char for char in lines if char == "\n" or not _unseen(char))
    said = unicodedata.normalize("NFC", visible).strip()
    while said.startswith("/"):
        said = said[1:].lstrip()
    if not said:
        raise NothingSaid
    return said


def _unseen(char: str) -> bool:
    return char in _BLANKS or unicodedata.category(char) in _INVISIBLE
