"""The labelled messages, as texts and as the numbers that the classifier is trained on."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.understanding.risk import foreign, patterns
from bot.understanding.risk.kinds import kinds
from bot.understanding.risk.wording import words as words_of
from bot.understanding.text import clauses
from directory.adapter.examples import turns
from directory.files import read_yaml
from directory.spelling import put_right

DATA = Path(__file__).parents[3] / "nlu_data"
MESSAGES, DEV = DATA / "messages", DATA / "dev"
QUESTIONS = DATA / "questions" / "early_help.yml"
ELSEWHERE, ONE_IN = DATA / "evaluation" / "clinc150" / "data_full.json", 6
MAY_HOLD_DANGER = frozenset({"describe_difficulty", "find_service", "other_language", "partner", "young_alone"})
"""Intents and topics whose messages are no examples of its absence."""
TOUCHES_DANGER = ("safety.", "mind.", "substances.")
"""Needs whose messages may hold danger: they are no examples of its absence."""


class Encoder(Protocol):
    """Whatever turns texts into sentence vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(len(texts), dimension) float32 rows of unit length."""


@dataclass(frozen=True)
class Examples:
    """Labelled messages as numbers, one row each."""

    texts: list[str]
    said: list[list[str]]
    """Their words, spelling put right."""
    parts: list[list[list[str]]]
    """The words of each of their clauses."""
    labels: list[str]
    """A kind of danger, or why there is none."""
    vectors: np.ndarray
    """(messages, dimension)."""
    patterns: list[list[str]]
    """The kinds of the patterns found, guards aside."""

    @property
    def danger(self) -> np.ndarray:
        """(messages,) of truth."""
        return np.array([label in kinds() for label in self.labels])

    @property
    def now(self) -> np.ndarray:
        """(messages,) whether the cue rules take it for a danger of this moment: the classifier carries it on to other words."""
        both = zip(self.texts, self.labels, strict=True)
        return np.array([kind in kinds() and patterns.read(text).cues.immediate(kind, said=False) for text, kind in both])


def read_examples(encoder: Encoder) -> Examples:
    """All labelled messages in English that are learnt from, encoded."""
    rows = [row for name in ("risk", "norisk") for path in _files(name) for row in _lines(path)]
    rows += [row for path in _files("needs") for row in _calm_needs(path)]
    rows += [(text, "turn") for text in _turns() if not patterns.look(text)]
    rows += [(text, "question") for text in _questions() if not patterns.look(text)]
    rows += [(text, "elsewhere") for text in _said_elsewhere() if not patterns.look(text)]
    return as_numbers([row for row in dict(rows).items() if not _foreign(row[0])], encoder)


def read_dev(encoder: Encoder) -> Examples:
    """The dev voices, which nothing is learnt from but the judge's few weights and the thresholds."""
    rows = [row for name in ("risk", "norisk") for row in _lines(DEV / f"{name}.tsv")]
    return as_numbers([*rows, *_calm_needs(DEV / "needs.tsv")], encoder)


def _turns() -> list[str]:
    """What is said in the middle of a conversation; a difficulty told there may hold danger."""
    return [one.text for one in turns() if one.intent not in MAY_HOLD_DANGER]


def _questions() -> list[str]:
    """Questions about early help: a fear of social workers is no danger."""
    return [text for topic, texts in read_yaml(QUESTIONS).items() if topic not in MAY_HOLD_DANGER for text in texts]


def _said_elsewhere() -> list[str]:
    """Ordinary requests to other assistants (CLINC150, CC BY 3.0): what is merely unlike a family's message is no danger."""
    every = json.loads(ELSEWHERE.read_text(encoding="utf-8"))["train"]
    return [text for text, _ in every[::ONE_IN]]


def as_numbers(rows: Sequence[tuple[str, str]], encoder: Encoder) -> Examples:
    """(text, label) rows as numbers."""
    texts = [text for text, _ in rows]
    said = [words_of(text) for text in texts]
    return Examples(
        texts,
        said,
        [[words_of(part) for part in clauses(text)] for text in texts],
        [label for _, label in rows],
        encoder.encode([put_right(text) for text in texts]),
        [[rule.kind for rule, _ in patterns.read(text).rules] for text in texts],
    )


def _files(name: str) -> list[Path]:
    return [MESSAGES / f"{name}.tsv", *sorted((MESSAGES / name).glob("*.tsv"))]


def _lines(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) >= 2]


def _calm_needs(path: Path) -> list[tuple[str, str]]:
    """The messages of needs that can be taken for harmless, so that a need is not taken for a danger."""
    return [(text, "need") for text, label in _lines(path) if not _touches_danger(label) and not patterns.look(text)]


def _touches_danger(label: str) -> bool:
    return any(code.startswith(TOUCHES_DANGER) for code in label.split(","))


def _foreign(text: str) -> bool:
    return any(not c.isascii() and c.isalpha() and ord(c) > 0x24F for c in text) or any(
        heard.likeness == 1.0 for heard in foreign.listen(text)
    )
