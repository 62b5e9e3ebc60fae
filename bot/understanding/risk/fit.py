"""Training of the classifier of danger from the labelled messages, with its measured trade-off; `signpost fit` runs it.

The encoder's adapter has seen these messages too, so what they look like after training tells nothing of new ones: how
the views are weighed, and from where a message is asked about, is chosen on the dev voices.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from bot.understanding.risk import patterns
from bot.understanding.risk.classifier import DANGER, HEAD, THRESHOLDS, Judged, RiskHead, of_each_kind
from bot.understanding.risk.examples import Encoder, Examples, read_dev, read_examples
from bot.understanding.risk.kinds import kinds, same_people
from directory.encoder import load_encoder
from directory.lexical import cells_of
from directory.views import VIEWS
from directory.views_fit import Fitted, each_label, fit_views, one_of

HARD = {"idiom", "question", "everyday", "resolved", "media", "negation", "training", "practice", "worry"}
"""Labels of messages without danger that speak of it, or of hard days: false alarms are measured on these."""
FALSE_CRISIS, FALSE_ALARM = 0.015, 0.12
"""Shares of the dev voices' hard negatives that may be answered as a crisis, or at all, patterns included. 0.03 and 0.13 are
asked of new voices, where twice as many crisis answers have been met, and as many alarms."""
DOUBT = 0.3
"""Below this probability a pattern's alarm is asked about first."""
WEIGHTS = {"need": 0.5, "turn": 0.25, "elsewhere": 0.25}
"""What a message of needs counts, for nobody has looked at it for danger; a turn of a conversation, short and plain; and what is
said to other assistants."""
NEED_ALARM = 0.12
"""Share of the dev voices' everyday messages of needs that may be raised at all."""
OF_VECTOR = 4.0
"""The inverse strength of the penalty for vectors."""
KIND_PENALTY = 1.0


def fit_head(of: Examples, dev: Examples) -> RiskHead:
    """A head fitted to `of`; its judges, twelve numbers, learn from the voices of `dev`."""
    danger, risky = of.danger, np.flatnonzero(of.danger)
    weight = np.array([WEIGHTS.get(label, 1.0) for label in of.labels])
    labels, now = [of.labels[n] for n in risky], of.now
    of_kinds = [[label == kind for kind in kinds()] for label in of.labels]
    truth = np.column_stack([danger, now, of_kinds]).astype(np.float32)

    def fit(numbers: Any, strength: float) -> Fitted:
        """Danger among all messages; now, and each kind, among those of danger."""
        parts = [
            each_label(truth[:, :1], weight)(numbers, strength),
            each_label(truth[risky, 1:2])(numbers[risky], strength / 4),
            one_of(labels, list(kinds()))(numbers[risky], strength),
        ]
        return np.vstack([weights for weights, _ in parts]), np.concatenate([bias for _, bias in parts])

    views = fit_views([cells_of(said) for said in of.said], of.vectors, truth, fit, OF_VECTOR)
    odds = views.log_odds([cells_of(said) for said in dev.said], dev.vectors)
    weight = np.array([WEIGHTS.get(label, 1.0) for label in dev.labels])
    head = RiskHead(views, np.zeros(VIEWS + 3), _kind_judge(odds, dev), tuple(kinds()))
    seen = np.hstack([odds[:, :, DANGER].T, [head.loudest(parts, odds[:, n]) for n, parts in enumerate(dev.parts)]])
    judge = LogisticRegression(C=1.0, class_weight="balanced").fit(seen, dev.danger, sample_weight=weight)
    return replace(head, judge=np.concatenate([judge.coef_[0], judge.intercept_]))


def _kind_judge(odds: np.ndarray, dev: Examples) -> np.ndarray:
    """The weights under which the kinds of the dev voices are likeliest (conditional logit, McFadden, 1974)."""
    rows = [n for n, label in enumerate(dev.labels) if label in kinds()]
    each = np.stack([of_each_kind(odds[:, n], dev.patterns[n]) for n in rows])
    right = np.array([list(kinds()).index(dev.labels[n]) for n in rows])

    def unlikely(weights: np.ndarray) -> float:
        scores = each @ weights
        top = scores.max(axis=1)
        total = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
        return float((total - scores[np.arange(len(rows)), right]).sum() + KIND_PENALTY * (weights**2).sum())

    return minimize(unlikely, np.full(VIEWS + 1, 0.25), method="L-BFGS-B").x


