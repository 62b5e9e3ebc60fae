"""Markdown tables of measures, each with the 95 % interval of a bootstrap over messages."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

DRAWS = 1000
HEAD = ["| measure | value | 95 % interval | asked |", "|---|---|---|---|"]

Measure = Callable[[np.ndarray], float]
"""Rows, one a message → a figure."""


def mean(values: np.ndarray) -> float:
    """The share, or the mean."""
    return float(values.mean()) if len(values) else 0.0


def ratio(counts: np.ndarray) -> float:
    """The first column's sum over the second's."""
    return float(counts[:, 0].sum() / max(counts[:, 1].sum(), 1))


def f1(counts: np.ndarray) -> float:
    """Micro-F1 of (hits, said, true) per message."""
    return float(2 * counts[:, 0].sum() / max(counts[:, 1].sum() + counts[:, 2].sum(), 1))


def row(name: str, per_message: np.ndarray, measure: Measure = mean, asked: str = "") -> str:
    """One line of a table."""
    if not len(per_message):
        return f"| {name} | no messages | | {asked} |"
    draw, size = np.random.default_rng(3), len(per_message)
    samples = [measure(per_message[draw.integers(0, size, size)]) for _ in range(DRAWS)]
    low, high = np.percentile(samples, [2.5, 97.5])
    return f"| {name} | {measure(per_message):.3f} | {low:.3f} to {high:.3f} | {asked} |"
