"""Fits the views of labelled texts. scikit-learn takes a second to import and is only needed here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from directory.encoder import Vectors
from directory.lexical import BITS, Cells, Grams, LexicalHead
from directory.linear import LinearHead
from directory.neighbours import fit_neighbours
from directory.views import Views

SEED = 11
Fitted = tuple[Vectors, Vectors]
"""(labels, features) weights and (labels,) bias."""
Fit = Callable[[Any, float], Fitted]
"""Fits one view: (texts, features) numbers, and the inverse strength of the penalty that suits them."""
OF_VECTOR, OF_CELLS = 2.0, 10.0
"""The inverse strengths of the penalties."""


def fit_views(cells: Sequence[Cells], vectors: Vectors, truth: Vectors, fit: Fit, of_vector: float = OF_VECTOR) -> Views:
    """Views of texts of these cells and (texts, dimension) vectors; `truth` is (texts, labels) of 0 and 1."""
    return Views(
        LinearHead(*fit(vectors, of_vector)),
        fit_neighbours(vectors, truth),
        fit_lexical([one.words for one in cells], fit),
        fit_lexical([one.letters for one in cells], fit),
    )


def fit_lexical(cells: Sequence[Grams], fit: Fit) -> LexicalHead:
    """One view of words or letters, from the cells of each text."""
    counted = _counted(cells)
    seen = np.asarray(counted.sum(axis=0)).ravel()
    rarity = np.where(seen > 1, np.log((1 + counted.shape[0]) / (1 + seen)) + 1, 0).astype(np.float32)
    return LexicalHead.of(rarity, *fit(_weighed(counted, rarity), OF_CELLS))


def each_label(truth: Vectors, weight: Vectors | None = None) -> Fit:
    """A logistic regression for each label by itself; `weight` is (texts,), how much each counts."""

    def fit(numbers: Any, strength: float) -> Fitted:
        from sklearn.linear_model import LogisticRegression

        def model() -> Any:
            if sp.issparse(numbers):  # many features: one at a time, the same every time
                return LogisticRegression(C=strength, max_iter=2000, solver="liblinear", random_state=SEED)
            return LogisticRegression(C=strength, max_iter=400)

        models = [model().fit(numbers, column, sample_weight=weight) for column in truth.T]
        return _as_arrays([(one.coef_[0], one.intercept_[0]) for one in models])

    return fit


def one_of(labels: Sequence[str], names: Sequence[str], balanced: bool = False, weight: Vectors | None = None) -> Fit:
    """A multinomial logistic regression: every text has one of `names`; a name that no text has is never said."""

    def fit(numbers: Any, strength: float) -> Fitted:
        from sklearn.linear_model import LogisticRegression

        how = "balanced" if balanced else None
        model = LogisticRegression(C=strength, max_iter=1000, class_weight=how).fit(numbers, list(labels), sample_weight=weight)
        coefficients, intercepts = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # of two, scikit-learn keeps the second alone
            coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.append(-intercepts, intercepts) / 2
        row = {name: (coefficients[n], intercepts[n]) for n, name in enumerate(model.classes_)}
        none = (np.zeros(numbers.shape[1]), NEVER)
        return _as_arrays([row.get(name, none) for name in names])

    return fit


NEVER = -20.0
"""Log-odds of a label that no text has."""


def _as_arrays(rows: Sequence[tuple[Any, Any]]) -> Fitted:
    return np.vstack([row for row, _ in rows]).astype(np.float32), np.array([bias for _, bias in rows], np.float32)


def _counted(cells: Sequence[Grams]) -> sp.csr_matrix:
    starts = np.concatenate([[0], np.cumsum([len(of_one) for of_one in cells])])
    return sp.csr_matrix((np.ones(starts[-1], np.float32), np.concatenate(cells), starts), shape=(len(cells), 1 << BITS))


def _weighed(counted: sp.csr_matrix, rarity: Vectors) -> sp.csr_matrix:
    """Each cell by its rarity, each row of unit length."""
    scaled = counted.multiply(rarity[None, :]).tocsr()
    length = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.maximum(length, 1e-9)) @ scaled)
