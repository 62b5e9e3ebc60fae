"""The place of a message: where the family lives or looks for help, as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from bot.understanding.rules import words
from bot.understanding.text import pipeline
from directory.places import districts, pack_places, towns
from directory.settings import settings

_FULL = re.compile(r"\b([A-Za-z]{1,2}\d{1,2}[A-Za-z]?) ?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b")
_DISTRICT = re.compile(r"\b([A-Za-z]{1,2}\d{1,2}[A-Za-z]?)(?: \d(?=\s*(?:$|[.,!?)])))?\b")
_LIKE_A_DISTRICT = re.compile(r"(?:co2|im\d+|b\d|a\d|e\d|s\d|m\d+|n\d|g\d|l\d|w\d)$")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_CORRECTED = re.compile(r"\b(?:sorry|i mean|i meant|actually|change it|no,|wrong|correction)\b", re.IGNORECASE)
_ANSWER = 5
"""A message of at most this many tokens is an answer to "Where do you live?"."""
_TYPO_AFTER_CUE, _TYPO_ANYWHERE = 82, 88  # rapidfuzz ratios


class Candidate(NamedTuple):
    """A stretch of the message that names a place, with how likely it is the family's."""

    start: int
    end: int
    score: float


def find_place_name(doc: Doc) -> str | None:
    """The place that counts in the message, as typed; None where there is none.

    A postcode, a place of the council's pack (also with a small typo) or a town, each only where the words around it
    say that the family is there: not where they moved from, not the name of a school.
    """
    text = doc.text
    found = [
        one
        for one in (*_postcodes(text), *_names(doc), *_misspelt(doc), *_unknown(text))
        if one.score >= words("place.yml")["enough"]
    ]
    if not found:
        return None
    best = max(one.score for one in found)
    likely = sorted(one for one in found if one.score == best)
    corrected = len(likely) > 1 and _CORRECTED.search(text[likely[0].start : likely[-1].start])
    chosen = likely[-1] if corrected else likely[0]
    return text[chosen.start : chosen.end]


def _postcodes(text: str) -> Iterator[Candidate]:
    own = {code for code in _own_districts(settings().council)}
    for match in _FULL.finditer(text):
        score = _around(text, match.start(), match.end())[0]
        yield Candidate(match.start(), match.end(), 7 if score >= 0 else score)
    for match in _DISTRICT.finditer(text):
        code = match[1].upper()
        if code not in own and code not in districts():
            continue
        score, _ = _around(text, match.start(), match.end())
        sure = code in own or (len(code.rstrip("0123456789")) == 2 and not _LIKE_A_DISTRICT.match(match[1].lower()))
        alone = _alone(text, match.start(), match.end())
        if sure or alone == "whole" or score >= 5 or (match[1].isupper() and score >= 3):
            yield Candidate(match.start(), match.end(), max(5.0, score) if score >= 0 else score)


def _names(doc: Doc) -> Iterator[Candidate]:
    """The places of the pack and the towns that the message names."""
    council = settings().council
    taken = 0
    matches = sorted(_matcher(council)(doc), key=lambda match: (match[1], -match[2]))
    for key, first, last in matches:
        if first < taken:
            continue
        span = doc[first:last]
        start, end = span.start_char, span.end_char
        kind = doc.vocab.strings[key]
        score, cue = _around(doc.text, start, end)
        low = span.text.lower()
        month = low in words("place.yml")["months"]
        strong = cue >= (6 if month else 5) or (cue >= 3 and span.text[0].isupper() and not month)
        if low in words("place.yml")["generic"] and len(doc) > _ANSWER:
            continue
        alone = _alone(doc.text, start, end)
        common = kind.endswith("common")
        if alone:
            score = max(score, words("place.yml")["alone"]) if score >= 0 else score
        elif not common and score == 0 and _edge(doc, first, last) and not _service(doc.text, start, end):
            score = max(score, words("place.yml")["edge"])
        answered = (alone == "whole" and not (month and first)) or (alone and kind == "own common" and len(doc) <= words("place.yml")["short"])
        if common and not strong and not answered:
            continue
        if kind == "own" and score >= 0:
            score = max(score + 0.5, 2 if not _service(doc.text, start, end) else 0)
        if score >= 0:
            taken = last
        yield Candidate(start, end, score)


def _misspelt(doc: Doc) -> Iterator[Candidate]:
    """Places of the pack with a small typo: "aldmor", "thornbek"."""
    own = _own_names(settings().council)
    for match in _WORD.finditer(doc.text):
        low = match[0].lower()
        if len(low) < 5 or low in own or low in _ordinary():
            continue
        near = process.extractOne(low, own, scorer=fuzz.ratio, score_cutoff=_TYPO_AFTER_CUE)
        if not near:
            continue
        score, cue = _around(doc.text, match.start(), match.end())
        cutoff = _TYPO_AFTER_CUE if cue >= 3 or _alone(doc.text, match.start(), match.end()) == "whole" else _TYPO_ANYWHERE
        if score >= 0 and near[1] >= cutoff:
            yield Candidate(match.start(), match.end(), max(score, 2.0))


