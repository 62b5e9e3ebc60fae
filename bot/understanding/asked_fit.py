"""Fits which question about early help is asked to the questions of nlu_data/questions; `signpost fit` runs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from bot.understanding.asked import HEAD, OTHER, SURE_ENOUGH, asked_head, with_cues
from bot.understanding.intents import read_examples
from bot.understanding.one_of import OneOf, fit_one_of
from directory.encoder import Encoder
from directory.files import read_yaml
from directory.spelling import put_right

QUESTIONS = Path(__file__).parents[2] / "nlu_data" / "questions"
ASKS = frozenset({"ask_early_help", "ask_social_services", "is_this_private"})
"""Intents whose examples may be questions of a topic: none of them is an example of something else."""
OTHERS_EACH = 12
"""Examples, about, of each other intent that are learned as something else."""


def fit_asked(encoder: Encoder) -> dict[str, float]:
    """Fit on the topics' questions and on turns about something else, and write it; how it does on other questions."""
    texts, named = examples()
    fit_one_of(texts, rows(texts, encoder), named).save(HEAD)
    asked_head.cache_clear()
    return {"questions": float(len(texts) - named.count(OTHER))} | measure(OneOf.load(HEAD), encoder)


@cache
def topics() -> Mapping[str, list[str]]:
    """The questions of each topic."""
    return {topic: [str(question) for question in some] for topic, some in read_yaml(QUESTIONS / "early_help.yml").items()}


def examples() -> tuple[list[str], list[str]]:
    """Texts and their topics; of every other intent some texts as something else, evenly picked."""
    pairs = [(question, topic) for topic, some in topics().items() for question in some]
    turns: dict[str, list[str]] = defaultdict(list)
    for text, intent in zip(*read_examples(), strict=True):
        if intent not in ASKS:
            turns[intent].append(text)
    for some in turns.values():
        pairs += [(text, OTHER) for text in some[:: max(1, len(some) // OTHERS_EACH)]]
    return [text for text, _ in pairs], [name for _, name in pairs]


def rows(texts: Sequence[str], encoder: Encoder) -> np.ndarray:
    """(texts, dimension + cues): what the head looks at."""
    vectors = encoder.encode_uncached([put_right(text) for text in texts])
    return np.stack([with_cues(text, vector) for text, vector in zip(texts, vectors, strict=True)])


def measured() -> list[tuple[str, set[str]]]:
    """Questions by another writer, that nothing is fitted to, with the topics whose answer would do."""
    lines = (QUESTIONS / "measured.tsv").read_text(encoding="utf-8").splitlines()
    return [(text, set(names.split(","))) for text, names in (line.split("\t") for line in lines)]


def measure(head: OneOf, encoder: Encoder) -> dict[str, float]:
    """Shares of `measured`: the likeliest topic is `right`; it is `sure` enough; of the sure ones the `right_of_sure`."""
    asked = [(text, names) for text, names in measured() if names != {OTHER}]
    of_text = rows([text for text, _ in asked], encoder)
    found = [head.ranked(text, row)[0] for (text, _), row in zip(asked, of_text, strict=True)]
    right = [topic in names for (topic, _), (_, names) in zip(found, asked, strict=True)]
    sure = [topic != OTHER and share >= SURE_ENOUGH for topic, share in found]
    return {
        "right": float(np.mean(right)),
        "sure": float(np.mean(sure)),
        "right_of_sure": float(np.mean([good for good, is_sure in zip(right, sure, strict=True) if is_sure])),
    }
