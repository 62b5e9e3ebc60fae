"""The compact syntax in which patterns of danger are written, read into token sequences.

    i want to die             these words, in this order
    (die|be dead)             one of these
    [really] want             perhaps this word
    {child}                   one word of a list in words.yml
    ..3                       up to three words in between, none of them a negation, not past the sentence's end

Patterns are matched on the words of `wording.words`: lower case, spelling and text speak put right, no apostrophes
(`dont`, `i am`, `mums`), sentence ends as ".".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

_TERM = re.compile(r"\.\.\d+|\{[a-z_]+\}|[()\[\]|]|[^\s()\[\]|{}]+")


class PatternError(ValueError):
    """A pattern that cannot be read; says which and why."""


@dataclass(frozen=True)
class Slot:
    """One place in a sequence: a choice of words, or a gap."""

    words: frozenset[str]
    """Empty for a gap."""
    gap: int = 0
    """How many other words may stand here."""
    optional: bool = False


Sequence_ = tuple[Slot, ...]


def lines(block: str) -> list[str]:
    """The patterns of a block of a YAML file, one a line; empty lines and lines that begin with # are not patterns."""
    return [line.strip() for line in block.splitlines() if line.strip() and not line.strip().startswith("#")]


def expand(pattern: str, lists: Mapping[str, frozenset[str]]) -> list[Sequence_]:
    """The flat sequences a pattern stands for; PatternError where its syntax or a list's name is wrong."""
    terms = _TERM.findall(pattern)
    try:
        sequences, rest = _alternatives(terms, lists)
    except (KeyError, IndexError) as error:
        raise PatternError(f"{pattern!r}: {error}") from None
    if rest:
        raise PatternError(f"{pattern!r}: {rest[0]!r} closes nothing")
    if any(not any(slot.words and not slot.optional for slot in sequence) for sequence in sequences):
        raise PatternError(f"{pattern!r}: would match without a single word")
    return sequences


def _alternatives(terms: list[str], lists: Mapping[str, frozenset[str]]) -> tuple[list[Sequence_], list[str]]:
    """Sequences up to a closing bracket or the end, and the terms after it."""
    found: list[Sequence_] = []
    current: list[Sequence_] = [()]
    while terms and terms[0] not in ")]":
        term, terms = terms[0], terms[1:]
        if term == "|":
            found, current = found + current, [()]
            continue
        if term in "([":
            inside, terms = _alternatives(terms, lists)
            if not terms or terms[0] != {"(": ")", "[": "]"}[term]:
                raise IndexError(f"{term!r} is never closed")
            terms = terms[1:]
            inside = _merged(inside, optional=term == "[")
        elif term.startswith(".."):
            inside = [(Slot(frozenset(), gap=int(term[2:])),)]
        elif term.startswith("{"):
            inside = [(Slot(lists[term[1:-1]]),)]
        else:
            inside = [(Slot(frozenset([term])),)]
        current = [before + after for before, after in product(current, inside)]
    return found + current, terms


def _merged(alternatives: Iterable[Sequence_], *, optional: bool) -> list[Sequence_]:
    """Single words of one choice become one slot, so that lists do not multiply the sequences."""
    single: set[str] = set()
    longer: list[Sequence_] = []
    for sequence in alternatives:
        if len(sequence) == 1 and sequence[0].words and not sequence[0].optional:
            single |= sequence[0].words
        else:
            longer.append(sequence)
    if single:
        longer.append((Slot(frozenset(single), optional=optional and not longer),))
    if optional and not (len(longer) == 1 and longer[0][0].optional):
        longer.append(())
    return longer
