"""What the adapter is shown at each step: messages to be drawn to a text, messages to be judged for danger, and turns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from directory.adapter.examples import Example, sentences

ASKING, JUDGED, TURNS = 28, 36, 12  # of a batch: messages drawn to a text, those for danger and its absence, and turns
ANOTHER_MESSAGE = 0.15  # how often a message is drawn to another message instead of a service
CHIEF = 0.8  # how often to a text of its chief need
ONE_SENTENCE = 0.3  # how often to one sentence of it


class Answer(NamedTuple):
    """The text that a message is drawn to, and whose needs it has."""

    example: Example
    text: str


@dataclass(frozen=True)
class Batch:
    """One step's examples."""

    asking: list[Example]
    """Messages with a need."""
    answers: list[Answer]
    """One for each of them."""
    judged: list[Example]
    """More messages, of danger or known to hold none, or known to hold no need."""
    turns: list[Example]
    """Turns of conversations, with what each is for."""

    def must_not_part(self) -> list[list[bool]]:
        """(asking, answers): which pairs share a need though they were not drawn together."""
        return [
            [row != column and bool(set(one.needs) & set(answer.example.needs)) for column, answer in enumerate(self.answers)]
            for row, one in enumerate(self.asking)
        ]


def batches(asking: list[Example], judged: list[Example], turns: list[Example], told: list[Example]) -> Iterator[Batch]:
    """Endless batches; each message comes once before any comes again."""
    find = _Answers(asking, told)
    first, second, third = _endless(asking, ASKING), _endless(judged, JUDGED), _endless(turns, TURNS)
    while True:
        some = next(first)
        yield Batch(some, [find.answer(one) for one in some], next(second), next(third))


def _endless(examples: list[Example], size: int) -> Iterator[list[Example]]:
    waiting: list[Example] = []
    while True:
        if len(waiting) < size:
            waiting += random.sample(examples, len(examples))
        yield waiting[:size]
        waiting = waiting[size:]


class _Answers:
    """Finds a text that answers a message: its own listing, else one about its need; sometimes another message."""

    def __init__(self, asking: list[Example], told: list[Example]) -> None:
        self._by_need: dict[str, list[Example]] = {}
        for one in told:
            for rank, code in enumerate(one.needs[:2]):
                self._by_need.setdefault(code, []).extend([one] * (2 - rank))
        self._by_name = {one.group: one for one in told}
        self._spoken: dict[str, list[Example]] = {}
        for one in asking:
            if one.needs:
                self._spoken.setdefault(one.needs[0], []).append(one)

    def answer(self, one: Example) -> Answer:
        if one.answers:
            return Answer(self._by_name[one.answers], self._by_name[one.answers].text)
        code = one.needs[0] if random.random() < CHIEF else random.choice(one.needs)
        if random.random() < ANOTHER_MESSAGE:
            other = random.choice(self._spoken.get(code) or [one])
            return Answer(other, other.text)
        found = random.choice(self._by_need[code])
        parts = list(sentences(found))
        return Answer(found, random.choice(parts) if parts and random.random() < ONE_SENTENCE else found.text)
