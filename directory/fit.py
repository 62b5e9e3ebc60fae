"""Fits what search and understanding learn from the labelled texts, measures it, and writes it as small data (`signpost fit`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from directory.adapter.examples import (
    DEV,
    Example,
    heldback_needs,
    listings,
    meanings,
    messages,
    names_of_needs,
    no_need,
    services,
    written_to,
)
from directory.encoder import Encoder, Vectors
from directory.learned import Learned
from directory.lexical import cells_in
from directory.linear import LinearHead, fit_linear
from directory.needs import needs
from directory.needs_head import NeedsHead
from directory.spelling import put_right
from directory.views_fit import each_label, fit_views

C_SERVICES = 20.0
LONGEST = 1500  # characters of a text
FOLDS = 5
THRESHOLDS = np.arange(0.1, 0.7, 0.01)
AS_GOOD = 0.005
"""Thresholds whose micro-F1 is this near to the best are as good on 480 messages; the one in their middle is taken."""
TAKEN_FOR_A_NEED = 0.035  # of the dev voices' messages without one


def fit_needs(encoder: Encoder) -> dict[str, float]:
    """Fit the head that hears needs, weigh its views on the dev voices, write it, and return what it reaches there."""
    head = make_needs_head(encoder, [*messages(), *names_of_needs(), *no_need()])
    head.save()
    dev = heldback_needs(DEV)
    return {
        "messages": float(len(head.views.neighbours.codes)),
        "threshold": head.threshold,
        **measured(head, dev, _encode_typed(encoder, dev)),
    }


def make_needs_head(encoder: Encoder, heard: Sequence[Example]) -> NeedsHead:
    """Fit to these messages; the judge and the thresholds come from the dev voices, which nothing else is fitted to."""
    vectors, truth = _encode_typed(encoder, heard), labels(heard, none=True)
    views = fit_views([cells_in(one.text) for one in heard], vectors, truth, each_label(truth))
    dev = heldback_needs(DEV)
    vectors, wanted = _encode_typed(encoder, dev), labels(dev)
    judge = _judge(views.log_odds([cells_in(one.text) for one in dev], vectors), labels(dev, none=True))
    head = NeedsHead(encoder.identity, tuple(needs()), views, judge, 0.5, 1.0)
    said, none = head.hear([one.text for one in dev], vectors)
    reached = np.array([_f1(said >= t, wanted) for t in THRESHOLDS])
    threshold = np.median(THRESHOLDS[reached >= reached.max() - AS_GOOD])
    taken = (said >= threshold).any(axis=1)[:, None] & (none[:, None] < THRESHOLDS) & ~wanted.any(axis=1, keepdims=True)
    allowed = taken.sum(axis=0) <= TAKEN_FOR_A_NEED * (~wanted.any(axis=1)).sum()
    return replace(head, threshold=float(threshold), no_need_from=float(THRESHOLDS[allowed].max(initial=THRESHOLDS[0])))


def _judge(odds: Vectors, truth: Vectors) -> Vectors:
    """One weight for each view and a bias, the same for all labels, from (views, texts, labels) and (texts, labels)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0).fit(odds.reshape(len(odds), -1).T, truth.ravel())
    return np.array([*model.coef_[0], model.intercept_[0]], np.float32)


def measured(head: NeedsHead, examples: Sequence[Example], vectors: Vectors) -> dict[str, float]:
    """First guess right, needs recalled in three, micro-F1; and the messages without a need that are not taken for one."""
    (said, none), truth = head.hear([one.text for one in examples], vectors), labels(examples)
    order, has = said.argsort(axis=1)[:, ::-1], truth.any(axis=1)
    heard = (said >= head.threshold) & (none < head.no_need_from)[:, None]
    return {
        "first": float(np.take_along_axis(truth, order[:, :1], axis=1)[has].mean()),
        "in_three": float(np.take_along_axis(truth, order[:, :3], axis=1).sum() / truth.sum()),
        "f1": _f1(heard, truth),
        "no_need": float(1 - heard[~has].any(axis=1).mean()),
    }


def fit_search(encoder: Encoder, packs: Sequence[str] = ("westmere",)) -> dict[str, float]:
    """Fit on everything, write the file, and return what cross-validation over organisations measured."""
    told = told_examples(packs)
    make(encoder, told).save()
    return measure(encoder, told)


def told_examples(packs: Iterable[str]) -> list[Example]:
    """The texts of services with known needs (an empty tuple: none)."""
    return [*listings(), *meanings(), *services(packs)]


def make(encoder: Encoder, told: list[Example]) -> Learned:
    """Fit the services' head and take up the examples."""
    pairs, entries = written_to(), listings()
    row = {entry.group: number for number, entry in enumerate(entries)}
    return Learned(
        encoder=encoder.identity,
        codes=tuple(needs()),
        of_services=fit_linear(_encode(encoder, told), labels(told), C_SERVICES, balanced=True),
        said=_encode_typed(encoder, pairs),
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
        trained: LinearHead = fit_linear(vectors[fold != number], truth[fold != number], C_SERVICES, balanced=True)
        found[fold == number] = trained.confidences(vectors[fold == number])
    has = truth.any(axis=1) & np.array([one.group != "vocabulary" for one in told])
    order = found.argsort(axis=1)[:, ::-1]
    chief = np.array([list(needs()).index(one.needs[0]) if one.needs else -1 for one in told])
    return {
        "services": float(has.sum()),
        "chief_first": float((order[has, 0] == chief[has]).mean()),
        "chief_in_three": float((order[has, :3] == chief[has, None]).any(axis=1).mean()),
    }


def labels(examples: Iterable[Example], none: bool = False) -> Vectors:
    """(examples, needs) of 0 and 1; with `none` one more, 1 where there is no need."""
    truth = np.array([[code in one.needs for code in needs()] for one in examples], np.float32)
    return np.hstack([truth, ~truth.any(axis=1, keepdims=True)]).astype(np.float32) if none else truth


def _f1(said: Vectors, truth: Vectors) -> float:
    hits = float((said * truth).sum())
    return 2 * hits / max(float(said.sum() + truth.sum()), 1.0)


def _encode(encoder: Encoder, examples: Sequence[Example]) -> Vectors:
    return encoder.encode_uncached([one.text[:LONGEST] for one in examples])


def _encode_typed(encoder: Encoder, examples: Sequence[Example]) -> Vectors:
    """The same of what somebody typed: spelling put right, as it is when a message is heard."""
    return encoder.encode_uncached([put_right(one.text[:LONGEST]) for one in examples])
