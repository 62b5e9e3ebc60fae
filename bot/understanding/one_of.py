"""A classifier of messages into one of several names: over the sentence vector, the words and the letters together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from directory.lexical import LexicalHead, cells_in
from directory.linear import LinearHead

OF_VECTOR, OF_WORDS, OF_LETTERS = 1.0, 0.5, 0.5
"""What each view weighs; chosen by cross-validation on nlu_data/nlu, where the vector alone is right six in a hundred less."""
STRENGTH = 10.0
"""Inverse strength of the penalty of the regression over vectors of unit length."""


@dataclass(frozen=True)
class OneOf:
    """Three multinomial logistic regressions, whose logarithms of shares are added."""

    names: tuple[str, ...]
    of_vector: LinearHead
    words: LexicalHead
    letters: LexicalHead

    def shares(self, text: str, vector: np.ndarray) -> np.ndarray:
        """(names,) the share of each, all together 1, for a text and its (dimension,) vector."""
        cells = cells_in(text)
        odds = (
            OF_VECTOR * _log_shares(self.of_vector.log_odds(vector[None, :])[0])
            + OF_WORDS * _log_shares(self.words.log_odds(cells.words))
            + OF_LETTERS * _log_shares(self.letters.log_odds(cells.letters))
        )
        result: np.ndarray = np.exp(_log_shares(odds))
        return result

    def ranked(self, text: str, vector: np.ndarray) -> list[tuple[str, float]]:
        """Every name with its share, likeliest first."""
        shares = self.shares(text, vector)
        return [(self.names[n], float(shares[n])) for n in np.argsort(-shares)]

    def save(self, path: Path) -> None:
        """Write it as one small .npz."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            path,
            names=np.array(self.names),
            weights=self.of_vector.weights.astype(np.float16),
            bias=self.of_vector.bias,
            **self.words.as_arrays("words"),
            **self.letters.as_arrays("letters"),
        )

    @classmethod
    def load(cls, path: Path) -> OneOf:
        """Back from `save`."""
        with np.load(path) as stored:
            return cls(
                tuple(str(name) for name in stored["names"]),
                LinearHead(stored["weights"].astype(np.float32), stored["bias"]),
                LexicalHead.from_arrays(stored, "words"),
                LexicalHead.from_arrays(stored, "letters"),
            )


def fit_one_of(texts: Sequence[str], vectors: np.ndarray, named: Sequence[str], weight: np.ndarray | None = None) -> OneOf:
    """Fit on texts, their (texts, dimension) vectors, the name of each, and how much each counts (default: all the same)."""
    from directory.views_fit import fit_lexical, one_of  # a second to import, and only needed to train

    cells, names = [cells_in(text) for text in texts], sorted(set(named))
    fit = one_of(named, names, balanced=True, weight=weight)
    return OneOf(
        tuple(names),
        LinearHead(*fit(vectors, STRENGTH)),
        fit_lexical([one.words for one in cells], fit),
        fit_lexical([one.letters for one in cells], fit),
    )


def _log_shares(odds: np.ndarray) -> np.ndarray:
    result: np.ndarray = odds - odds.max()
    result -= np.log(np.exp(result).sum())
    return result
