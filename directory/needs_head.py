"""Which needs a message speaks of: its vector, the labelled messages nearest to it, its words and its letters, weighed.

`signpost fit` makes it for one encoder (`directory/fit.py`). Search and `bot/understanding` use the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from directory.encoder import Vectors
from directory.files import DATA
from directory.lexical import cells_in
from directory.linear import sigmoid
from directory.needs import needs
from directory.views import VIEWS, Views

FILE = DATA / "needs_head.npz"


@dataclass(frozen=True)
class NeedsHead:
    """Hears the needs of messages in their words and in the vectors of one encoder."""

    encoder: str
    """The identity of the encoder it was made with."""
    codes: tuple[str, ...]
    views: Views
    """A label for each need, and a last one for messages that hold none."""
    judge: Vectors
    """(VIEWS + 1,): the weight of each view, and the bias, so that of the needs heard with 0.7 seven in ten are there."""
    threshold: float
    """A need at or above this confidence is taken as heard …"""
    no_need_from: float
    """… unless it is as sure as this that the message holds none: bins, weather, orders to a machine."""

    def hear(self, texts: Sequence[str], vectors: Vectors) -> tuple[Vectors, Vectors]:
        """(texts, needs) probabilities, 0 to 1, for texts with their (texts, dimension) vectors of unit length.

        And (texts,) how surely each holds no need.
        """
        odds = self.views.log_odds([cells_in(text) for text in texts], vectors)
        sure = sigmoid(np.tensordot(self.judge[:VIEWS], odds, 1) + self.judge[VIEWS])
        return sure[:, :-1], sure[:, -1]

    def save(self, path: Path = FILE) -> None:
        """Write it as small data, committed with the code."""
        np.savez_compressed(
            path,
            encoder=self.encoder,
            codes=np.array(self.codes),
            judge=self.judge,
            threshold=self.threshold,
            no_need_from=self.no_need_from,
            **self.views.as_arrays(),
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
        return NeedsHead(
            encoder=str(stored["encoder"]),
            codes=codes,
            views=Views.from_arrays(stored),
            judge=stored["judge"],
            threshold=float(stored["threshold"]),
            no_need_from=float(stored["no_need_from"]),
        )
