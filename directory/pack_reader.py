"""Reads the values of a council pack's YAML one by one, and says exactly which is wrong."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from directory.hours import HoursError, parse_hours

TO_SUPPLY = "TO SUPPLY"
"""Written where the council has still to give a value; read as None and listed by `signpost check`."""


class PackError(Exception):
    """A council pack cannot be used: the file, the key, and what to do."""

    def __init__(self, file: Path, key: str, problem: str) -> None:
        super().__init__(f"{file}{f', key {key}' if key else ''}: {problem}")
        self.file, self.key, self.problem = file, key, problem


class Reader:
    """A mapping inside a pack's file, at a key path such as `handover.consent`."""

    def __init__(self, file: Path, data: Any, at: str = "", parent: Reader | None = None) -> None:
        self.file, self.at = file, at
        self.to_supply: list[str] = parent.to_supply if parent else []
        self._readers: list[Reader] = parent._readers if parent else []
        self._seen: set[str] = set()
        self._readers.append(self)
        if not isinstance(data, dict):
            raise self.error("", "keys with values are needed here.")
        self._data: dict[Any, Any] = data

    def error(self, key: str, problem: str) -> PackError:
        """The error for a key of this mapping; raise it."""
        return PackError(self.file, self._path(key), problem)

    def required_text(self, key: str) -> str:
        """A text that has to be there."""
        value = self.text(key)
        if value is None:
            raise self.error(key, "this cannot be left for the council to supply.")
        return value

    def text(self, key: str, optional: bool = False) -> str | None:
        """A text; None where it is TO SUPPLY, or absent and `optional`."""
        value = self._value(key, optional)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, f"a text is needed, not {value!r} (put numbers in quotes).")
        return " ".join(value.split())

    def hours(self, key: str) -> str | None:
        """Opening hours that can be read."""
        value = self.text(key)
        if value is not None:
            try:
                parse_hours(value)
            except HoursError as error:
                raise self.error(key, str(error)) from error
        return value

    def number(self, key: str) -> int | None:
        """A whole number above nought."""
        value = self._value(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise self.error(key, f"a whole number above 0 is needed, not {value!r}.")
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._value(key)
        if not isinstance(value, bool):
            raise self.error(key, f"true or false is needed, not {value!r}.")
        return value

    def date(self, key: str) -> datetime.date | None:
        """A date, written 2026-11-02."""
        value = self._value(key)
        if value is not None and type(value) is not datetime.date:
            raise self.error(key, f"a date such as 2026-11-02 is needed, not {value!r}.")
        return value

    def items(self, key: str, optional: bool = False) -> list[Any]:
        """A list; empty where it is TO SUPPLY, or absent and `optional`."""
        value = self._value(key, optional)
        if value is not None and not isinstance(value, list):
            raise self.error(key, "a list is needed (lines that begin with '-').")
        return value or []

    def texts(self, key: str, names: tuple[str, ...]) -> Mapping[str, str | None]:
        """A mapping that has a text for each of `names`."""
        inner = self.part(key)
        return MappingProxyType({name: inner.text(name) for name in names})

    def part(self, key: str, optional: bool = False) -> Any:
        """A reader of the mapping below `key`; None where it is absent and `optional`."""
        value = self._value(key, optional)
        if value is None and optional:
            return None
        return Reader(self.file, value, self._path(key), self)

    def parts(self, key: str, optional: bool = False) -> list[Reader]:
        """A reader for each mapping of the list below `key`; none where it is absent and `optional`."""
        listed = self.items(key, optional)
        return [Reader(self.file, item, f"{self._path(key)}[{n}]", self) for n, item in enumerate(listed)]

    def refuse_unknown_keys(self) -> None:
        """PackError for a key that nothing reads: most often a slip of the pen, and silence would hide it."""
        for reader in self._readers:
            for key in reader._data:
                if key not in reader._seen:
                    raise reader.error(str(key), f"nothing reads this key; keys here: {', '.join(sorted(reader._seen))}.")

    def _value(self, key: str, optional: bool = False) -> Any:
        self._seen.add(key)
        if self._data.get(key) is None:
            if optional:
                return None
            raise self.error(key, f"this is missing. Add it, or write '{TO_SUPPLY}' where the council has yet to say.")
        value = self._data[key]
        if value == TO_SUPPLY:
            self.to_supply.append(self._path(key))
            return None
        return value

    def _path(self, key: str) -> str:
        return ".".join(filter(None, (self.at, key)))
