"""The words of a message as patterns know them: spelling, text speak and disguise put right."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.understanding.risk.kinds import HERE
from directory.files import read_yaml

MAX_WORDS = 600
"""A longer message is read in its first and last halves of this many words."""

_APOSTROPHES = str.maketrans({c: "'" for c in "’‘`´ʼ"})
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_PIECE = re.compile(r"[a-zà-ÿ0-9](?:[a-zà-ÿ0-9@$!*']*[a-zà-ÿ0-9])?|[.!?;\n…]+|&")
_POSSESSIVE = re.compile(r"'s$")
_REPEATED = re.compile(r"(.)\1{2,}")
_STARRED = {"r*pe": "rape", "r*ped": "raped", "s*x": "sex", "k*ll": "kill", "d*e": "die", "su*cide": "suicide",
            "c*t": "cut", "ab*se": "abuse", "ab*sed": "abused", "f*ck": "fuck"}  # fmt: skip
_TO_BE = {
    "he's",
    "she's",
    "it's",
    "that's",
    "there's",
    "what's",
    "who's",
    "where's",
    "nobody's",
    "somebody's",
    "someone's",
    "everything's",
}


@lru_cache(maxsize=1)
def _wording() -> tuple[dict[str, list[str]], dict[str, list[tuple[tuple[str, ...], str]]], dict[str, str], frozenset[str]]:
    """Written words, pairs by first word, one-letter misspellings of danger words, and words left alone."""
    data = read_yaml(HERE / "wording.yml")
    single = {str(k): str(v).split() for k, v in data["words"].items()}
    pairs: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for written, meant in data["pairs"].items():
        pairs.setdefault(written.split()[0], []).append((tuple(written.split()), meant))
    for options in pairs.values():
        options.sort(key=lambda option: -len(option[0]))
    near: dict[str, str] = {}
    for word in data["danger_words"]:
        for form in _one_letter_off(word):
            near.setdefault(form, word)
    left_alone = frozenset([*data["ordinary_words"], *data["danger_words"], *single])
    return single, pairs, near, left_alone


def _one_letter_off(word: str) -> set[str]:
    """Swaps of neighbours, missing and doubled letters, never the first one."""
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
    missing = {word[:i] + word[i + 1 :] for i in range(2, len(word) - 1)} if len(word) > 5 else set()
    doubled = {word[:i] + word[i] + word[i:] for i in range(1, len(word))}
    return (swapped | missing | doubled) - {word}


def words(text: str) -> list[str]:
    """The words of a message, sentence ends as ".".

    >>> words("I wanna k1ll myslef!!! Its too muchhh")
    ['i', 'want', 'to', 'kill', 'myself', '.', 'it', 'is', 'too', 'much']
    """
    single, pairs, near, left_alone = _wording()
    raw = [_plain(piece) for piece in _PIECE.findall(unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES))]
    if len(raw) > 2 * MAX_WORDS:
        raw = raw[:MAX_WORDS] + ["."] + raw[-MAX_WORDS:]
    found: list[str] = []
    at = 0
    while at < len(raw):
        word = raw[at]
        meant = next((option for option in pairs.get(word, ()) if tuple(raw[at : at + len(option[0])]) == option[0]), None)
        if meant:
            found += meant[1].split()
            at += len(meant[0])
            continue
        if word == "2" and at and raw[at - 1] != "." and at + 1 < len(raw) and raw[at + 1] in _VERBS:
            word = "to"
        if word not in left_alone and word in near:
            word = near[word]
        found += single.get(word, [word])
        at += 1
    return [word for i, word in enumerate(found) if word != "." or (i and found[i - 1] != "." and i + 1 < len(found))]


_VERBS = frozenset("die kill hurt go be end cut live do run get stop leave sleep tell eat say hide not".split())


@lru_cache(maxsize=4096)
def _plain(piece: str) -> str:
    """One written word without apostrophes, repeated letters, digits and signs for letters."""
    if not any(c.isalnum() for c in piece) and piece != "&":
        return "."
    if "*" in piece:
        piece = _STARRED.get(piece.strip("'!"), piece.replace("*", ""))
    piece = piece.strip("'!@$")
    if piece in _TO_BE:
        return piece.replace("'s", "s")
    piece = _POSSESSIVE.sub("s", piece).replace("'", "")
    if any(c.isalpha() for c in piece) and any(c in "01345@$!7" for c in piece) and not _measure(piece):
        piece = piece.translate(_LEET)
    if _REPEATED.search(piece):
        twice, once = _REPEATED.sub(r"\1\1", piece), _REPEATED.sub(r"\1", piece)
        piece = twice if once[-1:] == twice[-1:] and twice in _DOUBLED else once
    return piece


_DOUBLED = frozenset(
    "kill all will need feel feeling sleep see been seen tell well hell too boo bleed week keep free little".split()
)


@lru_cache(maxsize=512)
def _measure(piece: str) -> bool:
    """A number with a unit or a year group (`14f`, `3am`, `2nd`, `11yo`, `b4`, `2nite`), not a word in disguise."""
    return piece in _wording()[0] or bool(re.fullmatch(r"\d+[a-z]{1,3}|[a-z]\d+", piece))
