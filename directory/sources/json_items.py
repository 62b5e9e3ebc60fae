"""Reads the records of a JSON file one at a time, however large the file and whatever it is nested into."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from directory.sources.faults import SourceError

LARGEST = 512 * 1024**2  # bytes
LARGEST_RECORD = 16 * 1024**2  # characters; the largest real one is a quarter of a megabyte
LISTS = ("contents", "content", "services", "items", "results")  # where version 3, version 1 and others put their records
_CHUNK = 256 * 1024
_AFTER = tuple(" \t\r\n,:]}")
_SPACE = re.compile(r"[ \t\r\n]*")


class _Nothing(Exception):
    """The text ends here."""


class JsonItems:
    """The records of a file that is a list of them, one of them, or a page of them.

    `wrapper` holds what stands beside the list once it has been read to its end.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.wrapper: dict[str, Any] = {}
        size = file.stat().st_size
        if size > LARGEST:
            raise SourceError(f"{file.name} is over {LARGEST // 1024**2} MB. That is no list of services. Send a smaller file.")

    def __iter__(self) -> Iterator[Any]:
        try:
            with self.file.open(encoding="utf-8-sig") as opened:
                yield from self._items(_Reader(opened))
        except UnicodeDecodeError as error:
            raise SourceError(f"{self.file.name} is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
        except RecursionError as error:
            raise SourceError(f"{self.file.name} is nested deeper than any list of services. Nothing was changed.") from error
        except _Nothing as error:
            raise SourceError(f"{self.file.name} ends in the middle. Is it a whole file? Nothing was changed.") from error
        except ValueError as error:
            raise SourceError(f"{self.file.name} is not JSON that can be read: {error}. Nothing was changed.") from error

    def _items(self, reader: _Reader) -> Iterator[Any]:
        opening = reader.next_sign()
        if opening == "[":
            yield from reader.list_items()
        elif opening == "{":
            listed = False
            for name in reader.names():
                if not listed and name in LISTS and reader.peek() == "[":
                    reader.next_sign()
                    listed = True
                    yield from reader.list_items()
                else:
                    self.wrapper[name] = reader.value()
            if not listed:
                yield self.wrapper
        else:
            raise ValueError("it begins with neither [ nor {")


class _Reader:
    """A text read in pieces, a JSON value at a time."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._text, self._at, self._more = file, "", 0, True
        self._decoder = json.JSONDecoder(parse_constant=lambda _: None)  # NaN and Infinity are no JSON; feeds send them

    def peek(self) -> str:
        """The next sign that is no space; _Nothing at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                raise _Nothing

    def next_sign(self) -> str:
        """The same, taken."""
        sign = self.peek()
        self._at += 1
        return sign

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if not self._fill():
                    raise
                continue
            if self._text[end : end + 1] not in _AFTER and self._fill():
                continue  # "12" and "12." may be the beginning of "12.34"
            self._at = end
            return found

    def list_items(self) -> Iterator[Any]:
        """The values up to the closing bracket."""
        while self.peek() != "]":
            yield self.value()
            self._separator("]")
        self._at += 1

    def names(self) -> Iterator[str]:
        """The names of an object up to its closing bracket; the caller reads the value after each."""
        while self.peek() != "}":
            name = self.value()
            if not isinstance(name, str) or self.next_sign() != ":":
                raise ValueError("a name with its colon is missing")
            yield name
            self._separator("}")
        self._at += 1

    def _separator(self, closing: str) -> None:
        sign = self.peek()
        if sign == ",":
            self._at += 1
        elif sign != closing:
            raise ValueError(f"a comma is missing before {sign!r}")

    def _fill(self) -> bool:
        """Read on; the piece doubles, so that a large record is not tried again for every chunk. False at the end."""
        rest = self._text[self._at :]
        if len(rest) > LARGEST_RECORD:
            raise ValueError(f"one record is over {LARGEST_RECORD // 1024**2} million characters")
        piece = self._file.read(max(_CHUNK, len(rest))) if self._more else ""
        self._more = bool(piece)
        self._text, self._at = rest + piece, 0
        return self._more
