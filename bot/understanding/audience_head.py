"""Who writes, learned from messages whose writers are known: what no cue was written for.

`audience_fit.py` makes it. Its shares are weighed with the cues of `words/audience.yml` in audience.py.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.understanding.audience import AUDIENCES
from bot.understanding.one_of import OneOf

HEAD = Path(__file__).parent / "heads" / "audience.npz"
LEAST = 1e-6


@lru_cache(maxsize=1)
def audience_head() -> OneOf | None:
    """The shipped head; None where its file is gone: the cues work without it."""
    return OneOf.load(HEAD) if HEAD.exists() else None


def log_shares(text: str, vector: np.ndarray | None) -> dict[str, float] | None:
    """The logarithm of each audience's share; None where there is no vector."""
    head = audience_head()
    if head is None or vector is None:
        return None
    shares = dict(zip(head.names, np.log(head.shares(text, vector) + LEAST).tolist(), strict=True))
    return {audience: shares[audience] for audience in AUDIENCES}
