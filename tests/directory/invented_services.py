"""Services that say only what matters to a test, and an encoder that needs no weights."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from directory.importer import Summary, import_reading
from directory.search import Search
from directory.service import Reading, ServicePlace, ServiceRecord


class WordEncoder:
    """Stands for the encoder: texts that share words have near vectors."""

    dimension = 64
    identity = "words"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return self.encode_uncached(texts)

    def forget(self) -> None:
        self.encoded.clear()

    def encode_uncached(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        rows = np.full((len(texts), self.dimension), 0.01, np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"[a-z]{3,}", text.lower()):
                row[int(hashlib.md5(word[:5].encode()).hexdigest(), 16) % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def service(id_: str, name: str = "", **said: object) -> ServiceRecord:
    """A service of Westmere that says only what matters to the test."""
    return ServiceRecord(source="westmere", id=id_, name=name or id_.replace("-", " ").title(), **said)  # type: ignore[arg-type]


def at(place: str, *times: str) -> tuple[ServicePlace, ...]:
    return (ServicePlace(location=f"{place} Hall", place=place, times=times),)


def bring_in(*records: ServiceRecord, council: str | None = "westmere") -> Summary:
    """Make these the whole of their source."""
    return import_reading(Reading(list(records)), records[0].source, council)


def searching(encoder: WordEncoder, *records: ServiceRecord) -> Search:
    """A search over these services."""
    if records:
        bring_in(*records)
    search = Search(encoder)  # type: ignore[arg-type]
    search.refresh()
    return search