def judge_all(head: RiskHead, of: Examples) -> list[Judged]:
    """What the head makes of each message."""
    odds = head.odds(of.said, of.vectors)
    return [head.judged_of(odds[:, n], head.loudest(of.parts[n], odds[:, n]), found) for n, found in enumerate(of.patterns)]


def trade_off(of: Examples, judged: list[Judged]) -> dict[str, Any]:
    """The two thresholds that FALSE_CRISIS and FALSE_ALARM allow, and what each threshold costs and finds."""
    danger, hard = of.danger, np.array([label in HARD for label in of.labels])
    need = np.array([label == "need" for label in of.labels])
    probability = np.array([it.probability for it in judged])
    plain = np.array([risk.response if (risk := patterns.look(text)) else "" for text in of.texts])
    chosen = [max(it.kinds, key=it.kinds.__getitem__) for it in judged]
    right = [same_people(one, label) for one, label in zip(chosen, of.labels, strict=True) if label in kinds()]
    rows = []
    for threshold in np.round(np.arange(0.1, 0.96, 0.05), 2):
        raised = probability >= threshold
        rows.append(
            {
                "threshold": float(threshold),
                "recall": _share(raised[danger]),
                "recall_with_patterns": _share((raised | (plain != ""))[danger]),
                "false_alarms": _share(raised[hard]),
                "false_alarms_with_patterns": _share((raised | (plain != ""))[hard]),
                "raised_of_needs": _share(raised[need]) if need.any() else 0.0,
            }
        )
    return {
        "check": max(
            _lowest(probability[hard], plain[hard] != "", FALSE_ALARM),
            _lowest(probability[need], plain[need] != "", NEED_ALARM) if need.any() else 0.0,
        ),
        "crisis": _lowest(probability[hard], (plain[hard] == "crisis") & (probability[hard] >= DOUBT), FALSE_CRISIS),
        "measured": rows,
        "kind_right": _share(np.array(right)),
        "messages": {"danger": int(danger.sum()), "hard_negatives": int(hard.sum())},
        "patterns_alone": {
            "recall": _share(plain[danger] != ""),
            "false_crisis": _share(plain[hard] == "crisis"),
            "false_check": _share(plain[hard] == "check"),
        },
    }


def _share(chosen: np.ndarray) -> float:
    return round(float(np.mean(chosen)), 3)


def _lowest(probability: np.ndarray, already: np.ndarray, share: float) -> float:
    """The lowest threshold at which no more than `share` is raised, counting what is raised `already`."""
    thresholds = np.round(np.arange(0.05, 0.991, 0.01), 2)
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
    """Fit, measure on the dev voices, and write the head and the thresholds; returns what was measured."""
    dev = read_dev(encoder)
    made = fit_head(read_examples(encoder), dev)
    measured = trade_off(dev, judge_all(made, dev))
    made.save(head)
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
        "# Below `doubt` a pattern's alarm is asked about first.\n"
        f"check: {measured['check']}\ncrisis: {measured['crisis']}\ndoubt: {DOUBT}\n\n"
        f"# Measured on the dev voices (nlu_data/dev), {n['danger']} messages with a danger and {n['hard_negatives']} hard ones\n"
        "# without, on which these thresholds were chosen; `signpost evaluate safety` reports other voices.\n"
        f"# Kind right, or one with the same people to call: {measured['kind_right']:.3f}.\n"
        f"# Patterns alone: recall {alone['recall']:.3f}, crisis answers on hard ones {alone['false_crisis']:.3f},"
        f" checks {alone['false_check']:.3f}.\n"
        "#\n#   threshold  recall   with the patterns  false alarms  with the patterns  raised of everyday needs\n" + rows
    )
