"""The place of a message: where the family lives or looks for help, as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from bot.understanding.place_cues import Surroundings, surroundings
from bot.understanding.rules import words
from bot.understanding.text import pipeline
from directory.places import TYPO_LENGTH, TYPO_OWN, districts, find_place, pack_places, towns
from directory.settings import settings

_FULL = re.compile(r"\b([A-Za-z]{1,2}\d{1,2}[A-Za-z]?) ?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b")
_DISTRICT = re.compile(r"\b([A-Za-z]{1,2}\d{1,2}[A-Za-z]?)(?: \d(?=\s*(?:$|[.,!?)])))?\b")
_LIKE_A_DISTRICT = re.compile(r"(?:co2|im\d+|d[sd]\d|b\d|a\d|e\d|s\d|m\d+|n\d|g\d|l\d|w\d)$")
_OF_A_ROAD = re.compile(r"\b(?:the|off|along|down|up|junction \d+,?) $", re.IGNORECASE)
_DIRECTION = re.compile(r"\b(?:north|south|east|west|mid|central)[ -]$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_CORRECTED = re.compile(r"\b(?:sorry|i mean|i meant|actually|change it|no,|wrong|correction)\b", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"(?:\b(?:[Ll]iv(?:e|es|ing)|[Mm]oved|[Bb]ased|[Nn]ear|[Nn]r|[Oo]utside|[Ii]'?m|[Ww]e'?re|[Ww]e are|[Ww]e r|[Ii] am"
    r"|[Rr]ound|[Aa]round|[Ss]taying)"
    r"(?: (?:in|to|near|at|round|by|just|outside|over|up|out|here|now))*|\b[Ii]n|[Ii]'?m from|[Ww]e'?re from) "
    r"(?P<name>[A-Z][a-z]{2,}(?:[ -](?:(?:(?:in|on|under|le|upon|of|by|super)(?:[ -]the)?|the)[ -])?[A-Z][a-z]+){0,3}|[a-z]{4,})\b"
)
_ENDS_THERE = re.compile(r"\s*(?:$|[.,!?)]|(?:and|with|but|so|we|i|my|on|atm)\b)")
_ANSWER = 5
"""A message of at most this many tokens is an answer to "Where do you live?"."""
_TYPO_ANYWHERE = 88  # a rapidfuzz ratio; after words such as "near", the directory's own is enough


class Candidate(NamedTuple):
    """A stretch of the message that names a place, with how likely it is the family's."""

    start: int
    end: int
    score: float


def find_place_name(doc: Doc, for_another: bool = False) -> str | None:
    """The place that counts in the message, as typed; None where there is none.

    A postcode, a place of the council's pack (also with a small typo) or a town, each only where the words around it
    say that the family is there: not where they moved from, not the name of a school. Where somebody asks
    `for_another`, it is that other's place: "my sister is in Leigh".
    """
    text = doc.text
    found = [
        one
        for one in (*_postcodes(text), *_names(doc), *_misspelt(doc), *_unknown(text))
        if one.score >= words("place.yml")["enough"] or (for_another and one.score == words("place.yml")["of_another"])
    ]
    if not found:
        return None
    found = [_longest(one, found) for one in found]
    best = max(one.score for one in found)
    likely = sorted(one for one in found if one.score == best)
    corrected = len(likely) > 1 and _CORRECTED.search(text[likely[0].start : likely[-1].start])
    chosen = likely[-1] if corrected else likely[0]
    return text[chosen.start : chosen.end]


def _longest(one: Candidate, found: list[Candidate]) -> Candidate:
    """The whole name where another candidate is only a part of it: Kirkby Lonsdale, not Kirkby."""
    within = [it for it in found if it.start <= one.start and one.end <= it.end]
    whole = max(within, key=lambda it: it.end - it.start)
    return Candidate(whole.start, whole.end, max(one.score, whole.score))


def _postcodes(text: str) -> Iterator[Candidate]:
    for match in _FULL.finditer(text):
        score = surroundings(text, match.start(), match.end()).score
        yield Candidate(match.start(), match.end(), 7 if score >= 0 else score)
    for match in _DISTRICT.finditer(text):
        code = match[1].upper()
        if not find_place(code) or _OF_A_ROAD.search(text[: match.start()]):
            continue
        around = surroundings(text, match.start(), match.end())
        two_letters = code not in districts() or len(code.rstrip("0123456789")) == 2
        sure = two_letters and not _LIKE_A_DISTRICT.match(match[1].lower())
        if sure or around.alone == "whole" or around.score >= 5 or (match[1].isupper() and around.score >= 3):
            yield Candidate(match.start(), match.end(), max(5.0, around.score) if around.score >= 0 else around.score)


def _names(doc: Doc) -> Iterator[Candidate]:
    """The places of the pack and the towns that the message names."""
    data = words("place.yml")
    taken = 0
    for key, first, last in sorted(_matcher(settings().council)(doc), key=lambda match: (match[1], -match[2])):
        span = doc[first:last]
        name, kind = span.text.lower(), doc.vocab.strings[key]
        if first < taken or (name in data["generic"] and len(doc) > _ANSWER):
            continue
        around = surroundings(doc.text, span.start_char, span.end_char)
        if kind.endswith("common") and not _meant(name, kind, span, around):
            continue
        score = around.score
        if score >= 0 and around.alone:
            score = max(score, data["alone"])
        elif score == 0 and not around.of_a_service and not kind.endswith("common") and _edge(doc, first, last):
            score = data["edge"]
        if (score == 0 or score >= 1) and kind == "own":
            score = max(score + 0.5, 0.0 if around.of_a_service else data["enough"])
        if score >= 0:
            taken = last
        yield Candidate(_with_direction(doc.text, span.start_char), span.end_char, score)


