"""The spaCy document of a message: tokens, sentences, and the clauses each need is looked for in."""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from directory.english import dictionary

MAX_CLAUSES = 8
"""A message is cut into at most this many clauses; what is left stays with the last one."""

_AND = r"(?:\b(?:and|an|n|nd)|&)\s+(?:i|im|i['’]m|ive|i['’]ve|we|were|we['’]re|weve|we['’]ve|my|our)\b"
"""Where somebody goes on with "and" and speaks of themselves, another matter may begin."""
_BREAKS = re.compile(rf"(?:[.!?;\n…]+|,?\s+\b(?:and also|also|plus|but|so)\b|,\s*(?=and\b)|\s+-\s+|,|\s+(?={_AND}))\s*", re.I)
_MIN_WORDS = 3
_ADDS = re.compile(
    rf"\w.*{_AND}\s+\w|\w.*\b(?:also|plus|another thing|on top of (?:that|it|this|everything)|as well as (?:that|this))\b[\s,:-]+\w"
    r"|\w.*[,.;]\s*(?:i|we)\s+(?:really\s+|just\s+)?(?:need|cant|can['’]t)\s+\w",
    re.I | re.S,
)


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """Our own assembled English pipeline: tokeniser and sentence boundaries, no downloaded model."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def read(text: str) -> Doc:
    """The spaCy document of a message."""
    return pipeline()(text)


def is_english(word: str) -> bool:
    """Whether an English dictionary has the word; what it lacks may be a name."""
    low = word.lower()
    return low in dictionary() or low in pipeline().Defaults.stop_words


def adds(text: str) -> bool:
    """Whether a message may add one matter to another: "no food in, also my lad got suspended", "… and im behind with the rent"."""
    return bool(_ADDS.search(text))


def clauses(text: str) -> list[str]:
    """The parts of a message that may each hold a need, in order; at most MAX_CLAUSES, empty for a short message.

    A part of fewer than three words says too little alone and is joined to the one before it.
    """
    parts: list[str] = []
    for piece in (p.strip() for p in _BREAKS.split(text)):
        if not piece:
            continue
        if parts and (len(piece.split()) < _MIN_WORDS or len(parts) == MAX_CLAUSES):
            parts[-1] = f"{parts[-1]}, {piece}"
        else:
            parts.append(piece)
    return parts if len(parts) > 1 else []
