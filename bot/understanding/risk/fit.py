"""Training of the classifier of danger from the labelled messages, with its measured trade-off; `signpost fit` runs it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import SVC

from bot.understanding.risk import foreign, patterns
from bot.understanding.risk.classifier import HEAD, THRESHOLDS, RiskHead, counted
from bot.understanding.risk.features import BITS, letter_cells, word_cells
from bot.understanding.risk.kinds import kinds, same_people
from bot.understanding.text import clauses

MESSAGES = Path(__file__).parents[3] / "nlu_data" / "messages"
RISK, NO_RISK = ("risk", "risk_more"), ("norisk", "norisk_more")
HARD = {"idiom", "question", "everyday", "resolved", "media", "negation", "training", "practice"}
"""Labels of messages without danger that speak of it, or of hard days: false alarms are measured on these."""
TOUCHES_DANGER = ("safety.", "mind.", "substances.")
"""Needs whose messages may hold danger: they are no examples of its absence."""
FALSE_CRISIS, FALSE_ALARM = 0.03, 0.10
"""Shares of hard negatives that may be answered as a crisis, or at all, patterns included, when thresholds are chosen."""
FOLDS, SEED, GAMMA = 5, 11, 2.0
_ALIKE = 0.8  # messages whose vectors are this near are voices of one story: they share a fold


class Encoder(Protocol):
    """Whatever turns texts into sentence vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(len(texts), dimension) float32 rows of unit length."""


@dataclass
class Examples:
    """The labelled messages as numbers, one row each."""

    texts: list[str]
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
    for name in (*RISK, *NO_RISK):
        path = MESSAGES / f"{name}.tsv"
        if path.exists():
            rows += [(text, label, name in RISK, 1.0) for text, label in _lines(path)]
    for text, label in _lines(MESSAGES / "needs.tsv"):
        if not any(code.startswith(TOUCHES_DANGER) for code in label.split(",")) and not patterns.look(text):
            rows.append((text, "need", False, 0.5))
    rows = [row for row in dict((row[0], row) for row in rows).values() if not _foreign(row[0])]
    texts = [row[0] for row in rows]
    parts = [[text, *clauses(text)] for text in texts]
    encoded = encoder.encode([part for of_one in parts for part in of_one])
    ends = np.cumsum([len(of_one) for of_one in parts])
    return Examples(
        texts,
        [row[1] for row in rows],
        np.array([row[2] for row in rows]),
        np.array([_said_now(row[0], row[1]) for row in rows]),
        np.array([row[3] for row in rows]),
        np.split(encoded, ends[:-1]),
        [[rule.kind for rule, _ in patterns.read(text).rules] for text in texts],
        _counted([word_cells(text) for text in texts]),
        _counted([letter_cells(text) for text in texts]),
    )


def _lines(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) >= 2]


def _foreign(text: str) -> bool:
    return any(not c.isascii() and c.isalpha() and ord(c) > 0x24F for c in text) or any(
        heard.likeness == 1.0 for heard in foreign.listen(text)
    )


def _counted(cells: list[np.ndarray]) -> sp.csr_matrix:
    starts = np.concatenate([[0], np.cumsum([len(of_one) for of_one in cells])])
    return sp.csr_matrix((np.ones(starts[-1], np.float32), np.concatenate(cells), starts), shape=(len(cells), 1 << BITS))


def _rarity(counted: sp.csr_matrix) -> np.ndarray:
    """Inverse document frequency of each cell; nothing for a cell seen once."""
    seen = np.asarray(counted.sum(axis=0)).ravel()
    return np.where(seen > 1, np.log((1 + counted.shape[0]) / (1 + seen)) + 1, 0).astype(np.float32)


def _weighed(counted: sp.csr_matrix, rarity: np.ndarray) -> sp.csr_matrix:
    scaled = counted.multiply(rarity[None, :]).tocsr()
    length = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return sp.diags(1 / np.maximum(length, 1e-9)) @ scaled


def fit_head(of: Examples, at: np.ndarray) -> RiskHead:
    """A head fitted to the rows `at`; its judge learns from rows that the views under it did not see."""
    groups = _groups(of.whole[at])
    views = np.zeros((len(at), 5))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for train, held in folds.split(at, of.danger[at], groups):
        inner = _views_of(of, at[train])
        for i in held:
            views[i] = inner.views(of.texts[at[i]], of.vectors[at[i]])
    judge = LogisticRegression(C=10.0, max_iter=5000).fit(views, of.danger[at], sample_weight=of.weight[at])
    head = _views_of(of, at)
    return RiskHead(**{**vars(head), "judge": np.concatenate([judge.coef_[0], judge.intercept_])})


def _views_of(of: Examples, at: np.ndarray) -> RiskHead:
    """The three views and the kinds, without a judge."""
    danger, weight, whole = of.danger[at], of.weight[at], of.whole[at]
    machine = SVC(C=4.0, gamma=GAMMA).fit(whole, danger, sample_weight=weight)
    word_rarity, letter_rarity = _rarity(of.words[at]), _rarity(of.letters[at])
    words = _weighed(of.words[at], word_rarity)
    by_words = _linear(10.0).fit(words, danger, sample_weight=weight)
    by_letters = _linear(10.0).fit(_weighed(of.letters[at], letter_rarity), danger, sample_weight=weight)
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


def _said_now(text: str, kind: str) -> bool:
    """Whether the cue rules take the message for a danger of this moment: the classifier carries it on to other words."""
    return kind in kinds() and patterns.read(text).cues.immediate(kind, said=False)


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
            judged = head.judged(of.texts[i], of.vectors[i], of.patterns[i])
            probability[i], kind[i] = judged.probability, max(judged.kinds, key=judged.kinds.__getitem__)
    return probability, kind


def trade_off(of: Examples, probability: np.ndarray, kind: np.ndarray) -> dict[str, Any]:
    """The two thresholds that FALSE_CRISIS and FALSE_CHECK allow, and what each threshold costs and finds."""
    hard = np.array([label in HARD for label in of.labels]) & ~of.danger
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
        f"           {r['false_alarms_with_patterns']:.3f}\n"
        for r in measured["measured"]
    )
    return (
        "# From which probability of the classifier a message is asked about (check) or answered as a crisis.\n"
        "# Written by bot/understanding/risk/fit.py; a council may change the numbers, the table says what that costs.\n"
        f"check: {measured['check']}\ncrisis: {measured['crisis']}\n\n"
        f"# Measured by {FOLDS}-fold cross-validation on {n['danger']} messages with a danger and {n['hard_negatives']} hard ones without;\n"
        "# messages that tell one story share a fold. The patterns were written by people who had read risk.tsv.\n"
        f"# Kind right, or one with the same people to call: {measured['kind_right']:.3f}. Patterns alone: recall {alone['recall']:.3f},\n"
        f"# crisis answers on hard ones {alone['false_crisis']:.3f}, checks {alone['false_check']:.3f}.\n"
        "#\n#   threshold  recall   with the patterns  false alarms  with the patterns\n" + rows
    )
