"""Names of places that no list of ours has, by the words around them and by their own shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.understanding.place_cues import Candidate, ends_as_a_service, surroundings
from bot.understanding.rules import either, words
from bot.understanding.text import is_english

_NAME = (
    r"[A-Z][a-z]+(?:['’]s(?= [A-Z])|['’][a-z]+)?"
    r"(?:[ -](?:(?:(?:in|on|under|le|upon|of|by|super|next|with|y)(?:[ -]the)?|the)[ -])?[A-Z][a-z]+){0,3}"
)
_UNKNOWN = re.compile(
    r"(?:\b(?:[Ii]'?m|[Ww]e'?re|[Ww]e are|[Ii] am) from|\b(?:[Ll]iv(?:e|es|ing)|[Mm]oved|[Bb]ased|[Nn]ear|[Nn]r|[Oo]utside|[Ii]'?m"
    r"|[Ww]e'?re|[Ww]e are|[Ww]e r|[Ii] am|[Rr]ound|[Aa]round|[Ss]taying|[Ss]erving|[Aa]cross|[Cc]over(?:s|ing)?|[Tt]owards|[Pp]ast"
    r"|(?:area|town|village|estate|patch|location) is|(?:[Uu]p|[Dd]own|[Oo]ver|[Oo]ut) by)"
    r"(?: (?:in|to|near|at|round|by|just|outside|over|up|out|here|now))*|\b[Ii]n|\b(?P<weak>[Aa]t|[Ff]or|[Tt]o|[Ff]rom))"
    rf"(?P<the> the)? (?P<name>(?=[A-Z][a-z]{{2}}){_NAME}|[a-z]{{4,}})\b"
)
_BETWEEN_STOPS = re.compile(rf"(?:[.,;:!?(\n]|\s[-–])\s*(?P<name>(?=[A-Z][a-z']{{2}}){_NAME})(?=\s*(?:$|[.,;:!?)\n]|[-–]\s))")
_LOOKED_FOR_THERE = re.compile(
    r"\b(?:groups?|clubs?|banks?|foodbank|support|help|advice|class(?:es)?|lessons?|sessions?|team|centres?|drop-?ins?|childminders?|nursery"
    r"|nurseries|clinic|counselling|therapy|activities|shelter|refuge|swap|charity|playgroups?|camps?|schemes?|football|swimming|workers?"
    r"|parcels?|needed|wanted|required|available|urgently|asap|beds?|cot|spaces|vouchers?|course|tonight|today|now|family|families|kids)"
    rf" (?P<name>(?=[A-Z][a-z']{{2}}){_NAME})(?=\s*(?:$|[.,;:!?)\n]|please|pls|area))"
)
_OF_A_PERSON = re.compile(
    r"(?:\b(?:thanks|thank you|thankyou|thx|cheers|ta|regards|wishes|best|yours|appreciated|grateful|hi|hello|hey|hiya|dear|sincerely|faithfully|love|name'?s?(?: is)?"
    r"|called|named|i'?m|i am|this is|(?:had|have|got|with|by|see|saw|met) (?:a|the) (?:\w+ ){0,3}worker"
    r"|(?:my|our|his|her|their) (?:\w+ ){0,2}(?:one|client|pupil|husband|wife|partner|ex|neighbour|"
    r"manager|boss|teacher|worker|visitor|midwife))|\bx+)[\s.,:!(-]*$",
    re.IGNORECASE,
)
_SAID_OF_A_PERSON = re.compile(
    r"[,(]?\s*(?:aged?\b|who\b|who'?s\b|is\b|he\b|she\b|hes\b|shes\b|he's\b|she's\b"
    r"|\d{1,2}(?:[ .,);]|yo|$)(?!\s*(?:kids|children|boys|girls|of us|weeks)))"
)
_AREA = re.compile(r" (?:area|estate|valley|district|end|side)\b", re.IGNORECASE)
_STAYING = re.compile(r"\b(?:at|with|on|to) (?:my|me|our) \w+(?: \w+){0,2} in $", re.IGNORECASE)
_ENDS_THERE = re.compile(r"\s*(?:$|[.,!?)]|(?:and|with|but|so|we|i|my|on|atm)\b)")


def after_a_cue(text: str) -> Iterator[Candidate]:
    """A name we do not know, after words that leave no doubt: "we live in Bickerstaffe"."""
    if text.isupper():
        return
    for match in _UNKNOWN.finditer(text):
        name, end = _ended(match["name"], match.end("name"))
        if (" " not in name and name.lower() in ordinary()) or (name.isupper() and len(name) < 6):
            continue
        if (match["the"] and not _AREA.match(text, end)) or (match["weak"] and name[0].islower()) or _of_another_kind(name):
            continue
        around = surroundings(text, match.start("name"), end)
        if name[0].isupper() and around.score == words("place.yml")["of_another"]:
            yield Candidate(match.start("name"), end, around.score)
        sure = around.score >= 5 and around.before >= (5 if name[0].isupper() else 6)
        there = around.lives_there or match[0].lower().startswith(("im from ", "i'm from "))
        there = there or (not is_english(name) and bool(_STAYING.search(text[: match.start("name")])))
        if sure and (name[0].isupper() or (there and _ENDS_THERE.match(text, end))):
            yield Candidate(match.start("name"), end, 3.5)
        elif name[0].isupper() and not around.of_a_service and around.score >= (5 if match["weak"] else 3):
            yield Candidate(match.start("name"), end, words("place.yml")["enough"])


def by_itself(text: str) -> Iterator[Candidate]:
    """A name we do not know between two stops, or after what is looked for: "nobody comes. Tipton", "youth club Splott"."""
    if text.isupper() or text.istitle():
        return
    for match in (*_BETWEEN_STOPS.finditer(text), *_LOOKED_FOR_THERE.finditer(text)):
        name, start, end = match["name"], match.start("name"), match.end("name")
        if not _like_a_place(name) or of_a_person(text[:start]):
            continue
        if text[start - 2 : start - 1] in (".", "!", "?") and text[end:].strip(" .!?"):
            continue  # a word alone between sentences may be anything
        if text[end : end + 1] not in (":", ".") and _SAID_OF_A_PERSON.match(text, end):
            continue
        around = surroundings(text, start, end)
        if around.score >= 0 and not around.of_a_service:
            yield Candidate(start, end, words("place.yml")["enough"])


def _of_another_kind(name: str) -> bool:
    """Whether a name begins or ends as those of people, shops, roads and schools do."""
    data = words("place.yml")
    parts = re.sub(r"['’]s\b", "", name.lower()).split()
    if len(parts) > 1 and parts[0] in data["beginnings"]:
        parts = parts[1:]
    if parts[-1] in data["endings"]:
        return False
    a_road = len(parts) > 1 and ends_as_a_service(parts[-1])
    return a_road or parts[0] in words("people.yml")["names"] or parts[0] in data["names_of_others"]


def _like_a_place(name: str) -> bool:
    """Whether a capitalised name may be a place's: no English word and no known name, or it ends as places do: Moss Side."""
    if name.endswith(("'s", "’s")):
        return False
    parts = re.split(r"[ -]", name.lower())
    data = words("place.yml")
    if len(parts) > 1 and parts[0] in data["beginnings"]:
        parts = parts[1:]
    if _no_places() & set(parts) or (len(parts) > 1 and "'" in parts[0].replace("’", "'") and parts[1] not in data["endings"]):
        return False
    if len(parts) == 2 and parts[1] in data["endings"]:
        return True
    names = [part for part in parts if len(part) > 3 and part not in ordinary() and not is_english(part)]
    return bool(names) and parts[0] in names


