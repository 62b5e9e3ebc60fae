"""Words as people type them, put right where they are no words: "scool", "evicshun", "bitin evry1", "dontknow".

Somebody who spells badly must be heard as well as anybody else. What is put right is only ever heard by the classifiers (and a
number's name, for an age): nobody is shown it; places, names and the patterns of danger are looked for in what was typed.

A word that a dictionary or our own messages know is left alone; of the words that families use (`data/vocabulary.txt`, which
`signpost fit` writes) the nearest in letters and in sound stands for one that nothing knows.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jellyfish import metaphone
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.english import dictionary
from directory.files import DATA, read_yaml

VOCABULARY = DATA / "vocabulary.txt"
SHORTEST = 4
"""Letters of a word that may be misspelt; a shorter one is near too many."""
LONG = 6
"""Letters from which two may be wrong."""
SOUND, USUAL = 0.25, 0.25
"""What the same sound, and ten times as many messages, weigh against a letter in six: of words misspelt by a program with the habits
of bad spellers these bring back 0.885, letters alone 0.80."""
BY_SOUND = 3
"""Letters that may be wrong in a word that sounds the same, and never more than half of them."""
OFTEN = 3
"""A word of fewer messages than this stands for no other."""
PIECE = 20
"""Messages that hold each of two words which were written as one."""
LONGEST = 24
"""Letters; a longer string is no word."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SAME_SOUND = str.maketrans({"0": "F", "X": "K", "J": "K"})
"""For the letters of a metaphone: thinking as "finking", school as "skool"."""


def put_right(text: str) -> str:
    """The text with its misspelt words put right; as it is where there are none.

    >>> put_right("nursry sed he is bitin evry1 and i cant slep")
    'nursery said he is biting everyone and i cant sleep'
    """
    return _WORD.sub(lambda found: _right(found[0], text, found.start()), text)


def typed_words(text: str) -> list[str]:
    """The words of a text in small letters, as typed."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def right_word(word: str) -> str:
    """What a word in small letters stands for; itself, where it is a word or is near none."""
    if word in _written():
        return _written()[word]
    if not SHORTEST <= len(word) <= LONGEST or not word.replace("'", "").isalpha() or known(word):
        return word
    return _spelt(word)


def forget_words() -> None:
    """Forget every word that was put right: somebody has asked for what they wrote to be gone."""
    _spelt.cache_clear()


def read_again() -> None:
    """Read the vocabulary again once it was written anew."""
    _vocabulary.cache_clear()
    _spelt.cache_clear()


def _begins(text: str, at: int) -> bool:
    """Whether a word begins a sentence: telephones give it its capital."""
    before = text[:at].rstrip(" \"'(")
    return not before or before[-1] in ".!?…\n"


def _right(word: str, text: str, at: int) -> str:
    """Names, most likely, and abbreviations stay: a capital inside a sentence that is not all of capitals."""
    low = word.lower().replace("’", "'")
    right = right_word(low)
    if right == low:
        return word
    if word[0].isupper() and not text.isupper() and ((word.isupper() and len(word) > 1) or not _begins(text, at)):
        return word
    return right


@dataclass(frozen=True)
class _Vocabulary:
    counts: Mapping[str, int]
    """Messages that hold each word."""
    typed: frozenset[str]
    """The words and names, also as they are typed without apostrophes: they stand for themselves."""
    by_start: Mapping[str, tuple[str, ...]]
    """The words that may stand for others, by first letter."""
    by_sound: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    lines = (line.split("\t") for line in VOCABULARY.read_text(encoding="utf-8").splitlines())
    counts = {word: int(count) for word, count in lines}
    by_start, by_sound = defaultdict(list), defaultdict(list)
    for word, count in counts.items():
        if count >= OFTEN and len(word) >= SHORTEST and "'" not in word:
            by_start[word[0]].append(word)
            by_sound[_sound(word)].append(word)
    return _Vocabulary(
        counts,
        frozenset([*counts, *(word.replace("'", "") for word in counts)]),
        {start: tuple(some) for start, some in by_start.items()},
        {sound: tuple(some) for sound, some in by_sound.items()},
    )


def _sound(word: str) -> str:
    return metaphone(word).translate(_SAME_SOUND)


@lru_cache(maxsize=1)
def _written() -> Mapping[str, str]:
    """Text speak and what is said for it."""
    return {str(short): str(long) for short, long in read_yaml(DATA / "spelling.yml").items()}


def known(word: str) -> bool:
    """Whether a word in small letters is one: of the dictionary, or of our messages."""
    plain = word.replace("'", "")
    return plain in _vocabulary().typed or plain in dictionary()


@lru_cache(maxsize=20_000)
def _spelt(word: str) -> str:
    return _nearest(word) or _in_two(word) or word


def _nearest(word: str) -> str | None:
    """The word most likely meant: near in letters for its length, of the same sound, usual."""
    ours = _vocabulary()
    same_sound = frozenset(ours.by_sound.get(_sound(word), ()))
    allowed = 2 if len(word) >= LONG else 1
    close = process.extract(word, ours.by_start.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed, limit=None)
    distance = {near: int(apart) for near, apart, _ in close}
    by_sound = min(BY_SOUND, len(word) // 2)
    distance |= {near: apart for near in same_sound if (apart := OSA.distance(word, near)) <= by_sound}

    def unlikely(near: str) -> float:
        of_letters = distance[near] * LONG / max(len(word), len(near))
        return of_letters - SOUND * (near in same_sound) - USUAL * math.log10(ours.counts[near])

    return min(distance, key=lambda near: (unlikely(near), near), default=None)


def _in_two(word: str) -> str | None:
    """Two usual words that were written as one: "dontknow"."""
    counts = _vocabulary().counts
    cuts = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    usual = [
        (counts.get(a, 0) * counts.get(b, 0), f"{a} {b}") for a, b in cuts if min(counts.get(a, 0), counts.get(b, 0)) >= PIECE
    ]
    return max(usual)[1] if usual else None
