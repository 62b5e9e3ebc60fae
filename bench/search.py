"""The search at 1,000, 10,000 and 100,000 services, made by recombining real texts: `python -m bench.search`."""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bench import machine
from bench.report import keep

SIZES = (1_000, 10_000, 100_000)
CHANGED = 0.01
QUERIES = 100
NOISE = 0.02  # added to every number of a cached vector, so that no two are the same
_MARK = re.compile(r"\s*#(?:\d+|changed)\.?\s*|(?:^|\s)\|\s*")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Recombined:
    """An encoder that knows the real vectors of the sentences and makes those of texts from them; it counts."""

    def __init__(self, real: Any, sentences: Sequence[str]) -> None:
        """`sentences`: all that the texts are made of."""
        self.real, self.dimension, self.identity = real, real.dimension, real.identity
        self.known = dict(zip(sentences, real.encode_uncached(list(sentences)), strict=True))
        self.spare = np.mean(list(self.known.values()), axis=0)
        self.asked: dict[str, Any] = {}

    def encode(self, texts: Sequence[str]) -> Any:
        """Of messages: the real vectors, kept."""
        new = [text for text in texts if text not in self.asked]
        if new:
            self.asked.update(zip(new, self.real.encode_uncached(new), strict=True))
        return np.stack([self.asked[text] for text in texts])

    def encode_uncached(self, texts: Sequence[str]) -> Any:
        """Of services: the mean of their sentences' vectors, and a little of their own."""
        rows = np.random.default_rng(len(texts)).normal(0, NOISE, (len(texts), self.dimension)).astype(np.float32)
        for row, text in zip(rows, texts, strict=True):
            known = [self.known[part] for part in _MARK.split(text) if part in self.known]
            row += np.mean(known, axis=0) if known else self.spare
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@dataclass(frozen=True)
class Sized:
    """What was measured of one size."""

    services: int
    search: float
    """Milliseconds, median, without the encoding."""
    product: float
    """Milliseconds of a bare NumPy matrix product over the whole-text vectors."""
    recall: float
    reencoded: float
    """Share of the texts that were encoded again after CHANGED of the services changed."""
    reimport: float
    """Seconds of that, index and all."""
    kilobytes: float
    """Of files and of resident memory, for each service."""
    resident: float


def main() -> None:
    """Print the table, and keep it in docs/benchmarks.md."""
    from directory.encoder import load_encoder

    real = load_encoder()
    table = "\n".join([machine.description(), "", build_rate(real), "", *_lines([sized(n, real) for n in SIZES])])
    keep("search", table)


def build_rate(real: Any) -> str:
    """How fast an index of 1,000 is built, against the encoder alone on the same texts in batches."""
    from directory.database import session
    from directory.index import build_index, texts_of

    with _house():
        records = made(1_000)
        _bring_in(records)
        texts = [text for r in records for text in _all_texts(texts_of(r.name, r.summary, r.description))]
        alone = []
        built = []
        for _ in range(2):  # in turn: a noisy moment falls on both
            began = time.perf_counter()
            for start in range(0, len(texts), 512):
                real.encode_uncached(texts[start : start + 512])
            alone.append(len(texts) / (time.perf_counter() - began))
            for old in (Path(os.environ["SIGNPOST_VAR"]) / "index").glob("current"):
                old.unlink()
            with session() as opened:
                found = build_index(opened, real)
            built.append(found.encoded / found.seconds)
    ratio = max(built) / max(alone)
    return (
        f"Index of 1,000 services ({len(texts)} texts): {max(built):.0f} texts a second, the encoder alone {max(alone):.0f}: "
        f"ratio {ratio:.2f} (≥ 0.9: {'reached' if ratio >= 0.9 else '**missed**'})"
    )


def sized(n: int, real: Any) -> Sized:
    """Measure one size in a directory of its own."""
    from directory.search import Search

    show(f"{n} services")
    with _house() as folder:
        records = made(n)
        encoder = Recombined(real, [*sentences()])
        _bring_in(records)
        resident = _resident()
        search = Search(encoder)  # type: ignore[arg-type]
        search.refresh()
        queries = _queries(real)
        for query in queries:
            search.search(query, NOW)  # warms the encoder's cache, which a turn has filled before it searches
        taken = [_milliseconds(partial(search.search, query, NOW)) for query in queries]
        grown = _resident() - resident
        whole = np.array(search.in_use.index.whole, np.float32)  # type: ignore[union-attr]
        vectors = [encoder.encode([query.text])[0] for query in queries]
        products = [_milliseconds(partial(np.matmul, whole, vector)) for vector in vectors]
        recall = statistics.mean(_recall(search, query) for query in queries)
        size = sum(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file())
        changed = [_changed(r) if number % int(1 / CHANGED) == 0 else r for number, r in enumerate(records)]
        began = time.perf_counter()
        _bring_in(changed)
        built = search.refresh()
        seconds = time.perf_counter() - began
        assert built is not None
        return Sized(
            n, statistics.median(taken), statistics.median(products), recall, built.encoded / built.texts, seconds,
            size / n / 1000, grown / n / 1000,
        )  # fmt: skip


