"""Fits the needs head from the labelled messages and writes it as small data (`signpost fit`)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.understanding.needs import HEAD, NeedsHead
from directory.encoder import load_encoder
from directory.needs import needs as vocabulary

MESSAGES = Path(__file__).parents[2] / "nlu_data" / "messages"
NO_NEED = frozenset({"outofscope", "smalltalk"})
"""The only rows of norisk.tsv known to hold no need; elsewhere a missing label means unknown."""
C = 8.0
FOLDS = 5


def read_messages() -> tuple[list[str], np.ndarray]:
    """Texts, and a (texts, needs) matrix of 0 and 1."""
    codes = [need.code for need in vocabulary().values()]
    texts, rows = [], []
    for file in (MESSAGES / "needs.tsv", *sorted((MESSAGES / "needs").glob("*.tsv"))):
        for line in file.read_text(encoding="utf-8").splitlines():
            text, labels = line.split("\t")
            texts.append(text)
            rows.append([code in labels.split(",") for code in codes])
    for line in (MESSAGES / "norisk.tsv").read_text(encoding="utf-8").splitlines():
        text, label = line.split("\t")
        if label in NO_NEED:
            texts.append(text)
            rows.append([False] * len(codes))
    return texts, np.array(rows, dtype=np.int8)


def fit_needs() -> dict[str, float]:
    """Fit, choose the threshold by cross-validation, write the head; returns the cross-validated measures."""
    codes = tuple(need.code for need in vocabulary().values())
    texts, labels = read_messages()
    vectors = load_encoder().encode_uncached(texts)
    held_out = np.zeros(labels.shape)
    first = np.where(labels.any(axis=1), labels.argmax(axis=1), len(codes))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(vectors, first):
        held_out[test] = _fit(vectors[train], labels[train], codes, 0.5).confidences(vectors[test])
    threshold, f1 = _best_threshold(held_out, labels)
    _fit(vectors, labels, codes, threshold).save(HEAD)
    told = labels.any(axis=1)
    order = held_out[told].argsort(axis=1)[:, ::-1]
    truth = labels[told].astype(bool)
    in_three = np.take_along_axis(truth, order[:, :3], axis=1).sum() / truth.sum()
    top = np.take_along_axis(truth, order[:, :1], axis=1).mean()
    return {"messages": float(len(texts)), "first": float(top), "in_three": float(in_three), "f1": f1, "threshold": threshold}


def _fit(vectors: np.ndarray, labels: np.ndarray, codes: tuple[str, ...], threshold: float) -> NeedsHead:
    models = [LogisticRegression(C=C, max_iter=300).fit(vectors, labels[:, i]) for i in range(len(codes))]
    weights = np.vstack([model.coef_[0] for model in models]).astype(np.float32)
    bias = np.array([model.intercept_[0] for model in models], dtype=np.float32)
    return NeedsHead(codes, weights, bias, threshold)


def _best_threshold(confidences: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The threshold with the best micro-F1 on held-out confidences, and that F1."""
    scores = []
    for threshold in np.arange(0.05, 0.6, 0.01):
        said = confidences >= threshold
        hits = (said & (labels == 1)).sum()
        scores.append((2 * hits / max(said.sum() + labels.sum(), 1), threshold))
    f1, threshold = max(scores)
    return float(threshold), float(f1)