def _ended(name: str, end: int) -> tuple[str, int]:
    """The name without words behind it that are none of a place: "Leigh on Saturdays"."""
    data = words("place.yml")
    if " in " in name:  # "Boston in Lincolnshire"; of the names that have an "in" we know those that matter
        shorter = name.partition(" in ")[0]
        name, end = shorter, end - (len(name) - len(shorter))
    while " " in name and (
        (name.lower().rpartition(" ")[2] in data["not_a_place"] and name.lower().rpartition(" ")[2] not in data["endings"])
        or not name.rpartition(" ")[2][0].isupper()
    ):
        shorter = name.rpartition(" ")[0]
        name, end = shorter, end - (len(name) - len(shorter))
    return name, end


def of_a_person(before: str) -> bool:
    """Whether the words before a name say that it is somebody's: "thanks, Linda", "my youngest, Tyler"."""
    return bool(_OF_A_PERSON.search(before) or _of_kin().search(before))


@lru_cache(maxsize=1)
def _of_kin() -> re.Pattern[str]:
    """ "my youngest, " before a name: somebody's."""
    people = words("people.yml")
    anyone = either([*(form for forms in people["child"].values() for form in forms), *people["adult"]])
    return re.compile(rf"\b(?:my|our|his|her|their|the|this|that) (?:\w+ )?{anyone}[\s,(:-]*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _no_places() -> frozenset[str]:
    """Names of people, services and things that stand alone in a message as a place's does."""
    data = words("place.yml")
    return frozenset([*words("people.yml")["names"], *data["names_of_others"], *data["not_a_place"]]) - frozenset(data["endings"])


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Words that are no misspelt place."""
    return frozenset(words("place.yml")["not_a_place"]) | frozenset(words("place.yml")["common"])
