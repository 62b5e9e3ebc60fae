"""Which needs a message speaks of: a linear classifier and the labelled messages nearest to it, heard together.

`signpost fit` makes it for one encoder (`directory/fit.py`). Search and `bot/understanding` use the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from directory.encoder import Vectors
from directory.files import DATA
from directory.linear import LinearHead, sigmoid
from directory.needs import needs
from directory.neighbours import Neighbours

FILE = DATA / "needs_head.npz"
LEAST = 1e-4  # confidences stay away from 0 and 1, whose log-odds have no end


@dataclass(frozen=True)
class NeedsHead:
    """Hears the needs of messages in the vectors of one encoder."""

    encoder: str
    """The identity of the encoder it was made with."""
    codes: tuple[str, ...]
    linear: LinearHead
    """A label for each need, and a last one for messages that hold none; so the neighbours'."""
    neighbours: Neighbours
    """The labelled messages."""
    calibration: tuple[float, float]
    """Slope and offset of the log-odds, so that of the needs heard with 0.7 seven in ten are there."""
    threshold: float
    """A need at or above this confidence is taken as heard …"""
    no_need_from: float
    """… unless it is as sure as this that the message holds none: bins, weather, orders to a machine."""

    def confidences(self, vectors: Vectors) -> Vectors:
        """(texts, needs) probabilities, 0 to 1, for (texts, dimension) vectors of unit length."""
        return self.hear(vectors)[0]

    def hear(self, vectors: Vectors) -> tuple[Vectors, Vectors]:
        """The same, and (texts,) how surely each text holds no need."""
        both = (self.linear.confidences(vectors) + self.neighbours.shares(vectors)) / 2
        needs_of = np.clip(both[:, :-1], LEAST, 1 - LEAST)
        slope, offset = self.calibration
        return sigmoid(slope * np.log(needs_of / (1 - needs_of)) + offset), both[:, -1]

    def save(self, path: Path = FILE) -> None:
        """Write it as small data, committed with the code."""
        np.savez_compressed(
            path,
            encoder=self.encoder,
            codes=np.array(self.codes),
            weights=self.linear.weights.astype(np.float16),
            bias=self.linear.bias,
            **self.neighbours.as_arrays(),
            calibration=np.array(self.calibration),
            threshold=self.threshold,
            no_need_from=self.no_need_from,
        )


@lru_cache(maxsize=4)
def needs_head(encoder_identity: str, path: Path = FILE) -> NeedsHead | None:
    """The head made with this encoder; None where it was made with another one, or for another vocabulary of needs."""
    if not path.exists():
        return None
    with np.load(path) as stored:
        codes = tuple(str(code) for code in stored["codes"])
        if str(stored["encoder"]) != encoder_identity or codes != tuple(needs()):
            return None
        return _read(stored, codes)


def _read(stored: Any, codes: tuple[str, ...]) -> NeedsHead:
    slope, offset = stored["calibration"].tolist()
    return NeedsHead(
        encoder=str(stored["encoder"]),
        codes=codes,
        linear=LinearHead(stored["weights"].astype(np.float32), stored["bias"].astype(np.float32)),
        neighbours=Neighbours.from_arrays(stored),
        calibration=(slope, offset),
        threshold=float(stored["threshold"]),
        no_need_from=float(stored["no_need_from"]),
    )