def _with_direction(text: str, start: int) -> int:
    """Where the name begins with the word before it: West Cumbria, not Cumbria."""
    found = _DIRECTION.search(text[:start])
    return found.start() if found else start


def _meant(name: str, kind: str, span: Span, around: Surroundings) -> bool:
    """Whether a name that is also an ordinary word is meant as a place: "in Bath", not "in the bath"."""
    if (thing := words("place.yml")["things"].get(name)) and re.match(rf" ?{thing}\b", span.doc.text[span.end_char :].lower()):
        return False
    month = name in words("place.yml")["months"]
    if kind == "town common" and span.start and span.doc[span.start - 1].lower_ == "the":
        return False
    if month:
        return around.lives_there or (around.alone == "whole" and not span.start)
    that_way = around.score - around.before >= 3  # "Leigh side"
    if around.before >= 5 or that_way or (around.before >= 3 and span.text[0].isupper()) or around.alone == "whole":
        return True
    last = span.text[0].isupper() and span.end >= len(span.doc) - 1
    return bool(around.alone) and kind == "own common" and (last or len(span.doc) <= words("place.yml")["short"])


def _misspelt(doc: Doc) -> Iterator[Candidate]:
    """Places of the pack with a small typo: "aldmor", "thornbek"."""
    own = _own_names(settings().council)
    for match in _WORD.finditer(doc.text):
        low = match[0].lower()
        if len(low) < TYPO_LENGTH or low in own or low in _ordinary():
            continue
        near = process.extractOne(low, own, scorer=fuzz.ratio, score_cutoff=TYPO_OWN)
        if not near:
            continue
        around = surroundings(doc.text, match.start(), match.end())
        cued = around.before >= 3 or around.alone == "whole"
        if around.score >= 0 and near[1] >= (TYPO_OWN if cued else _TYPO_ANYWHERE):
            yield Candidate(match.start(), match.end(), max(around.score, words("place.yml")["enough"]))


def _unknown(text: str) -> Iterator[Candidate]:
    """A name we do not know, after words that leave no doubt: "we live in Bickerstaffe"."""
    if text.isupper():
        return
    for match in _UNKNOWN.finditer(text):
        name, end = _ended(match["name"], match.end("name"))
        if (" " not in name and name.lower() in _ordinary()) or (name.isupper() and len(name) < 6):
            continue
        around = surroundings(text, match.start("name"), end)
        if name[0].isupper() and around.score == words("place.yml")["of_another"]:
            yield Candidate(match.start("name"), end, around.score)
        sure = around.score >= 5 and around.before >= (5 if name[0].isupper() else 6)
        there = around.lives_there or match[0].lower().startswith(("im from ", "i'm from "))
        if sure and (name[0].isupper() or (there and _ENDS_THERE.match(text, end))):
            yield Candidate(match.start("name"), end, 3.5)
        elif name[0].isupper() and not around.of_a_service and around.score >= 3:
            yield Candidate(match.start("name"), end, words("place.yml")["enough"])


def _ended(name: str, end: int) -> tuple[str, int]:
    """The name without words behind it that are none of a place: "Leigh on Saturdays"."""
    while " " in name and (
        name.lower().rpartition(" ")[2] in words("place.yml")["not_a_place"] or not name.rpartition(" ")[2][0].isupper()
    ):
        shorter = name.rpartition(" ")[0]
        name, end = shorter, end - (len(name) - len(shorter))
    return name, end


def _edge(doc: Doc, first: int, last: int) -> bool:
    """Whether a name is the first or the last word of a short message."""
    return len(doc) <= words("place.yml")["short"] and (first == 0 or last >= len(doc) - 1)


@lru_cache(maxsize=4)
def _matcher(council: str) -> PhraseMatcher:
    """The names of the pack and of towns, each under its kind: own, own common, town or town common."""
    data = words("place.yml")
    nlp = pipeline()
    own, common, common_own = pack_places(council), set(data["common"]), set(data["common_own"])
    kinds: dict[str, set[str]] = {"own": set(), "own common": set(), "town": set(), "town common": set()}
    for name in own:
        kinds["own common" if name in common_own else "own"].add(name)
    for name in {*towns(), *data["towns"]} - set(own):
        if name not in data["never"]:
            kinds["town common" if name in common else "town"].add(name)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for kind, names in kinds.items():
        spellings = {spelling for name in names for spelling in (name, name.replace(" ", "-"), name.replace("st ", "st. "))}
        matcher.add(kind, [nlp.make_doc(spelling) for spelling in spellings])
    return matcher


@lru_cache(maxsize=4)
def _own_names(council: str) -> tuple[str, ...]:
    common = words("place.yml")["common_own"]
    return tuple(name for name in pack_places(council) if name not in common)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Words that are no misspelt place."""
    return frozenset(words("place.yml")["not_a_place"]) | frozenset(words("place.yml")["common"])
