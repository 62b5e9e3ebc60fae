"""Layer two: a classifier for danger that is not plain in the words, over the sentence vectors and the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.risk.features import letter_cells, weighed, word_cells
from bot.understanding.risk.kinds import HERE, kinds
from directory.files import read_yaml

HEAD = HERE.parent / "heads" / "risk.npz"
"""Weights that `bot/understanding/risk/fit.py` writes, `signpost fit` runs it."""
THRESHOLDS = HERE / "thresholds.yml"


@dataclass(frozen=True)
class Thresholds:
    """From which probability a message is asked about, and from which it is answered as a crisis."""

    check: float
    crisis: float


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
    """Three views of a message (its vector among known vectors, its words, its letters), then one judgement of them."""

    gamma: float
    support: np.ndarray
    """(support vectors, dimension) of the radial support vector machine."""
    support_weight: np.ndarray
    """(support vectors,)"""
    support_bias: float
    word_rarity: np.ndarray
    """(cells,), and so on for the letters."""
    word_weight: np.ndarray
    letter_rarity: np.ndarray
    letter_weight: np.ndarray
    biases: np.ndarray
    """(2,) of words and letters."""
    judge: np.ndarray
    """(6,): the weights of whole vector, best clause, words, letters, words alone of length; and the bias."""
    kinds: tuple[str, ...]
    kind_weight: np.ndarray
    """(kinds, dimension + cells + kinds): over the vector, the words, then the patterns found by kind."""
    kind_bias: np.ndarray
    now_weight: np.ndarray
    """(dimension + cells + 1,): bias last."""

    def views(self, said: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """(5,) scores: whole vector, best vector of message and clauses, words, letters, length."""
        of_vectors = self.of_vectors(vectors)
        words, letters = word_cells(said), letter_cells(said)
        of_words = weighed(words, self.word_rarity) @ self.word_weight[words] + self.biases[0]
        of_letters = weighed(letters, self.letter_rarity) @ self.letter_weight[letters] + self.biases[1]
        return np.array([of_vectors[0], of_vectors.max(), of_words, of_letters, np.log1p(len(words)) / 5])

    def of_vectors(self, vectors: np.ndarray) -> np.ndarray:
        """(texts,) scores of sentence vectors of unit length, whose squared distance is 2 - 2 cos."""
        return np.exp(-2 * self.gamma * (1 - vectors @ self.support.T)) @ self.support_weight + self.support_bias

    def judged(self, said: Sequence[str], vectors: np.ndarray, pattern_kinds: Iterable[str]) -> Judged:
        """What is made of the words `said`, whose whole vector is row 0 of `vectors`, the clauses' the others.

        `pattern_kinds` are the kinds of the patterns found, guards aside: they help to tell the kinds apart, no more.
        """
        probability = _sigmoid(self.views(said, vectors) @ self.judge[:-1] + self.judge[-1])
        cells = word_cells(said)
        values = weighed(cells, self.word_rarity)
        at = vectors.shape[1] + cells
        scores = self.kind_weight[:, : vectors.shape[1]] @ vectors[0] + self.kind_weight[:, at] @ values + self.kind_bias
        scores += self.kind_weight[:, -len(kinds()) :] @ counted(pattern_kinds)
        of_kinds = _sigmoid(scores)
        of_kinds /= of_kinds.sum()
        now = self.now_weight[: vectors.shape[1]] @ vectors[0] + self.now_weight[at] @ values + self.now_weight[-1]
        return Judged(float(probability), dict(zip(self.kinds, of_kinds.tolist(), strict=True)), float(_sigmoid(now)))

    def save(self, path: Path = HEAD) -> None:
        """Write the head as small data, committed with the code; half precision is enough."""
        arrays = {
            name: value.astype(np.float16) if isinstance(value, np.ndarray) and value.size > 100 else value
            for name, value in vars(self).items()
        }
        np.savez_compressed(path, **{**arrays, "kinds": np.array(self.kinds)})


def counted(pattern_kinds: Iterable[str]) -> np.ndarray:
    """(kinds,) how many patterns of each kind were found, three being as many as any."""
    numbers = dict.fromkeys(kinds(), 0.0)
    for kind in pattern_kinds:
        numbers[kind] = min(1.5, numbers[kind] + 0.5)
    return np.array(list(numbers.values()))


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


@lru_cache(maxsize=1)
def risk_head() -> RiskHead | None:
    """The shipped head; None where its file is gone, for the other layers must work all the same."""
    try:
        with np.load(HEAD) as stored:
            values: dict[str, Any] = {name: stored[name] for name in stored.files}
    except OSError:
        return None
    read: dict[str, Any] = {name: _read(value) for name, value in values.items()}
    return RiskHead(**read)


def _read(value: np.ndarray) -> Any:
    """Names as a tuple, one number as a float, the others in the precision they are reckoned in."""
    if value.dtype.kind == "U":
        return tuple(value.tolist())
    return float(value) if value.ndim == 0 else value.astype(np.float32)


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """The two thresholds of thresholds.yml."""
    row = read_yaml(THRESHOLDS)
    return Thresholds(check=float(row["check"]), crisis=float(row["crisis"]))
