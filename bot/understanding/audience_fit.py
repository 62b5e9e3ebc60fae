"""Fits who writes to messages whose writers are known; `signpost fit` runs it."""

from __future__ import annotations

import numpy as np

from bot.understanding.audience import heard_by_cues
from bot.understanding.audience_head import HEAD, audience_head
from bot.understanding.one_of import fit_one_of
from directory.adapter.examples import DEV, MESSAGES, messages
from directory.encoder import Encoder
from directory.files import read_yaml
from directory.spelling import put_right

WRITERS = MESSAGES.parent / "writers"
BY_HAND = 4.0
"""A message whose writer a reader named counts as much as this many of a voice."""


def fit_audience(encoder: Encoder) -> dict[str, float]:
    """Fit on the voices of the messages of needs and on the messages whose writers were named, and write it."""
    told = examples()
    texts = list(told)
    head = fit_one_of(
        texts,
        encoder.encode_uncached([put_right(text) for text in texts]),
        [audience for audience, _ in told.values()],
        np.array([weight for _, weight in told.values()]),
    )
    head.save(HEAD)
    audience_head.cache_clear()
    return {"messages": float(len(texts))}


def examples() -> dict[str, tuple[str, float]]:
    """Who writes each message, and how much it counts. In files of mixed voices the cues say it, where they are sure."""
    voices = read_yaml(WRITERS / "voices.yml")
    found: dict[str, tuple[str, float]] = {}
    for one in messages():
        audience, told = (voices[one.group], True) if one.group in voices else heard_by_cues(one.text)
        if told and audience:
            found[one.text] = audience, 1.0
    for file in (WRITERS / "told.tsv", DEV / "details.tsv"):
        for text, *_, audience in (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()):
            if audience != "-":
                found[text] = audience, BY_HAND
    return found
