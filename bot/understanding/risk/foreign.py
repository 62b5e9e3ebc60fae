"""Layer three: danger in the ten other languages that families write, which the encoder does not read.

The phrases of `languages/*.yml` are looked for word by word, with endings left open, and by the character n-grams they
share with a message; a likeness without the words is unsure, so it is answered with a check.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path

from bot.understanding.risk.kinds import HERE, Response
from bot.understanding.risk.syntax import lines
from directory.files import read_yaml

LIKE = 0.72
"""Share of a phrase's n-grams, weighted by rarity, that makes a likeness; measured with tests/understanding/risk."""
_SHORT = 2  # a phrase of so few words must stand together
_WINDOW = 14
_SPLIT = re.compile(r"[.!?;\n…।؟،,]+")
# fmt: off
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ک": "ك", "ـ": "",
                          "ł": "l", "ı": "i",
                          "ё": "е", "’": "'", "ʼ": "'"})
# fmt: on
_INDIC = range(0x0900, 0x0E00)


@dataclass(frozen=True)
class Phrase:
    """One line of a language's file."""

    language: str
    kind: str
    """Empty for an everyday phrase."""
    response: Response
    immediate: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """A phrase found in a message."""

    phrase: Phrase
    response: Response
    likeness: float
    """1.0 where its words were found."""


def folded(text: str) -> str:
    """Lower case, no accents, one form for letters that are written in several, no doubled letters."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    kept = [c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c) or ord(c) in _INDIC]
    text = unicodedata.normalize("NFC", "".join(kept))
    return re.sub(r"([a-z])\1+", r"\1", text.replace("ee", "i").replace("oo", "u"))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, in any script."""
    return tuple(_WORD_ANY.findall(folded(text)))


_WORD_ANY = re.compile(r"(?:\w|[\u0900-\u0dff])+")


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """All phrases of all languages."""
    return tuple(phrase for path in sorted((HERE / "languages").glob("*.yml")) for phrase in _of(path))


def _of(path: Path) -> Iterator[Phrase]:
    for kind, block in read_yaml(path).items():
        for line in lines(block):
            mark, text = (line[0], line[2:]) if line[:2] in ("! ", "? ") else ("", line)
            yield Phrase(
                path.stem, "" if kind == "everyday" else kind, "check" if mark == "?" else "crisis", mark == "!", words_of(text)
            )


def listen(text: str) -> Iterator[Heard]:
    """The danger phrases of a message, those found word by word first; none that an everyday phrase explains better."""
    index = _index()
    for segment in _segments(text):
        grams = _grams(segment)
        shared: dict[int, float] = defaultdict(float)
        for gram in grams:
            for number in index.by_gram.get(gram, ()):
                shared[number] += index.weight[gram]
        near = {n: total / index.total[n] for n, total in shared.items() if total >= 0.5 * index.total[n]}
        everyday = [n for n in near if not index.phrases[n].kind]
        best_everyday = max((near[n] for n in everyday), default=0.0)
        for number, likeness in near.items():
            phrase = index.phrases[number]
            if not phrase.kind:
                continue
            if _stands_in(phrase.words, segment):
                if not any(_explains(index.phrases[n], phrase, segment) for n in everyday):
                    yield Heard(phrase, phrase.response, 1.0)
            elif likeness >= LIKE and likeness > best_everyday and _long_enough(phrase):
                yield Heard(phrase, "check", likeness)


def _long_enough(phrase: Phrase) -> bool:
    """A likeness says something only of a phrase with several words that are words."""
    return sum(len(word) > _SHORT for word in phrase.words) > _SHORT


def _explains(everyday: Phrase, danger: Phrase, segment: tuple[str, ...]) -> bool:
    """Whether an everyday phrase that holds the danger phrase's words stands in the segment."""
    held = all(any(_same(word, other) for other in everyday.words) for word in danger.words)
    return held and _stands_in(everyday.words, segment)


def _segments(text: str) -> Iterator[tuple[str, ...]]:
    for part in _SPLIT.split(text):
        words = words_of(part)
        for start in range(0, max(1, len(words) - _WINDOW // 2), _WINDOW // 2):
            if segment := words[start : start + _WINDOW]:
                yield segment


def _stands_in(phrase: tuple[str, ...], segment: tuple[str, ...]) -> bool:
    """Whether the phrase's words stand in the segment in order, up to two others between each."""
    gap = 0 if len(phrase) <= _SHORT else 2
    for start, word in enumerate(segment):
        if not _same(phrase[0], word):
            continue
        at = start
        for wanted in phrase[1:]:
            at = next((i for i in range(at + 1, min(at + 2 + gap, len(segment))) if _same(wanted, segment[i])), -1)
            if at < 0:
                break
        else:
            return True
    return False


@lru_cache(maxsize=65536)
def _same(wanted: str, word: str) -> bool:
    """The same word, or one that differs only in its ending."""
    if wanted == word:
        return True
    stem = max(4, len(wanted) - 2)
    return len(wanted) >= 5 and abs(len(wanted) - len(word)) <= 2 and wanted[:stem] == word[:stem]


def _grams(words: tuple[str, ...]) -> set[str]:
    padded = [f" {word} " for word in words]
    return {word[i : i + 3] for word in padded for i in range(len(word) - 2)}


@dataclass(frozen=True)
class _Index:
    phrases: tuple[Phrase, ...]
    by_gram: dict[str, list[int]]
    weight: dict[str, float]
    total: list[float]


@lru_cache(maxsize=1)
def _index() -> _Index:
    known = phrases()
    by_gram: dict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(known):
        for gram in _grams(phrase.words):
            by_gram[gram].append(number)
    weight = {gram: log(1 + len(known) / len(numbers)) for gram, numbers in by_gram.items()}
    total = [sum(weight[gram] for gram in _grams(phrase.words)) for phrase in known]
    return _Index(known, dict(by_gram), weight, total)
