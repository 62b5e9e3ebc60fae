"""What search has learned from the labelled texts: which needs a service speaks of, and what answers what.

`signpost fit` writes it for one encoder (`directory/fit.py`); with another encoder there is none, and search goes by
likeness and by the needs that services name themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from directory.encoder import Vectors
from directory.files import DATA
from directory.linear import LinearHead, sigmoid
from directory.needs import needs
from directory.weights import weights

FILE = DATA / "learned.npz"


@dataclass(frozen=True)
class Heard:
    """What was heard in a message, for the ranking."""

    needs: Vectors
    """(needs,) 0 to 1: how much each need counts, the strongest the most."""
    answer: Vectors
    """(dimension,) the mean of what answered the messages most like this one; short where none is like it."""


@dataclass(frozen=True)
class Learned:
    """The services' head, and the examples: messages and the directory entry that each was written to."""

    encoder: str
    """The identity of the encoder it was made with."""
    codes: tuple[str, ...]
    of_services: LinearHead
    said: Vectors
    """(examples, dimension) the messages."""
    answered_by: npt.NDArray[np.int32]
    """(examples,) the row of `answers`."""
    answers: Vectors
    """(entries, dimension)."""

    def hear(self, confidence: Vectors, vector: Vectors) -> Heard:
        """From the (needs,) confidences and the vector of a message: what counts how much.

        Of the whole message alone: its parts lose more of their meaning than they bring (docs/search.md).
        """
        rules = weights()["hearing"]
        strongest = float(confidence.max())
        sure = min(1.0, max(rules["least"], strongest / rules["sure_from"]))
        counts = (confidence / strongest) ** rules["sharpness"] * sure
        return Heard(counts.astype(np.float32), self.answer(vector))

    def answer(self, vector: Vectors) -> Vectors:
        """(dimension,) the mean of what answered the messages most like this one; zeros where none is like it."""
        rules = weights()["hearing"]
        likeness = self.said @ vector
        nearest = float(likeness.max())
        share = np.exp((likeness - nearest) / rules["spread"])
        low, high = rules["like"]
        share *= min(1.0, max(0.0, (nearest - low) / (high - low))) / share.sum()
        result: Vectors = (share @ self.answers[self.answered_by]).astype(np.float32)
        return result

    def service_needs(self, whole: Vectors, sentences: Vectors, starts: npt.NDArray[np.int64]) -> Vectors:
        """(services, needs) confidences from the vectors of whole texts and of sentences (`starts` as in the index)."""
        rules = weights()["hearing"]
        result = self.of_services.log_odds(whole)
        for begin in range(0, len(whole), 4096):  # bounded memory for a hundred thousand
            end = min(begin + 4096, len(whole))
            first, last = int(starts[begin]), int(starts[end])
            said = self.of_services.log_odds(np.asarray(sentences[first:last], np.float32))
            best = np.maximum.reduceat(said, starts[begin:end] - first, axis=0)
            result[begin:end] = np.maximum(result[begin:end], best - rules["sentence_less"])
        return sigmoid(result)

    def save(self, path: Path = FILE) -> None:
        """Write it as small data, committed with the code."""
        half = np.float16
        np.savez_compressed(
            path,
            encoder=self.encoder,
            codes=np.array(self.codes),
            service_weights=self.of_services.weights.astype(half),
            service_bias=self.of_services.bias,
            said=self.said.astype(half),
            answered_by=self.answered_by,
            answers=self.answers.astype(half),
        )


@lru_cache(maxsize=4)
def learned(encoder_identity: str, path: Path = FILE) -> Learned | None:
    """What was learned with this encoder; None where it was another one, or for another vocabulary of needs."""
    if not path.exists():
        return None
    with np.load(path) as stored:
        codes = tuple(str(code) for code in stored["codes"])
        if str(stored["encoder"]) != encoder_identity or codes != tuple(needs()):
            return None
        full = np.float32
        return Learned(
            encoder=encoder_identity,
            codes=codes,
            of_services=LinearHead(stored["service_weights"].astype(full), stored["service_bias"].astype(full)),
            said=stored["said"].astype(full),
            answered_by=stored["answered_by"],
            answers=stored["answers"].astype(full),
        )
