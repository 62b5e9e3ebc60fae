"""Which language a message is written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

OFFERED = ("pl", "ro", "ur", "pa", "bn", "ar", "uk", "pt", "es", "cy")
"""ISO 639-1 codes of the languages, besides English, that Signpost has fixed texts for."""

SURE = 0.85
"""Below this probability a message in Latin letters is taken as English: misspelt English is far commoner."""
_MIN_WORDS = 3
_ENGLISH_WORDS = frozenset(
    "the is isnt are was my your his her she we they it and of for with what how when why who not have has dont cant "
    "im hes shes ive be been can this that there school help please".split()
)
"""Words that none of the offered languages shares: two of them, or one in a short message, settle it."""
_SCRIPTS = (("؀", "ۿ", "ar"), ("਀", "੿", "pa"), ("ঀ", "৿", "bn"), ("Ѐ", "ӿ", "uk"))
_URDU_LETTERS = set("ٹڈڑںےہھگچپکی")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the message's language; "en" where it is English or too short to tell."""
    letters = [c for c in text if c.isalpha()]
    for first, last, code in _SCRIPTS:
        if letters and sum(first <= c <= last for c in letters) > len(letters) / 2:
            return "ur" if code == "ar" and _URDU_LETTERS & set(text) else code
    words = text.lower().replace("'", "").split()
    english = sum(word.strip(".,!?") in _ENGLISH_WORDS for word in words)
    if len(words) < _MIN_WORDS or english > 1 or (english and len(words) < 8):
        return "en"
    surest = _detector().compute_language_confidence_values(text)[0]
    return surest.language.iso_code_639_1.name.lower() if surest.value >= SURE else "en"


@lru_cache(maxsize=1)
def _detector() -> Any:
    from lingua import Language, LanguageDetectorBuilder

    latin = (Language.ENGLISH, Language.POLISH, Language.ROMANIAN, Language.PORTUGUESE, Language.SPANISH, Language.WELSH)
    return LanguageDetectorBuilder.from_languages(*latin).with_low_accuracy_mode().build()
