"""The labelled messages, as texts and as the numbers that the classifier is trained on."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import scipy.sparse as sp

from bot.understanding.risk import foreign, patterns
from bot.understanding.risk.features import BITS, letter_cells, word_cells
from bot.understanding.risk.kinds import kinds
from bot.understanding.risk.wording import words as words_of
from bot.understanding.text import clauses

MESSAGES = Path(__file__).parents[3] / "nlu_data" / "messages"
TOUCHES_DANGER = ("safety.", "mind.", "substances.")
"""Needs whose messages may hold danger: they are no examples of its absence."""
EVERY = 4
"""One in so many of the messages under `needs/` is taken: the support vector machine grows with each."""


class Encoder(Protocol):
    """Whatever turns texts into sentence vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(len(texts), dimension) float32 rows of unit length."""


@dataclass
class Examples:
    """The labelled messages as numbers, one row each."""

    texts: list[str]
    said: list[list[str]]
    """Their words, spelling put right."""
    labels: list[str]
    danger: np.ndarray
    """(messages,) of truth, and so on."""
    now: np.ndarray
    weight: np.ndarray
    vectors: list[np.ndarray]
    """(1 + clauses, dimension) each."""
    patterns: list[list[str]]
    """The kinds of the patterns found, guards aside."""
    words: sp.csr_matrix
    """(messages, cells) of ones; and so on for the letters."""
    letters: sp.csr_matrix

    @property
    def whole(self) -> np.ndarray:
        """(messages, dimension)."""
        return np.stack([rows[0] for rows in self.vectors])


def read_examples(encoder: Encoder) -> Examples:
    """All labelled messages in English, encoded."""
    rows: list[tuple[str, str, bool, float]] = []
    for name, danger in (("risk", True), ("norisk", False)):
        for path in (MESSAGES / f"{name}.tsv", *sorted((MESSAGES / name).glob("*.tsv"))):
            rows += [(text, label, danger, 1.0) for text, label in _lines(path)]
    for text, label in _needs():
        if not any(code.startswith(TOUCHES_DANGER) for code in label.split(",")) and not patterns.look(text):
            rows.append((text, "need", False, 0.5))
    rows = [row for row in dict((row[0], row) for row in rows).values() if not _foreign(row[0])]
    texts = [row[0] for row in rows]
    said = [words_of(text) for text in texts]
    parts = [[text, *clauses(text)] for text in texts]
    encoded = encoder.encode([part for of_one in parts for part in of_one])
    ends = np.cumsum([len(of_one) for of_one in parts])
    return Examples(
        texts,
        said,
        [row[1] for row in rows],
        np.array([row[2] for row in rows]),
        np.array([_said_now(row[0], row[1]) for row in rows]),
        np.array([row[3] for row in rows]),
        np.split(encoded, ends[:-1]),
        [[rule.kind for rule, _ in patterns.read(text).rules] for text in texts],
        _counted_cells([word_cells(words) for words in said]),
        _counted_cells([letter_cells(words) for words in said]),
    )


def _needs() -> list[tuple[str, str]]:
    """The messages with a need, and some of the many more of `needs/`: enough that a need is not taken for a danger."""
    more = [row for path in sorted((MESSAGES / "needs").glob("*.tsv")) for row in _lines(path)]
    return [*_lines(MESSAGES / "needs.tsv"), *more[::EVERY]]


def _lines(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) >= 2]


def _foreign(text: str) -> bool:
    return any(not c.isascii() and c.isalpha() and ord(c) > 0x24F for c in text) or any(
        heard.likeness == 1.0 for heard in foreign.listen(text)
    )


def _counted_cells(cells: list[np.ndarray]) -> sp.csr_matrix:
    starts = np.concatenate([[0], np.cumsum([len(of_one) for of_one in cells])])
    return sp.csr_matrix((np.ones(starts[-1], np.float32), np.concatenate(cells), starts), shape=(len(cells), 1 << BITS))


def rarity_of(counted: sp.csr_matrix) -> np.ndarray:
    """Inverse document frequency of each cell; nothing for a cell seen once."""
    seen = np.asarray(counted.sum(axis=0)).ravel()
    return np.where(seen > 1, np.log((1 + counted.shape[0]) / (1 + seen)) + 1, 0).astype(np.float32)


def weighed_rows(counted: sp.csr_matrix, rarity: np.ndarray) -> sp.csr_matrix:
    scaled = counted.multiply(rarity[None, :]).tocsr()
    length = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return sp.diags(1 / np.maximum(length, 1e-9)) @ scaled


def _said_now(text: str, kind: str) -> bool:
    """Whether the cue rules take the message for a danger of this moment: the classifier carries it on to other words."""
    return kind in kinds() and patterns.read(text).cues.immediate(kind, said=False)