def _unknown(text: str) -> Iterator[Candidate]:
    """A name we do not know, after words that leave no doubt: "we live in Tyldesley", "near Astley"."""
    if text.isupper():
        return
    for match in _unknown_name().finditer(text):
        name = match["name"]
        first = name.split()[0].lower()
        if (" " not in name and first in _ordinary()) or (name.isupper() and len(name) < 6):
            continue
        score, cue = _around(text, match.start("name"), match.end("name"))
        if cue >= (5 if name[0].isupper() else 6) and score >= 5:
            if name[0].isupper() or re.match(r"\s*(?:$|[.,!?)]|(?:and|with|but|so|we|i|my|on|atm)\b)", text[match.end("name") :]):
                yield Candidate(match.start("name"), match.end("name"), 3.5)


def _around(text: str, start: int, end: int) -> tuple[float, float]:
    """The score of what stands around a name, and of what stands before it alone."""
    data = words("place.yml")
    before = " " + re.sub(r"\s+", " ", re.sub(r"['’]", "", text[max(0, start - 70) : start].lower())).rstrip() if start else " ^"
    after = re.sub(r"\s+", " ", re.sub(r"['’]", "", text[end : end + 40].lower()))
    cue = next((score for score, find in _before() if find.search(before)), 0.0)
    score = cue
    if _service_after().match(after) and not re.search(rf" {data['service_near']}$", before):
        return min(score, 1.0), min(cue, 1.0)
    if cue >= 0:
        score += next((extra for extra, find in _after() if find.match(after)), 0.0)
    return score, cue


def _service(text: str, start: int, end: int) -> bool:
    after = re.sub(r"\s+", " ", re.sub(r"['’]", "", text[end : end + 40].lower()))
    return bool(_service_after().match(after))


def _alone(text: str, start: int, end: int) -> str:
    """ "whole" where a name is all of the message but for please and thanks, "part" between two stops, else ""."""
    left, right = text[:start].strip(" .,!?-").lower(), text[end:].strip(" .,!?-").lower()
    if left in ("", "hi", "hello", "its", "it's", "the", "um", "yes", "in", "near", "from") and right in (
        "",
        "please",
        "pls",
        "thanks",
        "way",
        "x",
    ):
        return "whole"
    stopped_before = not text[:start].strip() or text[:start].rstrip()[-1] in ".,!?;:(-–\n"
    stopped_after = not text[end:].strip() or text[end:].lstrip()[0] in ".,!?;:)-–\n"
    return "part" if stopped_before and stopped_after else ""


def _edge(doc: Doc, first: int, last: int) -> bool:
    """Whether a name is the first or the last word of a short message."""
    return len(doc) <= words("place.yml")["short"] and (first == 0 or last >= len(doc) - 1)


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?\n"


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


@lru_cache(maxsize=4)
def _own_districts(council: str) -> frozenset[str]:
    from directory.files import COUNCILS, read_csv

    path = COUNCILS / council / "places.csv"
    return frozenset(row["postcode_district"] for row in read_csv(path)) if path.exists() else frozenset()


@lru_cache(maxsize=1)
def _before() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple(
        (float(score), re.compile(rf"[ (,.:;!?-](?:{written})$|^(?:{written})$"))
        for score, written in words("place.yml")["before"]
    )


@lru_cache(maxsize=1)
def _after() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((float(score), re.compile(rf" ?(?:{written})\b")) for score, written in words("place.yml")["after"])


@lru_cache(maxsize=1)
def _service_after() -> re.Pattern[str]:
    return re.compile(rf" ?{words('place.yml')['service']}\b")


@lru_cache(maxsize=1)
def _unknown_name() -> re.Pattern[str]:
    cue = r"\b(?:[Ll]iv(?:e|es|ing)|[Mm]oved|[Bb]ased|[Nn]ear|[Nn]r|[Oo]utside|[Ii]'?m|[Ww]e'?re|[Ww]e are|[Ii] am|[Rr]ound|[Aa]round|[Ss]taying)(?: (?:in|to|near|at|round|by|just|outside|over|up|out|here|now))*"
    return re.compile(
        rf"{cue} (?P<name>[A-Z][a-z]{{2,}}(?:[ -](?:[A-Z][a-z]+|in|on|under|le|upon|the)\b(?= [A-Z]|-|\b)){{0,3}}|[a-z]{{4,}})\b"
    )


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Words that are no misspelt place."""
    return frozenset(words("place.yml")["not_a_place"]) | frozenset(words("place.yml")["common"])