def made(n: int) -> list[Any]:
    """`n` services: names and sentences of real ones, mixed."""
    from directory.service import ServiceRecord

    names, said = _pieces()
    chance = random.Random(7)
    records = []
    for number in range(n):
        body = " | ".join(f"{one} #{number}." for one in chance.sample(said, chance.randint(2, 5)))
        name = chance.choice(names)
        record = ServiceRecord(
            source="bench", id=str(number), name=f"{name} #{number}", organisation=f"Organisation {number % max(1, n // 4)}",
            description=body, assured_date=date(2026, 10, 1), audience=("families",),
        )  # fmt: skip
        records.append(record)
    return records


def sentences() -> set[str]:
    """All that the services are made of."""
    names, said = _pieces()
    return {*names, *said}


@cache
def _pieces() -> tuple[list[str], list[str]]:
    from directory.adapter.examples import listings, services
    from directory.evaluation import judged_listings
    from directory.sources.national import read_national

    texts = [one.text for one in (*listings(), *services())]
    texts += [record.description for record in (*judged_listings(), *read_national().records)]
    said = sorted({part.strip().rstrip(".") for text in texts for part in text.replace("|", ",").replace("#", "").split(". ")})
    names = sorted({text.replace("|", ",").replace("#", "").split(". ")[0].strip() for text in texts})
    return [name for name in names if 4 < len(name) < 60], [one for one in said if len(one) > 30]


def _all_texts(texts: tuple[str, list[str]]) -> list[str]:
    return [texts[0], *texts[1]]


def _changed(record: Any) -> Any:
    return replace(record, description=f"{record.description} | {_pieces()[1][0]} #changed.")


def _queries(real: Any) -> list[Any]:
    from bot.commands import told_of
    from bot.understanding.understand import Understander
    from directory.evaluation import judged_messages
    from directory.query import Query

    understander = Understander(real)
    texts = [message.text for message in judged_messages("dev")][:QUERIES]
    return [Query.from_json(told_of(understander.understand(text)) | {"text": text}) for text in texts]


def _recall(search: Any, query: Any) -> float:
    """Of the ten best by the index's own score, looked for among all, how many are the ten best of its candidates."""
    from directory.hours import LONDON
    from directory.nearest import nearest
    from directory.ranking import audience_fits, possible, towards
    from directory.wanted import wanted_of
    from directory.weights import weights

    loaded = search.in_use
    wanted = wanted_of(query, search.encoder, loaded.catalogue.called)[0]
    allowed = possible(loaded.catalogue, query, None, NOW.astimezone(LONDON).date())
    allowed &= audience_fits(loaded.catalogue.audience, loaded.index.labels, query, wanted.about_child)
    asked = towards(wanted)
    width = loaded.index.whole.shape[1]
    scores = loaded.index.whole @ asked[:width] + loaded.index.needs @ asked[width:]
    everything = np.flatnonzero(allowed)
    exact = everything[np.argsort(-scores[everything], kind="stable")[:10]]
    found = nearest(loaded.index.nearest, asked, allowed, weights()["candidates"])
    ten = found[np.argsort(-scores[found], kind="stable")[:10]]
    return len(set(exact.tolist()) & set(ten.tolist())) / max(1, len(exact))


def _bring_in(records: list[Any]) -> None:
    from directory.importer import import_reading
    from directory.service import Reading

    import_reading(Reading(records), "bench", "westmere")


class _house:
    """A directory of its own."""

    def __enter__(self) -> Path:
        from directory.database import prepare_database

        self._folder = tempfile.TemporaryDirectory()
        self._before = {name: os.environ.get(name) for name in ("SIGNPOST_VAR", "DATABASE_URL")}
        os.environ |= {"SIGNPOST_VAR": self._folder.name, "DATABASE_URL": ""}
        prepare_database()
        return Path(self._folder.name)

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
        self._folder.cleanup()


def _milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _resident() -> int:
    return int(psutil.Process().memory_info().rss)


def _lines(found: list[Sized]) -> list[str]:
    lines = [
        "| services | search, ms (≤ 8) | NumPy product, ms | recall@10 (≥ 0.99) | 1 % changed: texts encoded again, seconds | kB of files, of memory, a service |",
        "|---|---|---|---|---|---|",
    ]
    return lines + [
        f"| {it.services:,} | {it.search:.1f} | {it.product:.1f} | {it.recall:.3f} | {it.reencoded:.2%}, {it.reimport:.1f} s "
        f"| {it.kilobytes:.1f}, {it.resident:.1f} |"
        for it in found
    ]


def show(doing: str) -> None:
    """Say what takes long."""
    print(f"… {doing}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
