"""How well needs and intents are heard, measured on voices that nothing was learnt from (`signpost evaluate understanding`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.understanding.intents import IntentHead, settle
from bot.understanding.understand import Understander

HELD_BACK = Path(__file__).parents[2] / "nlu_data" / "heldback"
DRAWS = 1000  # of the bootstrap
MOST_CONFUSED = 8


def report(understander: Understander, intents: IntentHead) -> str:
    """The tables in Markdown: needs with 95 % intervals and the confusions that hurt most, then intents."""
    return "\n\n".join([_needs_table(understander), _intents_table(understander, intents)])


def _needs_table(understander: Understander) -> str:
    rows = _lines(HELD_BACK / "needs.tsv")
    truth = [set(label.split(",")) for _, label in rows]
    heard = [understander.understand(text) for text, _ in rows]
    first = np.array([it.ranked_needs[0].code in codes for it, codes in zip(heard, truth, strict=True)], float)
    in_three = [[code in {n.code for n in it.ranked_needs[:3]} for code in codes] for it, codes in zip(heard, truth, strict=True)]
    said = [{need.code for need in it.needs} for it in heard]
    counts = np.array([[len(s & t), len(s), len(t)] for s, t in zip(said, truth, strict=True)], float)
    recalled = np.array([[sum(found), len(found)] for found in in_three], float)
    wrong = Counter(
        (sorted(codes)[0], it.ranked_needs[0].code)
        for it, codes in zip(heard, truth, strict=True)
        if it.ranked_needs[0].code not in codes
    )
    lines = [
        f"### Needs, {len(rows)} held-back messages",
        "",
        "| measure | value | 95 % interval |",
        "|---|---|---|",
        _row("the first guess is one of the needs", first, lambda sample: sample.mean()),
        _row("needs recalled in the first three", recalled, lambda sample: sample[:, 0].sum() / sample[:, 1].sum()),
        _row("micro-F1 at the shipped threshold", counts, lambda s: 2 * s[:, 0].sum() / (s[:, 1].sum() + s[:, 2].sum())),
        "",
        "Most confused (meant → heard): " + "; ".join(f"{a} → {b} ({n})" for (a, b), n in wrong.most_common(MOST_CONFUSED)),
    ]
    return "\n".join(lines)


def _intents_table(understander: Understander, intents: IntentHead) -> str:
    rows = _lines(HELD_BACK / "intents.tsv")[1:]
    right = []
    for text, intent in rows:
        understood = understander.understand(text)
        assert understood.vector is not None  # noqa: S101 (the local encoder is always there)
        needs = understood.as_dict()["needs"]
        right.append(settle(intents.ranked(understood.vector), needs)[0] == intent)
    table = ["| measure | value | 95 % interval |", "|---|---|---|"]
    row = _row("intent right", np.array(right, float), lambda sample: sample.mean())
    return "\n".join([f"### Intents, {len(rows)} held-back messages", "", *table, row])


def _row(name: str, per_message: np.ndarray, measure: object) -> str:
    draw = np.random.default_rng(3)
    size = len(per_message)
    samples = [measure(per_message[draw.integers(0, size, size)]) for _ in range(DRAWS)]  # type: ignore[operator]
    low, high = np.percentile(samples, [2.5, 97.5])
    return f"| {name} | {measure(per_message):.3f} | {low:.3f} to {high:.3f} |"  # type: ignore[operator]


def _lines(file: Path) -> Sequence[tuple[str, str]]:
    return [tuple(line.split("\t")) for line in file.read_text(encoding="utf-8").splitlines()]  # type: ignore[misc]
