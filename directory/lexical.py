"""The words and letter groups of a text as numbers, beside its sentence vector, and a linear classifier over them.

An encoder that was adapted to the labelled messages is surer of what is like them than it should be; which words stand in
a text is a view of its own, and the two together hear more than either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from directory import spelling
from directory.encoder import Vectors
from directory.spelling import put_right, typed_words

BITS = 15
"""Words and letter groups are counted in 2 ** BITS cells each; twice as many gain nothing."""
_MASK = (1 << BITS) - 1
_STEPS = 127  # of a weight kept in a byte

Grams = npt.NDArray[np.int64]
"""The cells of a text's words, or of its letters."""
KEPT = 16
"""Texts whose cells are kept: a message and its parts, while one classifier after another asks for them."""


class Cells(NamedTuple):
    """Where a text's words and letters are counted."""

    words: Grams
    letters: Grams


def words_in(text: str) -> list[str]:
    """The words of a text in small letters, those that are misspelt put right."""
    return typed_words(put_right(text))


@lru_cache(maxsize=KEPT)
def cells_in(text: str) -> Cells:
    """The cells of a text, its misspelt words put right."""
    return cells_of(words_in(text))


def cells_of(said: Sequence[str]) -> Cells:
    """The cells of a text of these words."""
    return Cells(word_cells(said), letter_cells(said))


def forget_words() -> None:
    """Forget every text and word that was read: somebody has asked for what they wrote to be gone."""
    cells_in.cache_clear()
    _letters_of.cache_clear()
    spelling.forget_words()


def word_cells(said: Sequence[str]) -> Grams:
    """The cells of a text's words, of its pairs, and of its pairs with a word between: sorted, no cell twice."""
    pairs = (f"{a} {b}" for a, b in zip(said, said[1:], strict=False))
    apart = (f"{a} _ {b}" for a, b in zip(said, said[2:], strict=False))
    return np.array(sorted({crc32(gram.encode()) & _MASK for gram in (*said, *pairs, *apart)}), dtype=np.int64)


def letter_cells(said: Sequence[str]) -> Grams:
    """The cells of groups of three to five letters within a text's words: sorted, no cell twice."""
    return np.array(sorted({cell for word in set(said) for cell in _letters_of(word)}), dtype=np.int64)


@lru_cache(maxsize=20_000)
def _letters_of(word: str) -> frozenset[int]:
    padded = f" {word} "
    return frozenset(crc32(padded[i : i + n].encode()) & _MASK for n in (3, 4, 5) for i in range(len(padded) - n + 1))


@dataclass(frozen=True)
class LexicalHead:
    """A linear classifier per label over cells; its weights take a byte each."""

    rarity: Vectors
    """(cells,) inverse document frequency; 0 for what was hardly ever seen."""
    weights: npt.NDArray[np.int8]
    """(cells, labels), in steps."""
    step: Vectors
    """(labels,)."""
    bias: Vectors
    """(labels,)."""

    def log_odds(self, cells: Grams) -> Vectors:
        """(labels,) for the cells of one text."""
        values = self.rarity[cells]
        length = float(np.linalg.norm(values))
        if not length:
            return self.bias
        result: Vectors = (values / length) @ self.weights[cells].astype(np.float32) * self.step + self.bias
        return result

    def as_arrays(self, name: str) -> dict[str, Any]:
        """For `np.savez`, each array's name beginning with `name`."""
        kept = {"rarity": self.rarity.astype(np.float16), "weights": self.weights, "step": self.step, "bias": self.bias}
        return {f"{name}_{key}": array for key, array in kept.items()}

    @staticmethod
    def from_arrays(stored: Mapping[str, Any], name: str) -> LexicalHead:
        """From what `as_arrays` wrote."""
        rarity, weights, step, bias = (stored[f"{name}_{key}"] for key in ("rarity", "weights", "step", "bias"))
        return LexicalHead(rarity.astype(np.float32), weights, step, bias)

    @staticmethod
    def of(rarity: Vectors, weights: Vectors, bias: Vectors) -> LexicalHead:
        """From (labels, cells) weights and (labels,) bias as they were fitted."""
        step = np.maximum(np.abs(weights).max(axis=1), 1e-9).astype(np.float32) / _STEPS
        steps = np.round(weights / step[:, None]).astype(np.int8).T
        return LexicalHead(rarity, np.ascontiguousarray(steps), step, bias.astype(np.float32))
