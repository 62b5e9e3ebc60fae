"""Writes the words that families use, with the number of messages that hold each (`signpost fit`, before all else)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.adapter.examples import Example, dangers, messages, turns
from directory.english import dictionary
from directory.spelling import LONGEST, VOCABULARY, read_again, typed_words

LEAST = 2
"""Messages that hold an English word."""
VOICES = 4
"""Voices that use a word which no dictionary has: lecky, mam, camhs."""
LONG_ENOUGH, MORE_USUAL = 5, 10
"""Letters of a word that may be a common misspelling, and how much more usual the word meant is."""


def fit_vocabulary(names: Iterable[str]) -> dict[str, float]:
    """Count the words of the messages that are learnt from, and write those that are words; `names` are of people and places.

    A name stands for itself, and no other word for it.
    """
    parts = {word: 0 for name in names for word in typed_words(name)}
    counts = parts | vocabulary([*messages(), *dangers(), *turns()])
    VOCABULARY.write_text("".join(f"{word}\t{count}\n" for word, count in sorted(counts.items())), encoding="utf-8")
    read_again()
    return {"words": float(len(counts))}


def vocabulary(told: Iterable[Example]) -> dict[str, int]:
    """The messages that hold each word: those of a dictionary, and those that several voices use."""
    counts: Counter[str] = Counter()
    voices: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for word in {word for word in typed_words(one.text) if word.replace("'", "").isalpha()}:
            counts[word] += 1
            voices[word].add(one.group)
    english = {word: count for word, count in counts.items() if count >= LEAST and word.replace("'", "") in dictionary()}
    ours = {word: counts[word] for word, some in voices.items() if len(some) >= VOICES and word not in english}
    slips = {word for word, count in ours.items() if _is_a_slip(word, count, english)}
    return english | {word: count for word, count in ours.items() if word not in slips and len(word) <= LONGEST}


def _is_a_slip(word: str, count: int, english: Mapping[str, int]) -> bool:
    """Whether a word that voices share is a common misspelling: "neice", "libary"."""
    if len(word) < LONG_ENOUGH or word.removesuffix("s") in english:
        return False
    near = process.extract(word, list(english), scorer=OSA.distance, score_cutoff=1, limit=None)
    if any(one.replace("'", "") == word for one, _, _ in near):
        return False
    return any(english[one] >= MORE_USUAL * count and one[0] == word[0] for one, _, _ in near)
