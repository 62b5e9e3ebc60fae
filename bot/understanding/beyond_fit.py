"""Fits what is not Signpost's business, topic by topic; `signpost fit` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.understanding.beyond import HEAD, OTHER, SURE_ENOUGH, beyond_head
from bot.understanding.one_of import OneOf, fit_one_of
from directory.encoder import Encoder
from directory.files import read_yaml
from directory.spelling import put_right

DATA = Path(__file__).parents[2] / "nlu_data"
NEED = "need"
"""In the messages measured with: what looks out of scope and is a family's difficulty."""


def fit_beyond(encoder: Encoder) -> dict[str, float]:
    """Fit on the examples of the intent, write the head, and say how it does on messages of another writer."""
    texts, topics = examples()
    fit_one_of(texts, _vectors(texts, encoder), topics).save(HEAD)
    beyond_head.cache_clear()
    return {"messages": float(len(texts))} | measure(OneOf.load(HEAD), encoder)


def examples() -> tuple[list[str], list[str]]:
    """Texts that are out of scope, and the topic of each."""
    pairs = [
        (line.strip()[2:].strip(), str(block["metadata"]["topic"]))
        for block in read_yaml(DATA / "nlu" / "out_of_scope.yml")["nlu"]
        for line in block["examples"].splitlines()
        if line.strip().startswith("- ")
    ]
    return [text for text, _ in pairs], [topic for _, topic in pairs]


def measured() -> list[tuple[str, str]]:
    """Messages by another writer, that nothing is fitted to, with the topic of each; NEED where it is in scope after all."""
    lines = (DATA / "questions" / "beyond_measured.tsv").read_text(encoding="utf-8").splitlines()
    return [(text, topic) for text, topic in (line.split("\t") for line in lines)]


def measure(head: OneOf, encoder: Encoder) -> dict[str, float]:
    """Shares of `measured`: the likeliest topic is `right`; a pointer is given that does not fit (`wrong_pointer`)."""
    told = [(text, topic) for text, topic in measured() if topic != NEED]
    vectors = _vectors([text for text, _ in told], encoder)
    found = [head.ranked(text, vector)[0] for (text, _), vector in zip(told, vectors, strict=True)]
    both = list(zip(found, told, strict=True))
    return {
        "right": float(np.mean([topic == wanted for (topic, _), (_, wanted) in both])),
        "wrong_pointer": float(
            np.mean([share >= SURE_ENOUGH and topic not in (OTHER, wanted) for (topic, share), (_, wanted) in both])
        ),
    }


def _vectors(texts: Sequence[str], encoder: Encoder) -> np.ndarray:
    return encoder.encode_uncached([put_right(text) for text in texts])
