"""The place of a message: where the family lives or looks for help, as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from bot.understanding.place_cues import Candidate, Surroundings, surroundings
from bot.understanding.place_unknown import after_a_cue, by_itself, of_a_person, ordinary
from bot.understanding.rules import HERE, words
from bot.understanding.text import pipeline
from directory.places import TYPO_LENGTH, TYPO_OWN, districts, find_place, pack_places, towns
from directory.settings import settings

_FULL = re.compile(r"\b([A-Za-z]{1,2}\d{1,2}[A-Za-z]?) ?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b")
_DISTRICT = re.compile(r"\b([A-Za-z]{1,2}\d{1,2}[A-Za-z]?)(?: \d(?=\s*(?:$|[.,!?)])))?\b")
_LIKE_A_DISTRICT = re.compile(r"(?:ne1|co2|im\d+|d[sd]\d|b\d|a\d|e\d|s\d|m\d+|n\d|g\d|l\d|w\d)$")
_OF_A_ROAD = re.compile(r"\b(?:the|off|along|down|up|junction \d+,?) $", re.IGNORECASE)
_DIRECTION = re.compile(r"\b(?:north|south|east|west|mid|central|upper|lower|higher)[ -]$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_CORRECTED = re.compile(r"\b(?:sorry|i mean|i meant|actually|change it|no,|wrong|correction)\b", re.IGNORECASE)
_NO_DISTRICT_AFTER = re.compile(
    r"(?:^|\b(?:im|i'm|am|i|me|a|aged?|m|f|the|my|our|level|year|yr|hi|hey|just|only|turned|till?|until|2|too|so|be|cheers"
    r"|english|level|cefr|ielts|grade|form|class|vitamin|vit|bus|route|junction|room|flat|number|no|block|ward|gcse|paper"
    r"|and|&|or|is|are|was|covid|plan|ks|size|\d+)) *$",
    re.IGNORECASE,
)
_ANSWER = 5
"""A message of at most this many tokens is an answer to "Where do you live?"."""
_TYPO_ANYWHERE = 88  # a rapidfuzz ratio; after words such as "near", the directory's own is enough


def find_place_name(doc: Doc, for_another: bool = False) -> str | None:
    """The place that counts in the message, as typed; None where there is none.

    A postcode, a place of the council's pack (also with a small typo) or a town, each only where the words around it
    say that the family is there: not where they moved from, not the name of a school. Where somebody asks
    `for_another`, it is that other's place: "my sister is in Leigh".
    """
    text = doc.text
    found = [
        one
        for one in (*_postcodes(text), *_names(doc, text), *_misspelt(text), *after_a_cue(text), *by_itself(text))
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
        if (
            sure
            or _ends_the_message(match, text)
            or around.alone == "whole"
            or around.score >= 5
            or (match[1].isupper() and around.score >= 3)
        ):
            yield Candidate(match.start(), match.end(), max(5.0, around.score) if around.score >= 0 else around.score)


def _ends_the_message(code: re.Match[str], text: str) -> bool:
    """Whether a district is the last word of what is looked for: "baby bank m14", and not "til l8"."""
    slang = code[1].lower() in ("l8", "m8", "b4", "w8", "s1", "s2", "s3", "s4", "s5", "s6")  # S1 to S6 are years of school too
    return not slang and not text[code.end() :].strip(" .!?") and not _NO_DISTRICT_AFTER.search(text[: code.start()])


def _names(doc: Doc, text: str) -> Iterator[Candidate]:
    """The places of the pack and the towns that the message names."""
    data = words("place.yml")
    taken = 0
    for key, first, last in sorted(_matcher(settings().council)(doc), key=lambda match: (match[1], -match[2])):
        span = doc[first:last]
        name, kind = span.text.lower(), doc.vocab.strings[key]
        if first < taken or (name in data["generic"] and len(doc) > _ANSWER):
            continue
        around = surroundings(text, span.start_char, span.end_char)
        if kind.endswith("common") and not _meant(name, kind, span, around):
            continue
        score = around.score
        if score >= 0 and around.alone:
            score = max(score, data["alone"])
        elif not (around.before or around.of_a_service or kind.endswith("common")) and _edge(doc, first, last):
            score = max(score, data["edge"])
        if score == 0 and kind.startswith("town") and span.text[0].isupper() and not around.of_a_service:
            score = data["named"]
        if (score == 0 or score >= 1) and kind == "own":
            score = max(score + 0.5, 0.0 if around.of_a_service else data["enough"])
        if score >= 0:
            taken = last
        yield Candidate(_with_direction(text, span.start_char), span.end_char, score)


def _with_direction(text: str, start: int) -> int:
    """Where the name begins with the word before it: West Cumbria, not Cumbria."""
    found = _DIRECTION.search(text[:start])
    return found.start() if found else start


def _meant(name: str, kind: str, span: Span, around: Surroundings) -> bool:
    """Whether a name that is also an ordinary word is meant as a place: "in Bath", not "in the bath"."""
    if (thing := words("place.yml")["things"].get(name)) and re.match(rf" ?{thing}\b", span.doc.text[span.end_char :].lower()):
        return False
    month = name in words("place.yml")["months"]
    that_way = around.score - around.before >= 3  # "Leigh side"
    if kind == "town common" and span.start and span.doc[span.start - 1].lower_ == "the" and not that_way:
        return False
    if month:
        return around.lives_there or (around.alone == "whole" and not span.start)
    if around.before >= 5 or that_way or (around.before >= 3 and span.text[0].isupper()) or around.alone == "whole":
        return True
    bracketed = span.doc.text[: span.start_char].endswith("(") and span.doc.text[span.end_char :].startswith(")")
    if bracketed and span.text[0].isupper():
        return True
    last = span.text[0].isupper() and span.end >= len(span.doc) - 1
    text, at = span.doc.text, span.start_char
    ends_a_search = last and 1 < len(span.doc) <= words("place.yml")["short"] and not text.istitle()
    if (around.alone or ends_a_search) and last and not of_a_person(text[:at]):
        return kind == "own common" or name not in words("people.yml")["names"]
    return bool(around.alone) and kind == "own common" and (last or len(span.doc) <= words("place.yml")["short"])


def _misspelt(text: str) -> Iterator[Candidate]:
    """Places of the pack with a small typo: "aldmor", "thornbek"."""
    own = _own_names(settings().council)
    for match in _WORD.finditer(text):
        low = match[0].lower()
        if len(low) < TYPO_LENGTH or low in own or low in ordinary():
            continue
        near = process.extractOne(low, own, scorer=fuzz.ratio, score_cutoff=TYPO_OWN)
        if not near:
            continue
        around = surroundings(text, match.start(), match.end())
        cued = around.before >= 3 or around.alone == "whole"
        if around.score >= 0 and near[1] >= (TYPO_OWN if cued else _TYPO_ANYWHERE):
            yield Candidate(match.start(), match.end(), max(around.score, words("place.yml")["enough"]))


def _edge(doc: Doc, first: int, last: int) -> bool:
    """Whether a name is the first word of a short message, or the last of any: with a capital where that is long and has some."""
    polite = words("place.yml")["around_an_answer"]["after"]
    at_the_end = last >= len(doc) - 1 or (last == len(doc) - 2 and doc[last].lower_ in polite)
    if len(doc) > words("place.yml")["short"]:
        return at_the_end and (doc[first].text[0].isupper() or doc.text.islower())
    return first == 0 or at_the_end


@lru_cache(maxsize=4)
def _matcher(council: str) -> PhraseMatcher:
    """The names of the pack and of towns, each under its kind: own, own common, town or town common."""
    data = words("place.yml")
    nlp = pipeline()
    own, common, common_own = pack_places(council), set(data["common"]), set(data["common_own"])
    kinds: dict[str, set[str]] = {"own": set(), "own common": set(), "town": set(), "town common": set()}
    for name in own:
        kinds["own common" if name in common_own else "own"].add(name)
    for name in {*towns(), *data["towns"], *_gazetteer()} - set(own):
        if name not in data["never"]:
            kinds["town common" if name in common else "town"].add(name)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for kind, names in kinds.items():
        matcher.add(kind, [nlp.make_doc(spelling) for spelling in {spelling for name in names for spelling in _spellings(name)}])
    return matcher


def _spellings(name: str) -> tuple[str, ...]:
    apart = name.replace("-", " ")
    return name, apart, apart.replace(" ", "-"), name.replace("st ", "st. "), name.replace("'", "’"), name.replace("'", "")


def _gazetteer() -> list[str]:
    """The populated places of the country, in lower case: `words/towns.txt`."""
    lines = (HERE / "towns.txt").read_text(encoding="utf-8").splitlines()
    return [line.lower() for line in lines if not line.startswith("#")]


def names_as_typed() -> list[str]:
    """Names of people and of the country's places, in small letters: no misspelt words, however they look."""
    return [*words("people.yml")["names"], *towns(), *_gazetteer()]


@lru_cache(maxsize=4)
def _own_names(council: str) -> tuple[str, ...]:
    common = words("place.yml")["common_own"]
    return tuple(name for name in pack_places(council) if name not in common)
