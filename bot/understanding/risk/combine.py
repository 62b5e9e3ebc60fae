"""All layers together: each can raise, none can silence another, the most urgent is answered."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

from bot.understanding.risk import patterns
from bot.understanding.risk.kinds import Risk


def look_for_risk(doc: Doc, vectors: np.ndarray | None, *, language: str = "en", earlier: Sequence[str] = ()) -> Risk | None:
    """The most urgent danger in a message, or None.

    `vectors` holds the sentence vectors of the message, then of each clause; None where the encoder is gone.
    `earlier` are the family's messages before this one, oldest first.
    """
    reading = patterns.read(doc.text)
    seen = list(patterns.findings(reading))
    return max(seen, key=lambda risk: risk.urgency, default=None)
