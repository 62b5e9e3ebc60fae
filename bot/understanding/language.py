"""Which language a message is written in: English, unless words or letters of another one give it away."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.understanding.rules import words
from directory.languages import languages

ENGLISH = "en"
OFFERED = tuple(languages())
"""Codes of the languages, besides English, that Signpost has fixed texts for."""

SURE = 0.85
"""Below this probability the detector's word for a language does not stand by itself."""
_CLEARLY = 2
"""By how many words a language must lead English where the detector is not sure of it."""
_LAST_LATIN = "ʯ"
"""A message that is mostly in letters beyond this one is in another script (Vietnamese has some, never most)."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_UNFOLDED = str.maketrans({"ł": "l", "ı": "i", "đ": "d", "ß": "ss", "ø": "o", "'": "", "’": ""})
_TOLD_APART = ("ENGLISH POLISH ROMANIAN PORTUGUESE SPANISH WELSH FRENCH ITALIAN GERMAN SOMALI ALBANIAN TURKISH HUNGARIAN LITHUANIAN "
          "CZECH SLOVAK VIETNAMESE UKRAINIAN RUSSIAN").split()  # fmt: skip


@dataclass(frozen=True)
class _Signs:
    """What gives a language away (words/language.yml), made ready to look up."""

    english: frozenset[str]
    codes: tuple[str, ...]
    """Where two are shown as often, the first is meant."""
    of_word: Mapping[str, frozenset[str]]
    """The languages that have a word, folded."""
    of_letter: Mapping[str, frozenset[str]]
    """The languages that a letter tells of."""
    scripts: tuple[tuple[str, str, str], ...]
    """First letter, last letter, code."""
    arabic: tuple[tuple[str, frozenset[str]], ...]
    cyrillic: tuple[tuple[str, frozenset[str]], ...]

    def shown_by(self, word: str, plain: str, alone: bool) -> frozenset[str]:
        """The languages that a word (and its folded form) shows; a letter in a word alone may be that of a name."""
        by_word = self.of_word.get(plain, frozenset())
        if alone or word.isascii():
            return by_word
        return by_word.union(*(self.of_letter.get(letter, ()) for letter in set(word)))


def language_of(text: str) -> str:
    """The BCP 47 code of the message's language; "en" where it is English or cannot be told.

    ISO 639 where there is one; what is often written in Latin letters instead of its own has "-Latn" ("ur-Latn").
    """
    letters = [letter for letter in text.lower() if letter.isalpha()]
    if sum(letter > _LAST_LATIN for letter in letters) > len(letters) / 2:
        return _by_script(text, letters)
    return _by_words(text)


def _by_script(text: str, letters: list[str]) -> str:
    signs, seen = _signs(), set(letters)
    ranges = (("Ѐ", "ӿ", "cyrillic"), ("؀", "ۿ", "arabic"), *signs.scripts)
    found = Counter(code for letter in letters for first, last, code in ranges if first <= letter <= last)
    code = found.most_common(1)[0][0] if found else ENGLISH
    if code == "cyrillic":
        guess, sure = _surest(text)
        return _by_letters(signs.cyrillic, seen) or (guess if sure >= SURE else "uk")
    if code == "arabic":
        return _by_letters(signs.arabic, seen) or "ar"
    return "ja" if "ja" in found else code  # Japanese writes Chinese letters too


def _by_letters(among: tuple[tuple[str, frozenset[str]], ...], seen: set[str]) -> str | None:
    return next((code for code, own in among if own & seen), None)


def _by_words(text: str) -> str:
    signs = _signs()
    said = [(word, folded(word)) for word in _WORD.findall(text.lower())]
    english = sum(plain in signs.english for _, plain in said)
    count = Counter(code for word in said for code in signs.shown_by(*word, alone=len(said) == 1))
    told = {code: count[code] for code in signs.codes if count[code] > english}
    most = max(told.values(), default=0)
    likely = [code for code, n in told.items() if 2 * n > most]
    if not likely:
        return ENGLISH
    surest, sure = _surest(text)
    if surest in likely and sure >= SURE:
        return surest
    first = max(likely, key=lambda it: told[it])
    return first if most - english >= _CLEARLY else ENGLISH


def _surest(text: str) -> tuple[str, float]:
    """The detector's first guess and its probability."""
    first = _detector().compute_language_confidence_values(text)[0]
    return first.language.iso_code_639_1.name.lower(), first.value


def folded(word: str) -> str:
    """A word in lower case without accents or apostrophes, as words/language.yml has it."""
    parted = unicodedata.normalize("NFD", word.lower().translate(_UNFOLDED))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    content = words("language.yml")
    own = {code: listed.split() for code, listed in content["words"].items()}
    return _Signs(
        english=frozenset(content["english"].split()),
        codes=tuple(own),
        of_word=_languages_of(own),
        of_letter=_languages_of({code: content["letters"].get(code, "") for code in own}),
        scripts=tuple((first, last, code) for code, (first, last) in content["scripts"].items()),
        arabic=tuple((code, frozenset(letters)) for code, letters in content["arabic"].items()),
        cyrillic=tuple((code, frozenset(letters)) for code, letters in content["cyrillic"].items()),
    )


def _languages_of(signs: Mapping[str, Iterable[str]]) -> Mapping[str, frozenset[str]]:
    """Each sign with the languages that have it, from the signs of each language."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, own in signs.items():
        for sign in own:
            found[sign].add(code)
    return {sign: frozenset(codes) for sign, codes in found.items()}


@lru_cache(maxsize=1)
def _detector() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    among = (getattr(Language, name) for name in _TOLD_APART)
    return LanguageDetectorBuilder.from_languages(*among).with_low_accuracy_mode().build()
