"""Fits what search learns from the labelled texts, measures it, and writes it as small data (`signpost fit`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from directory.adapter.examples import Example, listings, meanings, messages, no_need, services, written_to
from directory.encoder import Encoder, Vectors
from directory.learned import Learned, LinearHead
from directory.needs import needs

C_MESSAGES, C_SERVICES = 8.0, 20.0
LONGEST = 1500  # characters of a text
FOLDS = 5


def fit_search(encoder: Encoder, packs: Sequence[str] = ("westmere",)) -> dict[str, float]:
    """Fit on everything, write the file, and return what cross-validation over organisations measured."""
    told = told_examples(packs)
    make(encoder, told).save()
    return measure(encoder, told)


def told_examples(packs: Iterable[str]) -> list[Example]:
    """The texts of services with known needs (an empty tuple: none)."""
    return [*listings(), *meanings(), *services(packs)]


def make(encoder: Encoder, told: list[Example]) -> Learned:
    """Fit the heads and take up the examples."""
    heard = [*messages(), *written_to(), *no_need()]
    pairs, entries = written_to(), listings()
    row = {entry.group: number for number, entry in enumerate(entries)}
    return Learned(
        encoder=encoder.identity,
        codes=tuple(needs()),
        of_messages=head(_encode(encoder, heard), labels(heard), C_MESSAGES),
        of_services=head(_encode(encoder, told), labels(told), C_SERVICES, balanced=True),
        said=_encode(encoder, pairs),
        answered_by=np.array([row[pair.answers] for pair in pairs], np.int32),
        answers=_encode(encoder, entries),
    )


def measure(encoder: Encoder, told: list[Example]) -> dict[str, float]:
    """How well a service's needs are told from its words: folds over organisations, so that none is on both sides."""
    vectors, truth = _encode(encoder, told), labels(told)
    groups = sorted({one.group for one in told})
    fold_of = {group: number % FOLDS for number, group in enumerate(groups)}
    fold = np.array([fold_of[one.group] for one in told])
    found = np.zeros(truth.shape, np.float32)
    for number in range(FOLDS):
        trained = head(vectors[fold != number], truth[fold != number], C_SERVICES, balanced=True)
        found[fold == number] = trained.confidences(vectors[fold == number])
    has = truth.any(axis=1) & np.array([one.group != "vocabulary" for one in told])
    order = found.argsort(axis=1)[:, ::-1]
    chief = np.array([list(needs()).index(one.needs[0]) if one.needs else -1 for one in told])
    return {
        "services": float(has.sum()),
        "chief_first": float((order[has, 0] == chief[has]).mean()),
        "chief_in_three": float((order[has, :3] == chief[has, None]).any(axis=1).mean()),
    }


def head(vectors: Vectors, truth: Vectors, c: float, balanced: bool = False) -> LinearHead:
    """A logistic regression for each need."""
    weight = "balanced" if balanced else None
    models = [LogisticRegression(C=c, max_iter=400, class_weight=weight).fit(vectors, column) for column in truth.T]
    weights = np.vstack([model.coef_[0] for model in models]).astype(np.float32)
    return LinearHead(weights, np.array([model.intercept_[0] for model in models], np.float32))


def labels(examples: Iterable[Example]) -> Vectors:
    """(examples, needs) of 0 and 1."""
    return np.array([[code in one.needs for code in needs()] for one in examples], np.float32)


def _encode(encoder: Encoder, examples: list[Example]) -> Vectors:
    return encoder.encode_uncached([one.text[:LONGEST] for one in examples])
