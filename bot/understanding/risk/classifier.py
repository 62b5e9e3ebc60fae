"""Layer two: a classifier for danger that is not plain in the words, over the sentence vector and the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.understanding.risk.kinds import HERE, kinds
from directory.files import read_yaml
from directory.lexical import cells_of
from directory.linear import sigmoid
from directory.views import BY_WORDS, Views

HEAD = HERE.parent / "heads" / "risk.npz"
"""Weights that `bot/understanding/risk/fit.py` writes, `signpost fit` runs it."""
THRESHOLDS = HERE / "thresholds.yml"
DANGER, NOW, KINDS = 0, 1, slice(2, None)
"""Where the labels of the views lie."""


@dataclass(frozen=True)
class Thresholds:
    """From which probability a message is asked about, and from which it is answered as a crisis."""

    check: float
    crisis: float
    doubt: float
    """Below it, a pattern's alarm is asked about first."""


@dataclass(frozen=True)
class Judged:
    """What the classifier makes of a message."""

    probability: float
    """0 to 1, that a reader would see danger in it."""
    kinds: dict[str, float]
    """The probability of each kind, given that there is danger."""
    now: float
    """0 to 1, that it is a danger of this very moment."""


@dataclass(frozen=True)
class RiskHead:
    """Four views of a message and two of its loudest part, then one judgement of them for danger and one for its kind."""

    views: Views
    """Labels: danger, now, then every kind."""
    judge: np.ndarray
    """(VIEWS + 3,): the weight for danger of each view, of the loudest part's words and of its letters, and the bias."""
    kind_judge: np.ndarray
    """(VIEWS + 1,): the weight of each view for the kind, and of the patterns found."""
    kinds: tuple[str, ...]

    def odds(self, said: Sequence[Sequence[str]], vectors: np.ndarray) -> np.ndarray:
        """(VIEWS, messages, labels) log-odds, for the words of each message and its vector."""
        return self.views.log_odds([cells_of(one) for one in said], vectors)

    def loudest(self, parts: Sequence[Sequence[str]], odds: np.ndarray) -> np.ndarray:
        """(2,) the log-odds of danger of the most alarming part, by its words and by its letters.

        One clause of danger in a long everyday message is little of its words all together. A message without parts is
        all there is: its own (VIEWS, labels) `odds` have them.
        """
        if not parts:
            result: np.ndarray = odds[BY_WORDS, DANGER]
            return result
        cells, views = [cells_of(part) for part in parts], self.views
        of_letters = max(views.letters.log_odds(one.letters)[DANGER] for one in cells)
        return np.array([max(views.words.log_odds(one.words)[DANGER] for one in cells), of_letters])

    def judged(
        self, said: Sequence[str], parts: Sequence[Sequence[str]], vector: np.ndarray, pattern_kinds: Iterable[str]
    ) -> Judged:
        """What is made of a message of the words `said`, also part by part, and this (dimension,) vector.

        `pattern_kinds` are the kinds of the patterns found, guards aside: they help to tell the kinds apart, no more.
        """
        odds = self.odds([said], vector[None, :])[:, 0]
        return self.judged_of(odds, self.loudest(parts, odds), pattern_kinds)

    def judged_of(self, odds: np.ndarray, loudest: np.ndarray, pattern_kinds: Iterable[str]) -> Judged:
        """The same from the message's (VIEWS, labels) log-odds and its loudest part's."""
        danger = sigmoid(self.judge[:-1] @ [*odds[:, DANGER], *loudest] + self.judge[-1])
        of_kinds = np.exp(of_each_kind(odds, pattern_kinds) @ self.kind_judge)
        of_kinds /= of_kinds.sum()
        now = sigmoid(odds[:, NOW].mean())
        return Judged(float(danger), dict(zip(self.kinds, of_kinds.tolist(), strict=True)), float(now))

    def save(self, path: Path = HEAD) -> None:
        """Write the head as small data, committed with the code."""
        arrays = self.views.as_arrays()
        np.savez_compressed(path, kinds=np.array(self.kinds), judge=self.judge, kind_judge=self.kind_judge, **arrays)


def of_each_kind(odds: np.ndarray, pattern_kinds: Iterable[str]) -> np.ndarray:
    """(kinds, VIEWS + 1): how likely each view thinks each kind, as logarithms, and how many patterns say it."""
    said = odds[:, KINDS] - odds[:, KINDS].max(axis=1, keepdims=True)
    said -= np.log(np.exp(said).sum(axis=1, keepdims=True))
    return np.column_stack([said.T, counted(pattern_kinds)])


def counted(pattern_kinds: Iterable[str]) -> np.ndarray:
    """(kinds,) how many patterns of each kind were found, three being as many as any."""
    numbers = dict.fromkeys(kinds(), 0.0)
    for kind in pattern_kinds:
        numbers[kind] = min(1.5, numbers[kind] + 0.5)
    return np.array(list(numbers.values()))


@lru_cache(maxsize=1)
def risk_head() -> RiskHead | None:
    """The shipped head; None where its file is gone, for the other layers must work all the same."""
    try:
        with np.load(HEAD) as stored:
            return RiskHead(Views.from_arrays(stored), stored["judge"], stored["kind_judge"], tuple(stored["kinds"].tolist()))
    except OSError:
        return None


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """The two thresholds of thresholds.yml."""
    row = read_yaml(THRESHOLDS)
    return Thresholds(check=float(row["check"]), crisis=float(row["crisis"]), doubt=float(row["doubt"]))
