"""Exact names: which services a message names ("Home-Start", "the Bump Club", "camhs"), and acronyms in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from directory.files import DATA, read_yaml

LONGEST_NAME = 8  # words
WRITTEN_AS_ONE = 7  # letters from which "homestart" is taken for Home-Start
LONE = 4  # letters that a name of one word has at least


@dataclass
class Names:
    """The services by what they and their organisations are called; filled once, then only asked."""

    _by_name: dict[str, list[int]] = field(default_factory=dict)
    """Plain names of several words (also written as one), well-known names and acronyms."""
    _lone: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """Names of one word, with how they are written."""

    def add(self, number: int, name: str, organisation: str) -> None:
        """Service `number` has this name and organisation."""
        for one in {name, organisation}:
            words = plain(one)
            if " " in words:
                self._put(words, number)
            elif len(words) >= LONE:
                self._lone.setdefault(words, []).append((number, one))
            padded = f" {words} "
            for brand in _brands():
                if f" {brand} " in padded:
                    self._put(brand, number)
            for short, full in _short().items():
                if f" {short} " in padded or f" {full} " in padded:
                    self._put(short, number)

    def in_message(self, text: str) -> set[int]:
        """The services that the message names."""
        words = plain(text).split()
        found: set[int] = set()
        for length in range(1, LONGEST_NAME + 1):
            for start in range(len(words) - length + 1):
                said = " ".join(words[start : start + length])
                if said in self._by_name and not (said in _ambiguous() and not _written_as_name(said, text)):
                    found.update(self._by_name[said])
        for word in set(words) & self._lone.keys():
            # One word alone (Mind, Contact, Beat) is a name only when it is written as one.
            found.update(number for number, written in self._lone[word] if _written_as_name(written, text))
        return found

    def _put(self, words: str, number: int) -> None:
        self._by_name.setdefault(words, []).append(number)
        as_one = words.replace(" ", "")
        if as_one != words and len(as_one) >= WRITTEN_AS_ONE:
            self._by_name.setdefault(as_one, []).append(number)


def in_full(text: str) -> str:
    """The message with its acronyms' meanings after it; as it was where it has none."""
    words = plain(text).split()
    table = _data()["short"]
    said = [str(table[word]) for word in dict.fromkeys(words) if word in table and _is_acronym(word, text)]
    return f"{text} ({'; '.join(said)})" if said else text


def plain(text: str) -> str:
    """Lower case, letters and digits only, one space between words."""
    return _plain(text)


@lru_cache(maxsize=100_000)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("'", "").replace("’", "")).split())


def forget_texts() -> None:
    """Empty the cache of plain texts, in which whole messages lie."""
    _plain.cache_clear()


def _is_acronym(word: str, text: str) -> bool:
    """Some are also words ("send", "add", "salt"): then they count in capitals only."""
    return word not in _also_words() or re.search(rf"\b{word.upper()}\b", text) is not None


def _written_as_name(name: str, text: str) -> bool:
    capital = name if name != name.lower() else name.capitalize()
    return bool(re.search(rf"(?<![.!?] )(?<!^)\b{re.escape(capital)}\b", text))


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(DATA / "names.yml")
    return found


@lru_cache(maxsize=1)
def _brands() -> tuple[str, ...]:
    return tuple(_plain(brand) for brand in _data()["brands"])


@lru_cache(maxsize=1)
def _short() -> Mapping[str, str]:
    return {short: _plain(full) for short, full in _data()["short"].items() if short not in _also_words()}


@lru_cache(maxsize=1)
def _ambiguous() -> frozenset[str]:
    return frozenset({"mind", "relate", "contact", "beat", "refuge", "shelter", "kinship", "brook", "sands", "pandas", "portage"})


@lru_cache(maxsize=1)
def _also_words() -> frozenset[str]:
    return frozenset({"send", "add", "salt", "odd", "da", "lac", "mash"})
