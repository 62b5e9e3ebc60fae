"""A linear classifier per label over sentence vectors, and its fitting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from directory.encoder import Vectors


def sigmoid(log_odds: Any) -> Vectors:
    """Probabilities, of any shape, as float32."""
    result: Vectors = (1.0 / (1.0 + np.exp(-log_odds))).astype(np.float32)
    return result


@dataclass(frozen=True)
class LinearHead:
    """A logistic regression per label over unit vectors."""

    weights: Vectors
    """(labels, dimension)."""
    bias: Vectors
    """(labels,)."""

    def log_odds(self, vectors: Vectors) -> Vectors:
        """(n, labels) for (n, dimension)."""
        result: Vectors = vectors @ self.weights.T + self.bias
        return result

    def confidences(self, vectors: Vectors) -> Vectors:
        """(n, labels), 0 to 1, for (n, dimension)."""
        return sigmoid(self.log_odds(vectors))


def fit_linear(vectors: Vectors, truth: Vectors, c: float, balanced: bool = False) -> LinearHead:
    """Fit to (n, dimension) vectors and the (n, labels) truth of 0 and 1; `c` is the inverse strength of the penalty."""
    from sklearn.linear_model import LogisticRegression  # a second to import, and only needed to fit

    weight = "balanced" if balanced else None
    models = [LogisticRegression(C=c, max_iter=400, class_weight=weight).fit(vectors, column) for column in truth.T]
    weights = np.vstack([model.coef_[0] for model in models]).astype(np.float32)
    return LinearHead(weights, np.array([model.intercept_[0] for model in models], np.float32))
