"""A book of labelled patterns, looked for in a message all at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from directory.lean import without_heavy_imports

without_heavy_imports()  # spaCy would load torch only to ask which version it is

from spacy.matcher import Matcher  # noqa: E402
from spacy.tokens import Doc  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

from bot.understanding.risk.syntax import Sequence_, Slot, expand  # noqa: E402

Label = TypeVar("Label", bound=Hashable)

NOT = ("not", "no", "never", "dont", "didnt", "doesnt", "isnt", "wasnt", "arent", "wont", "wouldnt", "hasnt", "havent",
       "hadnt", "cant", "couldnt", "nobody", "nothing", "none", "without", "neither", "nor", "aint", "werent")  # fmt: skip
"""Negations: a gap never runs over one."""


@dataclass(frozen=True)
class Found(Generic[Label]):
    """A pattern found: words `start` up to, not including, `end`."""

    label: Label
    start: int
    end: int
    pattern: str


@dataclass
class _Entry(Generic[Label]):
    label: Label
    pattern: str
    sequence: Sequence_
    required: list[frozenset[str]]
    matcher: Matcher | None = None


class Book(Generic[Label]):
    """Patterns by label. A message's words choose the few patterns that can match; only those are run."""

    def __init__(self, patterns: Iterable[tuple[Label, str]], lists: Mapping[str, frozenset[str]]) -> None:
        self._vocab = Vocab()
        self._entries: list[_Entry[Label]] = []
        for label, pattern in patterns:
            for sequence in expand(pattern, lists):
                required = [slot.words for slot in sequence if slot.words and not slot.optional]
                self._entries.append(_Entry(label, pattern, sequence, required))
        common = Counter(word for entry in self._entries for words in entry.required for word in words)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            rarest = min(entry.required, key=lambda words: sum(common[word] for word in words))
            for word in rarest:
                self._by_word[word].append(number)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def vocabulary(self) -> set[str]:
        """Every word that some pattern needs."""
        return {word for entry in self._entries for slot in entry.sequence for word in slot.words}

    def find(self, words: list[str]) -> list[Found[Label]]:
        """All that is found in the words of a message, the longest match of each pattern."""
        present = set(words)
        candidates = {number for word in present for number in self._by_word.get(word, ())}
        doc: Doc | None = None
        found: list[Found[Label]] = []
        for number in sorted(candidates):
            entry = self._entries[number]
            if any(present.isdisjoint(required) for required in entry.required):
                continue
            doc = doc if doc is not None else Doc(self._vocab, words=words)
            for _, start, end in self._matcher(entry)(doc):
                found.append(Found(entry.label, start, end, entry.pattern))
        return found

    def _matcher(self, entry: _Entry[Label]) -> Matcher:
        if entry.matcher is None:
            entry.matcher = Matcher(self._vocab, validate=False)
            entry.matcher.add("m", [[_spacy(slot) for slot in _trimmed(entry.sequence)]], greedy="LONGEST")
        return entry.matcher


def _trimmed(sequence: Sequence_) -> Sequence_:
    while not sequence[-1].words:
        sequence = sequence[:-1]
    while not sequence[0].words:
        sequence = sequence[1:]
    return sequence


def _spacy(slot: Slot) -> dict[str, Any]:
    if slot.gap:
        return {"ORTH": {"NOT_IN": [*NOT, "."]}, "OP": f"{{0,{slot.gap}}}"}
    word: dict[str, Any] = {"ORTH": {"IN": sorted(slot.words)}} if len(slot.words) > 1 else {"ORTH": next(iter(slot.words))}
    return {**word, "OP": "?"} if slot.optional else word
