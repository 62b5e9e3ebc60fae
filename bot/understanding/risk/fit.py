"""Training of the classifier of danger from the labelled messages, with its measured trade-off; `signpost fit` runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import SVC

from bot.understanding.risk import patterns
from bot.understanding.risk.classifier import HEAD, THRESHOLDS, RiskHead, counted
from bot.understanding.risk.examples import Encoder, Examples, rarity_of, read_examples, weighed_rows
from bot.understanding.risk.kinds import kinds, same_people
from directory.encoder import load_encoder

HARD = {"idiom", "question", "everyday", "resolved", "media", "negation", "training", "practice", "worry"}
"""Labels of messages without danger that speak of it, or of hard days: false alarms are measured on these."""
FALSE_CRISIS, FALSE_ALARM = 0.03, 0.10
"""Shares of hard negatives that may be answered as a crisis, or at all, patterns included, when thresholds are chosen."""
FOLDS, SEED, GAMMA = 5, 11, 2.0
_ALIKE = 0.8  # messages whose vectors are this near are voices of one story: they share a fold


def fit_head(of: Examples, at: np.ndarray) -> RiskHead:
    """A head fitted to the rows `at`; its judge learns from rows that the views under it did not see."""
    groups = _groups(of.whole[at])
    views = np.zeros((len(at), 5))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for train, held in folds.split(at, of.danger[at], groups):
        inner = _views_of(of, at[train])
        for i in held:
            views[i] = inner.views(of.said[at[i]], of.vectors[at[i]])
    judge = LogisticRegression(C=10.0, max_iter=5000).fit(views, of.danger[at], sample_weight=of.weight[at])
    head = _views_of(of, at)
    return RiskHead(**{**vars(head), "judge": np.concatenate([judge.coef_[0], judge.intercept_])})


def _views_of(of: Examples, at: np.ndarray) -> RiskHead:
    """The three views and the kinds, without a judge."""
    danger, weight, whole = of.danger[at], of.weight[at], of.whole[at]
    machine = SVC(C=4.0, gamma=GAMMA).fit(whole, danger, sample_weight=weight)
    word_rarity, letter_rarity = rarity_of(of.words[at]), rarity_of(of.letters[at])
    words = weighed_rows(of.words[at], word_rarity)
    by_words = _linear(10.0).fit(words, danger, sample_weight=weight)
    by_letters = _linear(10.0).fit(weighed_rows(of.letters[at], letter_rarity), danger, sample_weight=weight)
    risky = np.flatnonzero(danger)
    both = sp.hstack([sp.csr_matrix(whole), words]).tocsr()[risky]
    hits = sp.csr_matrix(np.stack([counted(of.patterns[at[i]]) for i in risky]))
    labels = np.array([of.labels[at[i]] for i in risky])
    of_kinds = _linear(10.0).fit(sp.hstack([both, hits]), labels)
    of_now = _linear(1.0).fit(both, of.now[at[risky]])
    return RiskHead(
        gamma=GAMMA,
        support=machine.support_vectors_,
        support_weight=machine.dual_coef_[0],
        support_bias=float(machine.intercept_[0]),
        word_rarity=word_rarity,
        word_weight=by_words.coef_[0],
        letter_rarity=letter_rarity,
        letter_weight=by_letters.coef_[0],
        biases=np.array([by_words.intercept_[0], by_letters.intercept_[0]]),
        judge=np.zeros(6),
        kinds=tuple(of_kinds.classes_),
        kind_weight=of_kinds.coef_,
        kind_bias=of_kinds.intercept_,
        now_weight=np.concatenate([of_now.coef_[0], of_now.intercept_]),
    )


def _linear(strength: float) -> LogisticRegression:
    """One against the rest where there are several classes; the same every time."""
    return LogisticRegression(C=strength, max_iter=2000, solver="liblinear", random_state=SEED)


def _groups(vectors: np.ndarray) -> np.ndarray:
    """A number per message, the same for messages that are near to each other."""
    number = np.arange(len(vectors))
    for i, row in enumerate(vectors @ vectors.T >= _ALIKE):
        for j in np.flatnonzero(row[:i]):
            number[number == number[i]] = number[j]
    return number


def held_back(of: Examples) -> tuple[np.ndarray, np.ndarray]:
    """(messages,) probabilities and kinds, each from a head that did not see the message nor its neighbours."""
    probability, kind = np.zeros(len(of.texts)), np.empty(len(of.texts), dtype=object)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED + 1)
    for train, held in folds.split(of.texts, of.danger, _groups(of.whole)):
        head = fit_head(of, train)
        for i in held:
            judged = head.judged(of.said[i], of.vectors[i], of.patterns[i])
            probability[i], kind[i] = judged.probability, max(judged.kinds, key=judged.kinds.__getitem__)
    return probability, kind


def trade_off(of: Examples, probability: np.ndarray, kind: np.ndarray) -> dict[str, Any]:
    """The two thresholds that FALSE_CRISIS and FALSE_ALARM allow, and what each threshold costs and finds."""
    hard = np.array([label in HARD for label in of.labels]) & ~of.danger
    need = np.array([label == "need" for label in of.labels])
    plain = np.array([risk.response if (risk := patterns.look(text)) else "" for text in of.texts])
    right = np.array([bool(k) and same_people(k, label) for k, label in zip(kind, of.labels, strict=True) if label in kinds()])
    rows = []
    for threshold in np.round(np.arange(0.1, 0.96, 0.05), 2):
        raised = probability >= threshold
        rows.append(
            {
                "threshold": float(threshold),
                "recall": _share(raised[of.danger]),
                "recall_with_patterns": _share((raised | (plain != ""))[of.danger]),
                "false_alarms": _share(raised[hard]),
                "false_alarms_with_patterns": _share((raised | (plain != ""))[hard]),
                "raised_of_needs": _share(raised[need]) if need.any() else 0.0,
            }
        )
    return {
        "check": _lowest(probability[hard], plain[hard] != "", FALSE_ALARM),
        "crisis": _lowest(probability[hard], plain[hard] == "crisis", FALSE_CRISIS),
        "measured": rows,
        "kind_right": _share(right),
        "messages": {"danger": int(of.danger.sum()), "hard_negatives": int(hard.sum())},
        "patterns_alone": {
            "recall": _share(plain[of.danger] != ""),
            "false_crisis": _share(plain[hard] == "crisis"),
            "false_check": _share(plain[hard] == "check"),
        },
    }


def _share(chosen: np.ndarray) -> float:
    return round(float(np.mean(chosen)), 3)


def _lowest(probability: np.ndarray, already: np.ndarray, share: float) -> float:
    """The lowest threshold at which no more than `share` is raised, counting what is raised `already`."""
    thresholds = np.round(np.arange(0.3, 0.991, 0.01), 2)
    return next((float(t) for t in thresholds if np.mean(already | (probability >= t)) <= share), float(thresholds[-1]))


def fit_risk() -> dict[str, float]:
    """What `signpost fit` runs: fit with the encoder in use; returns what the shipped thresholds find and cost."""
    measured = fit(_Uncached(load_encoder()))
    at_check = min(measured["measured"], key=lambda row: abs(row["threshold"] - measured["check"]))
    return {
        "check": measured["check"],
        "crisis": measured["crisis"],
        **{name: value for name, value in at_check.items() if name != "threshold"},
        "kind_right": measured["kind_right"],
    }


class _Uncached:
    """The encoder, without filling its cache with messages that nobody will send again."""

    def __init__(self, encoder: Any) -> None:
        self.encode = encoder.encode_uncached


def fit(encoder: Encoder, head: Path = HEAD, thresholds: Path = THRESHOLDS) -> dict[str, Any]:
    """Measure by cross-validation, then fit on everything and write the head and the thresholds; returns what was measured."""
    of = read_examples(encoder)
    measured = trade_off(of, *held_back(of))
    fit_head(of, np.arange(len(of.texts))).save(head)
    thresholds.write_text(_as_yaml(measured), encoding="utf-8")
    return measured


def _as_yaml(measured: dict[str, Any]) -> str:
    n, alone = measured["messages"], measured["patterns_alone"]
    rows = "".join(
        f"#   {r['threshold']:.2f}       {r['recall']:.3f}    {r['recall_with_patterns']:.3f}            {r['false_alarms']:.3f}"
        f"           {r['false_alarms_with_patterns']:.3f}            {r['raised_of_needs']:.3f}\n"
        for r in measured["measured"]
    )
    return (
        "# From which probability of the classifier a message is asked about (check) or answered as a crisis.\n"
        "# Written by bot/understanding/risk/fit.py; a council may change the numbers, the table says what that costs.\n"
        f"check: {measured['check']}\ncrisis: {measured['crisis']}\n\n"
        f"# Measured by {FOLDS}-fold cross-validation on {n['danger']} messages with a danger\n"
        f"# and {n['hard_negatives']} hard ones without; messages that tell one story share a fold.\n"
        "# The patterns were written by people who had read risk.tsv.\n"
        f"# Kind right, or one with the same people to call: {measured['kind_right']:.3f}.\n"
        f"# Patterns alone: recall {alone['recall']:.3f}, crisis answers on hard ones {alone['false_crisis']:.3f},"
        f" checks {alone['false_check']:.3f}.\n"
        "#\n#   threshold  recall   with the patterns  false alarms  with the patterns  raised of everyday needs\n" + rows
    )
