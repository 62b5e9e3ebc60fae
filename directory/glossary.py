"""Finds the word somebody asks about: "what is an EHC plan?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from directory.packs import pack
from directory.settings import settings
from directory.strategies import Term

__all__ = ["Term", "find_term"]

LONGEST = 2_000  # characters that are looked at; a question is short

_AFTER = (
    r"(?: (?:please|then|exactly|anyway|again|actually|really|when its at home|in plain english|in english))*"
    r"(?: (?:and|if) .*)?"
)
# {term} is any word of the glossary, {after} what may follow it without changing the question.
_QUESTIONS = (
    r"\bwhat(?:s| is| are|re| was| is meant by| does it mean by)? {term}{after}$",
    r"\b(?:whos|who is) {term}{after}$",
    r"\bwhat (?:do|does|did|would) {term} (?:mean|stand for|do|involve)\b",
    r"\b(?:explain|define|meaning of|tell me about) {term}{after}$",
    r"\bwhat {term} (?:is|are|means|mean|stands for)\b",
    r"^{term} (?:what(?:s| is| does) (?:that|it|this)\b.*|meaning)$",
)


def find_term(text: str, council: str | None = None) -> Term | None:
    """The glossary's word that `text` asks the meaning of; None where it asks for nothing of the kind.

    A message that only uses the word ("he has an EHC plan", "we need early help") asks for no meaning. `council`: whose
    words (default: the settings').
    """
    council = council or settings().council
    names, questions = _names(council), _questions(council)
    for sentence in re.findall(r"[^.?!;\n]+\??", text[:LONGEST]):
        said = _plain(sentence)
        if sentence.endswith("?") and (alone := names.get(said)):
            return alone
        for question in questions:
            if found := question.search(said):
                return names[found["term"]]
    return None


@lru_cache(maxsize=8)
def _names(council: str) -> Mapping[str, Term]:
    """Every name of every term, plainly written, and its plural."""
    found: dict[str, Term] = {}
    for term in pack(council).glossary:
        for name in (term.term, *term.also):
            found.setdefault(_plain(name), term)
            found.setdefault(f"{_plain(name)}s", term)
    return found


@lru_cache(maxsize=8)
def _questions(council: str) -> tuple[re.Pattern[str], ...]:
    names = "|".join(re.escape(name) for name in sorted(_names(council), key=len, reverse=True))
    term = rf"(?:(?:an?|the|this|these|our|your|their|all this) )?(?P<term>{names})"
    return tuple(re.compile(shape.replace("{term}", term).replace("{after}", _AFTER)) for shape in _QUESTIONS)


def _plain(text: str) -> str:
    """Lower case, no apostrophes, anything else but letters and digits a space."""
    without = re.sub(r"['’]", "", text.casefold())
    return " ".join(re.sub(r"[^a-z0-9]", " ", without).split())
