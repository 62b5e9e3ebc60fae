"""Four views of a text for one set of labels: its vector, the labelled texts nearest to it, its words, its letters.

Each says log-odds of its own for every label; how they are weighed against one another is for the head that has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from directory.encoder import Vectors
from directory.lexical import Cells, LexicalHead
from directory.linear import LinearHead
from directory.neighbours import Neighbours

VIEWS = 4
BY_WORDS = slice(2, None)
"""Of the views, those of the words and of the letters."""
LEAST = 1e-3
"""A share of neighbours of 0 or 1 is as sure as this, not more."""


@dataclass(frozen=True)
class Views:
    """The four classifiers, all of the same labels in the same order."""

    of_vector: LinearHead
    neighbours: Neighbours
    words: LexicalHead
    letters: LexicalHead

    def log_odds(self, cells: Sequence[Cells], vectors: Vectors) -> Vectors:
        """(VIEWS, texts, labels), for the cells of each text and its (texts, dimension) vectors of unit length."""
        near = np.clip(self.neighbours.shares(vectors), LEAST, 1 - LEAST)
        of_words = np.stack([self.words.log_odds(one.words) for one in cells])
        of_letters = np.stack([self.letters.log_odds(one.letters) for one in cells])
        return np.stack([self.of_vector.log_odds(vectors), np.log(near / (1 - near)), of_words, of_letters])

    def as_arrays(self) -> dict[str, Any]:
        """For `np.savez`: small data, committed with the code."""
        return {
            "vector_weights": self.of_vector.weights.astype(np.float16),
            "vector_bias": self.of_vector.bias,
            **self.neighbours.as_arrays(),
            **self.words.as_arrays("words"),
            **self.letters.as_arrays("letters"),
        }

    @staticmethod
    def from_arrays(stored: Mapping[str, Any]) -> Views:
        """From what `as_arrays` wrote."""
        return Views(
            LinearHead(stored["vector_weights"].astype(np.float32), stored["vector_bias"].astype(np.float32)),
            Neighbours.from_arrays(stored),
            LexicalHead.from_arrays(stored, "words"),
            LexicalHead.from_arrays(stored, "letters"),
        )
