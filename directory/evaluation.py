"""How good the search is on the judged messages: measures, their uncertainty, and what it is measured against."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from directory.cleaning import plain_text
from directory.encoder import Encoder, Vectors
from directory.index import texts_of
from directory.service import ServiceRecord

JUDGED = Path(__file__).parents[1] / "nlu_data" / "judged"
DEPTH, FIRST, HELPFUL = 5, 3, 2
RESAMPLES = 2000
FUSION = 60  # the constant of reciprocal rank fusion

Ranking = Callable[[str], Sequence[str]]
"""A message → the keys (`source/id`) of services, best first."""


@dataclass(frozen=True)
class Message:
    """A judged message."""

    id: str
    half: str
    """`dev`, which may be looked at, or `test`, which may not."""
    text: str
    grades: Mapping[str, int]
    """`source/id` → 1 to 3; what is not there is 0."""


@dataclass(frozen=True)
class Measured:
    """Means over messages, each with the 95 % interval of a bootstrap over messages."""

    messages: int
    ndcg: tuple[float, float, float]
    """nDCG of the first five: mean, low, high."""
    success: tuple[float, float, float]
    """Share with a helpful service (grade 2 or 3) among the first three."""


def judged_messages(half: str | None = None) -> list[Message]:
    """The messages of one half, or all."""
    grades: dict[str, dict[str, int]] = {}
    for row in _table("grades.tsv"):
        grades.setdefault(row["id"], {})[row["service"]] = int(row["grade"])
    rows = _table("messages.tsv")
    return [Message(r["id"], r["half"], r["text"], grades.get(r["id"], {})) for r in rows if half in (None, r["half"])]


def judged_listings() -> list[ServiceRecord]:
    """Services in the manner of real council feeds: no codes, no ages, HTML; 20 of them are Buckinghamshire's own."""
    return [
        ServiceRecord(source=source, id=row["id"], name=row["name"], description=plain_text(row["description"]))
        for source in ("bucks", "listings")
        for row in _table(f"{source}.tsv")
    ]


def blind(record: ServiceRecord) -> ServiceRecord:
    """The record as a real feed would have it: its name and its words, and nothing of what a council has to add."""
    return replace(record, kind="", needs=(), audience=(), min_age=None, max_age=None, eligibility="", send=None)


def measure(rank: Ranking, messages: Iterable[Message], among: frozenset[str]) -> Measured:
    """Measure one ranking over those messages for which a helpful service is `among` the services searched."""
    gains, hits = [], []
    for message in messages:
        grades = {key: grade for key, grade in message.grades.items() if key in among}
        if max(grades.values(), default=0) >= HELPFUL:
            found = [grades.get(key, 0) for key in rank(message.text)]
            gains.append(ndcg(found, list(grades.values())))
            hits.append(float(max(found[:FIRST], default=0) >= HELPFUL))
    return Measured(len(gains), _interval(gains), _interval(hits))


def ndcg(found: Sequence[int], possible: Sequence[int], depth: int = DEPTH) -> float:
    """NDCG with gains of 2^grade - 1: `found` are the grades in the order shown, `possible` all there are."""
    best = sorted(possible, reverse=True)
    return _gain(found, depth) / _gain(best, depth)


def baselines(records: Sequence[ServiceRecord], encoder: Encoder) -> dict[str, Ranking]:
    """What the search is measured against: the plain encoder, BM25, their fusion, and whole text with best sentence."""
    import bm25s

    keys = np.array([record.key for record in records])
    whole_texts, sentences, starts = [], [], [0]
    for record in records:
        text, its_sentences = texts_of(record.name, record.summary, record.description)
        whole_texts.append(text)
        sentences += its_sentences
        starts.append(len(sentences))
    whole, said_vectors = encoder.encode_uncached(whole_texts), encoder.encode_uncached(sentences)
    words = bm25s.BM25()
    words.index(bm25s.tokenize(whole_texts, stopwords="en", show_progress=False), show_progress=False)

    def likeness(text: str) -> Vectors:
        return whole @ encoder.encode([text])[0]

    def bm25(text: str) -> Vectors:
        tokens = bm25s.tokenize([text], stopwords="en", return_ids=False, show_progress=False)[0]
        return np.asarray(words.get_scores(tokens)) if tokens else np.zeros(len(keys), np.float32)

    def fused(text: str) -> Vectors:
        return sum(1.0 / (FUSION + _ranks(score(text))) for score in (likeness, bm25))  # type: ignore[return-value]

    def both(text: str) -> Vectors:
        vector = encoder.encode([text])[0]
        return (whole @ vector + np.maximum.reduceat(said_vectors @ vector, np.array(starts[:-1]))) / 2

    def ranking(score: Callable[[str], Vectors]) -> Ranking:
        return lambda text: keys[np.argsort(-score(text), kind="stable")[:DEPTH]].tolist()

    named = {"all-MiniLM-L6-v2": likeness, "BM25": bm25, "their fusion": fused, "whole text and best sentence": both}
    return {name: ranking(score) for name, score in named.items()}


def _gain(grades: Sequence[int], depth: int) -> float:
    return sum((2**grade - 1) / float(np.log2(place + 2)) for place, grade in enumerate(grades[:depth]))


def _ranks(scores: Vectors) -> Vectors:
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks


def _interval(values: Sequence[float]) -> tuple[float, float, float]:
    if not values:
        return (0.0, 0.0, 0.0)
    some = np.array(values)
    means = some[np.random.default_rng(7).integers(0, len(some), (RESAMPLES, len(some)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(some.mean()), float(low), float(high)


def _table(name: str) -> list[dict[str, str]]:
    with (JUDGED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
