"""What is noted while one record is read: each value that was mended, under the record's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from directory.service import Remark

T = TypeVar("T")


@dataclass(frozen=True)
class Notes:
    """Where the repairs of one record are written down."""

    record: str
    repaired: list[Remark]

    def mended(self, what: str) -> None:
        """Note one repair, once."""
        remark = Remark(self.record, what)
        if remark not in self.repaired[-20:]:
            self.repaired.append(remark)

    def read(self, name: str, value: Any, reader: Callable[[Any], T]) -> T | None:
        """`value` by `reader`; None, and noted, where it cannot be right; None where there is none."""
        if value is None or value == "":
            return None
        try:
            return reader(value)
        except (ValueError, TypeError):
            self.mended(f"{name}: {str(value)[:60]!r} cannot be right, taken as not known")
            return None
