"""What search has learned from the labelled texts: which needs a message and a service speak of, and what answers what.

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
from directory.needs import needs
from directory.weights import weights

FILE = DATA / "learned.npz"


@dataclass(frozen=True)
class LinearHead:
    """A logistic regression per need over unit vectors."""

    weights: Vectors
    """(needs, dimension)."""
    bias: Vectors
    """(needs,)."""

    def confidences(self, vectors: Vectors) -> Vectors:
        """(n, needs), 0 to 1, for (n, dimension)."""
        result: Vectors = (1.0 / (1.0 + np.exp(-(vectors @ self.weights.T + self.bias)))).astype(np.float32)
        return result


@dataclass(frozen=True)
class Heard:
    """What was heard in a message, for the ranking."""

    needs: Vectors
    """(needs,) 0 to 1: how much each need counts, the strongest the most."""
    answer: Vectors
    """(dimension,) the mean of what answered the messages most like this one; short where none is like it."""


@dataclass(frozen=True)
class Learned:
    """The heads, and the examples: messages and the directory entry that each was written to."""

    encoder: str
    """The identity of the encoder it was made with."""
    codes: tuple[str, ...]
    of_messages: LinearHead
    of_services: LinearHead
    said: Vectors
    """(examples, dimension) the messages."""
    answered_by: npt.NDArray[np.int32]
    """(examples,) the row of `answers`."""
    answers: Vectors
    """(entries, dimension)."""

    def hear(self, vectors: Vectors) -> Heard:
        """From a message's vector, and those of its parts after it: the needs of all, the answers to the whole."""
        rules = weights()["hearing"]
        confidence = self.of_messages.confidences(vectors)
        confidence[1:] *= rules["part"]
        best = confidence.max(axis=0)
        strongest = float(best.max())
        sure = min(1.0, max(rules["least"], strongest / rules["sure_from"]))
        counts = (best / strongest) ** rules["sharpness"] * sure
        return Heard(counts.astype(np.float32), self._answer(vectors[0]))

    def _answer(self, vector: Vectors) -> Vectors:
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
        result = whole @ self.of_services.weights.T + self.of_services.bias
        for begin in range(0, len(whole), 4096):  # bounded memory for a hundred thousand
            end = min(begin + 4096, len(whole))
            first, last = int(starts[begin]), int(starts[end])
            said = np.asarray(sentences[first:last], np.float32) @ self.of_services.weights.T + self.of_services.bias
            best = np.maximum.reduceat(said, starts[begin:end] - first, axis=0)
            result[begin:end] = np.maximum(result[begin:end], best - rules["sentence_less"])
        made: Vectors = (1.0 / (1.0 + np.exp(-result))).astype(np.float32)
        return made

    def save(self, path: Path = FILE) -> None:
        """Write it as small data, committed with the code."""
        half = np.float16
        np.savez_compressed(
            path,
            encoder=self.encoder,
            codes=np.array(self.codes),
            message_weights=self.of_messages.weights.astype(half),
            message_bias=self.of_messages.bias,
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
            of_messages=LinearHead(stored["message_weights"].astype(full), stored["message_bias"].astype(full)),
            of_services=LinearHead(stored["service_weights"].astype(full), stored["service_bias"].astype(full)),
            said=stored["said"].astype(full),
            answered_by=stored["answered_by"],
            answers=stored["answers"].astype(full),
        )
