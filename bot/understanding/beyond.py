"""What a message that is not Signpost's business is about: bins, a rash, a law, an insult. Each has its own short answer.

`beyond_fit.py` makes the head from the topics of nlu_data/nlu/out_of_scope.yml; the answers are in bot/domain/beyond.yml.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.understanding.one_of import OneOf

HEAD = Path(__file__).parent / "heads" / "beyond.npz"
OTHER = "other"
"""The topic that has only the general answer."""
SURE_ENOUGH = 0.6
"""Chosen on nlu_data/questions/beyond_measured.tsv: 0.05 of its messages are given a pointer that does not fit, 0.11 at a half."""


@lru_cache(maxsize=1)
def beyond_head() -> OneOf | None:
    """The shipped head; None where its file is gone: everything then has the general answer."""
    return OneOf.load(HEAD) if HEAD.exists() else None


def beyond_of(text: str, vector: np.ndarray | None) -> str | None:
    """The topic of `text`, from its (dimension,) vector; None for the general one, where none is sure, or without a vector.

    It means something only of a message that is out of scope.
    """
    head = beyond_head()
    if head is None or vector is None:
        return None
    topic, share = head.ranked(text, vector)[0]
    return topic if topic != OTHER and share >= SURE_ENOUGH else None
