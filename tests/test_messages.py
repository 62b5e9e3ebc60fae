"""The messages everything is learnt from: labelled with what exists, and no two nearly the same."""

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from directory.contacts import DANGERS
from directory.needs import needs

DATA = Path(__file__).parents[1] / "nlu_data"
NEEDS = [DATA / "messages" / "needs.tsv", *sorted((DATA / "messages" / "needs").glob("*.tsv"))]
HELD_BACK = [DATA / half / "needs.tsv" for half in ("heldback", "dev")]
MEASURED = [DATA / half / f"{name}.tsv" for half in ("heldback", "dev") for name in ("needs", "noneed", "risk", "norisk")]
RISK = [DATA / "messages" / "risk.tsv", *sorted((DATA / "messages" / "risk").glob("*.tsv"))]
NO_RISK = [DATA / "messages" / "norisk.tsv", *sorted((DATA / "messages" / "norisk").glob("*.tsv"))]
TOO_ALIKE = 0.8  # of the words of two messages together
WORDS_ENOUGH = 4


@cache
def rows(file: Path) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    assert all(len(line) == 2 or (len(line) == 3 and file in MEASURED) for line in lines), file
    return [(text, label) for text, label, *_ in lines]


@pytest.mark.parametrize("file", [*NEEDS, *HELD_BACK], ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_need_that_is_named_exists(file: Path) -> None:
    named = {code for _, label in rows(file) for code in label.split(",")}
    assert named <= set(needs())


@pytest.mark.parametrize("file", RISK, ids=lambda file: file.name)
def test_every_danger_that_is_named_exists(file: Path) -> None:
    assert {label for _, label in rows(file)} <= set(DANGERS)


def test_every_need_is_told_in_many_ways() -> None:
    first = [label.split(",")[0] for file in NEEDS for _, label in rows(file)]
    assert min(first.count(code) for code in needs()) >= 120


def test_many_messages_hold_several_needs() -> None:
    labels = [label for file in NEEDS for _, label in rows(file)]
    assert sum("," in label for label in labels) / len(labels) >= 0.2


def test_no_two_messages_are_nearly_the_same() -> None:
    texts = [text for file in [*NEEDS, *RISK, *NO_RISK, *(file for file in MEASURED if file.exists())] for text, _ in rows(file)]
    bags = [frozenset(re.findall(r"\w+", text.lower())) for text in texts]
    common = Counter(word for bag in bags for word in bag)
    # Two messages that share so many words share one of their rarest: only those need comparing.
    seen_with: dict[str, list[int]] = defaultdict(list)
    alike = []
    for number, bag in enumerate(bags):
        if len(bag) < WORDS_ENOUGH:
            continue
        rarest = sorted(bag, key=lambda word: (common[word], word))[: int(len(bag) * (1 - TOO_ALIKE)) + 1]
        for other in {other for word in rarest for other in seen_with[word]}:
            if len(bag & bags[other]) / len(bag | bags[other]) > TOO_ALIKE:
                alike.append((texts[other], texts[number]))
        for word in rarest:
            seen_with[word].append(number)
    assert not alike
