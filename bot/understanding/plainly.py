"""What a message is for where its words leave no doubt, whatever the classifier of intents makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.understanding.details import ages_to_search
from bot.understanding.intents import IN_DOUBT, NEED_SPEAKS, UNSURE, settle
from bot.understanding.language import ENGLISH
from bot.understanding.place_unknown import ordinary
from bot.understanding.plain import plain
from bot.understanding.steering import pattern_of
from bot.understanding.text import is_english
from directory.spelling import typed_words

TELLS = "describe_difficulty"
TALK = frozenset({"deny", "affirm", "greet", "thanks", "goodbye"})
"""What a message is not for where it surely tells of a need: "no food", "hello, my daughter wont eat", "yes he is autistic"."""
TOLD = 0.8
"""How surely the need must be heard for that."""
A_WORD = 2
"""Words of a message that may be an answer as well: "no one", "no food"."""
BY_HALF = 0.3
"""A need heard so says that "stop" is not said to us: "I want to stop drinking"."""
NOT_TOLD_SO = ("safety.", "mind.self_harm", "community.family_hub")
"""Needs that may be told in answer to "Are you safe right now?", where no stays no; and "hi, I need a bit of help"."""
A_NAME = 3
"""Words, at most, of a message that only names what it is about."""
_SYNTAX = re.compile(r"\s*/\w")
"""How an order to the machine begins, which is nothing that a family says."""
FEW = 2
"""Words, at most, of a message that may be a slip of the fingers or an unknown name."""
ASKS_OF_SHOWN = frozenset({"ask_details", "ask_cost", "ask_nearer", "ask_person"})
"""What a question about the services shown may be for: with words such as "is it", the classifier's choice stands."""
UNHEARD = frozenset({UNSURE, "out_of_scope"})
"""Where nothing was made of a message, an age or a place in it is what it is for."""


def intent_of(ranked: Sequence[tuple[str, float]], heard: Mapping[str, Any]) -> tuple[str, float]:
    """The intent to act on, with its confidence, from the ranked ones and all that was heard (`heard.heard_in`)."""
    if heard["language"] == ENGLISH and not heard.get("read", True):
        return TELLS, 0.0  # the encoder is gone: what was ranked is chance, what was told is kept, and people are given
    name, share = settle(ranked, heard["needs"], heard["language"])
    if heard["language"] != ENGLISH:
        return name, share
    if _tells_more(name, heard):
        return TELLS, share
    if name in {"affirm", "ask_person"}:
        name = _neither(name, plain(heard["text"]))
    nothing_heard = name == "out_of_scope" or (name == "find_service" and not heard["needs"])
    nothing_heard = nothing_heard or (name in TALK and share < IN_DOUBT)
    if _SYNTAX.match(heard["text"]) or (nothing_heard and _no_words(heard["text"])):
        name = UNSURE
    meant = plainly_meant(heard, name)
    if meant is None and name not in {*ASKS_OF_SHOWN, "find_service"} and share < IN_DOUBT and _names_a_need(heard):
        return TELLS, share
    return (meant, 1.0) if meant else (name, share)


def _neither(name: str, said: str) -> str:
    """What is meant by what looks like a yes and is none ("idk"), or like a wish to talk and is the opposite."""
    if name == "affirm" and pattern_of("wavers").search(said):
        return UNSURE
    return "deny" if name == "ask_person" and pattern_of("no_talking").search(said) else name


def _tells_more(name: str, heard: Mapping[str, Any]) -> bool:
    """Whether a yes, a no, a greeting or a "stop" is only how a message begins that tells of a need."""
    code, told = next(((need["code"], need["confidence"]) for need in heard["needs"]), ("", 0.0))
    said = plain(heard["text"])
    if name == "stop":
        return told >= BY_HALF and bool(pattern_of("stopping").search(said))
    if name not in TALK or told < TOLD or code.startswith(NOT_TOLD_SO) or pattern_of("answers").search(said):
        return False
    return len(said.split()) > A_WORD or bool(pattern_of("lacks").search(said))


def _no_words(text: str) -> bool:
    """Whether all that is written is a word or two that are none: asked about again, not sent away."""
    said = typed_words(text)
    return 0 < len(said) <= FEW and not any(is_english(word) or word in ordinary() for word in said)


def _names_a_need(heard: Mapping[str, Any]) -> bool:
    """Whether the message is a need's name and little else: "housing", "food bank please"."""
    surely = any(need["confidence"] >= NEED_SPEAKS for need in heard["needs"])
    return surely and not heard["steering"]["bare"] and len(heard["text"].split()) <= A_NAME


def plainly_meant(heard: Mapping[str, Any], named: str) -> str | None:
    """The intent that what was `heard` (heard.py) leaves no doubt about; None where the classifier's, `named`, stands."""
    steering = heard["steering"]
    if correction := heard["correction"]:
        return None if named == TELLS and correction["meant"] else "correct"
    if steering["details"] and (named in {"ask_more", UNSURE} or heard["text"].lower().rstrip(" ?.!").endswith(" one")):
        return "ask_details"
    if not steering["bare"]:
        return None
    if steering["which"]:
        return None if named in ASKS_OF_SHOWN else "ask_details"
    if steering["about"]:
        return "correct"
    if steering["shown"] and named in ASKS_OF_SHOWN:
        return None
    if any(steering[name] for name in ("days", "online", "free", "called")) and not heard["details"]["ages"]:
        return "ask_more"
    if steering["near"] and named != "give_place":
        return "ask_nearer"
    if named not in UNHEARD:
        return None
    return "give_age" if ages_to_search(heard["details"]) else "give_place" if heard["details"]["place"] else None
