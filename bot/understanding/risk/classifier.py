"""Layer two: a classifier for danger that is not plain in the words, over the sentence vector and the words."""

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
from directory.linear import LinearHead, sigmoid
from directory.neighbours import Neighbours

HEAD = HERE.parent / "heads" / "risk.npz"
"""Weights that `bot/understanding/risk/fit.py` writes, `signpost fit` runs it."""
THRESHOLDS = HERE / "thresholds.yml"
VIEWS = 4
LEAST = 0.01  # a share of neighbours of 0 or 1 is as sure as this, not more


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
class HashedWords:
    """A linear classifier over hashed words or groups of letters."""

    rarity: np.ndarray
    """(cells,)."""
    weight: np.ndarray
    """(cells,)."""
    bias: float

    def score(self, cells: np.ndarray) -> float:
        """Log-odds of danger for the cells of a message."""
        return float(weighed(cells, self.rarity) @ self.weight[cells] + self.bias)


@dataclass(frozen=True)
class RiskHead:
    """Four views of a message (its vector, the messages like it, its words, its letters), then one judgement of them."""

    of_vector: LinearHead
    """Labels: danger, now, then every kind."""
    neighbours: Neighbours
    """Labels: danger, then every kind."""
    words: HashedWords
    letters: HashedWords
    judge: np.ndarray
    """(VIEWS + 1,): the weight of each view, and the bias."""
    kinds: tuple[str, ...]

    def views(self, said: Sequence[str], vector: np.ndarray) -> np.ndarray:
        """(VIEWS,) log-odds of danger: vector, neighbours, words, letters."""
        near = float(np.clip(self.neighbours.shares(vector[None, :])[0, 0], LEAST, 1 - LEAST))
        of_vector = float(self.of_vector.log_odds(vector[None, :])[0, 0])
        words, letters = self.words.score(word_cells(said)), self.letters.score(letter_cells(said))
        return np.array([of_vector, np.log(near / (1 - near)), words, letters])

    def judged(self, said: Sequence[str], vector: np.ndarray, pattern_kinds: Iterable[str]) -> Judged:
        """What is made of a message of the words `said` and this (dimension,) vector.

        `pattern_kinds` are the kinds of the patterns found, guards aside: they help to tell the kinds apart, no more.
        """
        probability = float(sigmoid(self.views(said, vector) @ self.judge[:-1] + self.judge[-1]))
        said_odds = self.of_vector.log_odds(vector[None, :])[0]
        of_kinds = np.exp(said_odds[2:] - said_odds[2:].max())
        of_kinds /= of_kinds.sum()
        near = self.neighbours.shares(vector[None, :])[0, 1:]
        both = of_kinds + near / max(float(near.sum()), LEAST) + counted(pattern_kinds)
        both /= both.sum()
        return Judged(probability, dict(zip(self.kinds, both.tolist(), strict=True)), float(sigmoid(said_odds[1])))

    def save(self, path: Path = HEAD) -> None:
        """Write the head as small data, committed with the code; half precision is enough."""
        half = np.float16
        arrays: dict[str, Any] = {"vector_weights": self.of_vector.weights.astype(half), "vector_bias": self.of_vector.bias}
        for name, view in (("words", self.words), ("letters", self.letters)):
            arrays |= {
                f"{name}_rarity": view.rarity.astype(half),
                f"{name}_weight": view.weight.astype(half),
                f"{name}_bias": view.bias,
            }
        np.savez_compressed(path, kinds=np.array(self.kinds), judge=self.judge, **arrays, **self.neighbours.as_arrays())


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
            return _read({name: stored[name] for name in stored.files})
    except OSError:
        return None


def _read(stored: dict[str, Any]) -> RiskHead:
    full = np.float32

    def hashed(name: str) -> HashedWords:
        rarity, weight = stored[f"{name}_rarity"].astype(full), stored[f"{name}_weight"].astype(full)
        return HashedWords(rarity, weight, float(stored[f"{name}_bias"]))

    return RiskHead(
        of_vector=LinearHead(stored["vector_weights"].astype(full), stored["vector_bias"].astype(full)),
        neighbours=Neighbours.from_arrays(stored),
        words=hashed("words"),
        letters=hashed("letters"),
        judge=stored["judge"],
        kinds=tuple(stored["kinds"].tolist()),
    )


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """The two thresholds of thresholds.yml."""
    row = read_yaml(THRESHOLDS)
    return Thresholds(check=float(row["check"]), crisis=float(row["crisis"]), doubt=float(row["doubt"]))
