"""Which question about early help somebody asks: "will they take my kids", "how soon will somebody ring".

`asked_fit.py` makes the head from nlu_data/questions. The answer of each topic is in bot/domain/answers.yml.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from bot.understanding.one_of import OneOf
from directory.files import read_yaml

HEAD = Path(__file__).parent / "heads" / "asked.npz"
CUES = Path(__file__).parent / "words" / "asked.yml"
OTHER = "other"
"""What the head calls a message that asks about something else; no topic has this name."""
SURE_ENOUGH = 0.5
"""Chosen on nlu_data/questions/measured.tsv, where nine in ten of the topics named with such a share are right."""
OF_CUES = 0.8
"""What a cue that was met weighs beside the vector of unit length; cross-validation tells little between 0.6 and 1.6."""
LONGEST = 1_000
"""Characters that are looked at; a question is short."""


@lru_cache(maxsize=1)
def asked_head() -> OneOf | None:
    """The shipped head; None where its file is gone: every question then has its general answer."""
    return OneOf.load(HEAD) if HEAD.exists() else None


def asked_of(text: str, vector: np.ndarray | None) -> str | None:
    """The topic that `text` asks about, from its (dimension,) vector; None where none is sure, or there is no vector."""
    head = asked_head()
    if head is None or vector is None:
        return None
    topic, share = head.ranked(text, with_cues(text, vector))[0]
    return topic if topic != OTHER and share >= SURE_ENOUGH else None


def with_cues(text: str, vector: np.ndarray) -> np.ndarray:
    """The (dimension + cues,) row that the head looks at: the vector, then a number for each cue, nought where not met."""
    said = " ".join(re.sub(r"[^a-z0-9]", " ", re.sub(r"['’]", "", text[:LONGEST].casefold())).split())
    met = [OF_CUES if cue.search(said) else 0.0 for cue in _cues()]
    return np.concatenate([vector, np.array(met, np.float32)])


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue) for some in read_yaml(CUES).values() for cue in some)
