"""Which of the 40 needs a message holds, how surely, and the words that showed each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from directory.needs import needs as vocabulary

HEAD = Path(__file__).parent / "heads" / "needs.npz"
"""Weights of the one-vs-rest logistic regression over sentence vectors; `signpost fit` writes it."""


@dataclass(frozen=True)
class NeedHeard:
    """One need, with the words of the message that showed it most."""

    code: str
    confidence: float
    """Probability, 0 to 1, that a reader would say this need is in the message."""
    words: str


@dataclass(frozen=True)
class NeedsHead:
    """A linear classifier per need over unit-length sentence vectors."""

    codes: tuple[str, ...]
    weights: np.ndarray
    """(needs, dimension) float32."""
    bias: np.ndarray
    """(needs,) float32."""
    threshold: float
    """A need at or above this confidence is taken as heard."""

    def confidences(self, vectors: np.ndarray) -> np.ndarray:
        """(texts, needs) probabilities for (texts, dimension) vectors."""
        return 1.0 / (1.0 + np.exp(-(vectors @ self.weights.T + self.bias)))

    def ranked(self, text: str, parts: list[str], vectors: np.ndarray) -> list[NeedHeard]:
        """Every need, surest first; `vectors` holds the whole message's row first, then a row per part.

        A part can show a need that the whole message drowns; it counts a little less, having lost its context.
        """
        of_texts = self.confidences(vectors)
        of_texts[1:] *= 0.9
        best = of_texts.argmax(axis=0)
        words = [text, *parts]
        if parts:  # the words shown are the part's that says it best, also where the whole says it better still
            best_part = 1 + of_texts[1:].argmax(axis=0)
        heard = [
            NeedHeard(code, float(of_texts[best[i], i]), words[best_part[i]] if parts else text)
            for i, code in enumerate(self.codes)
        ]
        return sorted(heard, key=lambda need: -need.confidence)

    def save(self, path: Path = HEAD) -> None:
        """Write the head as small data, committed with the code."""
        np.savez_compressed(
            path, codes=np.array(self.codes), weights=self.weights, bias=self.bias, threshold=np.float32(self.threshold)
        )


@lru_cache(maxsize=1)
def needs_head() -> NeedsHead:
    """The shipped head; ValueError where it does not know the vocabulary of `directory/data/needs.yml`."""
    with np.load(HEAD) as stored:
        head = NeedsHead(
            tuple(str(code) for code in stored["codes"]), stored["weights"], stored["bias"], float(stored["threshold"])
        )
    if set(head.codes) != {need.code for need in vocabulary().values()}:
        raise ValueError(f"{HEAD} was made for another vocabulary of needs: run `signpost fit`.")
    return head
