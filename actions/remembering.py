"""How a message adds to what is remembered, steers it or corrects it: what it says anew replaces, the rest stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions.corrected import corrected, surest
from actions.for_whom import for_whom, own
from actions.memory import MAX_STORY, Memory
from actions.turn import chosen, intent, text, understood
from bot.understanding.details import ages_to_search
from bot.understanding.intents import NEED_SPEAKS
from bot.understanding.steering import telling_words

TELLING = frozenset(
    {
        "describe_difficulty",
        "find_service",
        "correct",
        "give_audience",
        "give_age",
        "give_place",
        "danger_check",
        "out_of_scope",  # "can they evict us with a newborn" asks for a law, and tells of a need
        "have_worker",
        "ask_cost",
    }
)
"""Intents of messages that may tell of a need, and belong to the story if they do."""
_TELLS_ANYWAY = frozenset({"describe_difficulty", "find_service", "danger_check"})
"""Of these, those whose needs count however faintly they are heard; another message must tell of a need surely."""
_BESIDE = frozenset({"have_worker", "ask_cost"})
"""Of these, those that mostly tell of none: only a need that is surely there is one."""
TOLD_BESIDE = 0.8
"""How surely a need must be heard in a message that is for something else."""
SOMEBODY = "community.family_hub"
_NARROWING = ("days", "online", "free", "called")
_ONE_OF = ("days", "online")
"""Of these the last one said is wanted: who asks for Saturdays and then for online no longer waits for Saturday."""
_NAME_WORDS = 2
"""A message with so few words that tell anything is the name of a need, however faintly it is heard."""
_PLACE_WORDS = 4
"""An answer to "Which town or postcode?" has at most so many words; a longer message tells something."""


def remember(memory: Memory, tracker: Tracker) -> Memory:
    """The memory after the latest message."""
    if need := chosen(tracker, "need"):
        return about(memory, need)
    heard = understood(tracker)
    said_who = intent(tracker) == "give_audience" or memory.asked == "who"
    memory = replace(memory, audience=_audience(memory, heard, said_who))
    if heard.get("correction") and (mended := corrected(memory, heard["correction"])) is not None:
        return mended
    place = _place_answered(memory, tracker, heard)
    after = _steered(memory, tracker, heard, place)
    takes_back = heard.get("correction") and not heard["correction"]["meant"]  # "forget the money" tells of no money
    if not place and not takes_back and not _goes_on(memory, tracker, heard):
        after = _told(after, tracker, heard)
    return replace(after, asked=None)


def about(memory: Memory, need: str) -> Memory:
    """The memory once a need was chosen: this one and no other."""
    words = next((it["words"] for it in memory.needs if it["code"] == need), " ".join(memory.story[-1:]))
    return replace(memory, needs=({"code": need, "words": words},), narrowed={}, shown=(), asked=None)


def _goes_on(memory: Memory, tracker: Tracker, heard: Mapping[str, Any]) -> bool:
    """Whether it only steers: nothing in it is a need of its own, and there is something to steer."""
    if not _steering(heard).get("bare"):
        return False
    tells = intent(tracker) == "describe_difficulty" and bool(heard.get("needs"))  # "they're 2 and they don't talk"
    return bool(memory.needs) or (intent(tracker) != "find_service" and not tells and not _surely(heard))


def _place_answered(memory: Memory, tracker: Tracker, heard: Mapping[str, Any]) -> str | None:
    """The words that answer "Which town or postcode?", a place we know or not; None where they say something else."""
    said = text(tracker)
    other = (heard.get("details") or {}).get("place") or _steering(heard).get("any") or _surely(heard)
    asked = memory.asked == "place" and intent(tracker) != "correct" and not chosen(tracker, "value")
    return said if asked and not other and 0 < len(said.split()) <= _PLACE_WORDS else None


def _steered(memory: Memory, tracker: Tracker, heard: Mapping[str, Any], place: str | None) -> Memory:
    """The details said, and what is asked for of the same: dads, Saturdays, nearer, for the older one."""
    details, steering = heard.get("details") or {}, _steering(heard)
    no_matter = memory.asked if steering.get("any") else None
    after = for_whom(memory, steering.get("whom") if steering.get("bare") else _only_child(details))
    wishes = bool(steering.get("bare")) or intent(tracker) in {"find_service", "ask_more"}  # in a story Saturday is no wish
    narrowed = {name: steering[name] for name in _NARROWING if wishes and steering.get(name)}
    kept = {name: value for name, value in after.narrowed.items() if not (name in _ONE_OF and set(_ONE_OF) & set(narrowed))}
    after = replace(
        after,
        ages=tuple(ages_to_search(details) or (() if no_matter == "age" else after.ages)),
        place=details.get("place") or place or (None if no_matter == "place" else after.place),
        narrowed={**kept, **narrowed},
    )
    if replace(after, narrowed={**after.narrowed, "called": None}) != replace(
        memory, narrowed={**memory.narrowed, "called": None}
    ):
        after = replace(after, shown=())  # what fits is another list now; "what about dads?" adds to the list there is
    return replace(after, narrowed={**after.narrowed, "near": True}) if intent(tracker) == "ask_nearer" else after


def _only_child(details: Mapping[str, Any]) -> str | None:
    """Whom a told difficulty is about, where it names one child only."""
    people = [person["who"] for person in details.get("people") or ()]
    return people[0] if len(people) == 1 and people[0] != "me" else None


def _told(memory: Memory, tracker: Tracker, heard: Mapping[str, Any]) -> Memory:
    """The needs that a message tells of, and its words for the story."""
    meant, asked = intent(tracker), memory.asked == "about"
    if meant not in TELLING and not asked:
        return _in_other_words(memory, tracker, heard)
    faintly = meant in _TELLS_ANYWAY or asked or (not memory.needs and meant not in _BESIDE)
    found = surest(heard.get("needs") or ()) if faintly else _surely(heard)
    if not found and meant not in _TELLS_ANYWAY and not asked:
        return memory
    story = (*memory.story, text(tracker))[-MAX_STORY:]
    if not found and meant == "danger_check" and memory.needs:  # asked whether they are safe, they still need what they needed
        return replace(memory, story=story)
    needs = _owned(memory, tracker, found)
    return replace(
        memory,
        needs=needs or ({"code": None, "words": text(tracker)},),
        likely=tuple(need["code"] for need in heard.get("ranked_needs") or ()),
        narrowed={name: value for name, value in memory.narrowed.items() if _steering(heard).get(name) == value},
        story=story,
        shown=(),
    )


def _in_other_words(memory: Memory, tracker: Tracker, heard: Mapping[str, Any]) -> Memory:
    """After "show me more": "and food?" is another need, "one to one rather than a class" the same in these words."""
    if intent(tracker) != "ask_more" or _steering(heard).get("bare", True):
        return memory
    named = _steering(heard).get("adds") and len(telling_words(text(tracker))) <= _NAME_WORDS  # "and food?"
    if found := surest(heard.get("needs") or ()) if named else _surely(heard):
        return replace(memory, needs=_owned(memory, tracker, found), narrowed={}, shown=())
    return replace(memory, narrowed={**memory.narrowed, "words": text(tracker)})


def _owned(memory: Memory, tracker: Tracker, found: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The needs found, each of whoever asks, none twice: a young person's own low mood is no parent's."""
    owned: dict[str, dict[str, Any]] = {}
    for need in found:
        code = str(own(need["code"], memory.audience, text(tracker)))
        owned.setdefault(code, {"code": code, "words": need["words"]})
    return tuple(owned.values())


def tells_of_need(tracker: Tracker) -> bool:
    """Whether the latest message, whatever else it is for, surely tells of a need in words of its own.

    Somebody to talk to, or a worker, is no such need: that is what the rest of the message is for.
    """
    heard = understood(tracker)
    told = any(need["confidence"] >= TOLD_BESIDE and need["code"] != SOMEBODY for need in heard.get("needs") or ())
    return told and not _steering(heard).get("bare", True)


def _surely(heard: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [need for need in surest(heard.get("needs") or ()) if need["confidence"] >= NEED_SPEAKS]


def _steering(heard: Mapping[str, Any]) -> Mapping[str, Any]:
    """How it steers; a choice, which nobody typed, steers nothing."""
    return heard.get("steering") or {}


def _audience(memory: Memory, heard: Mapping[str, Any], said_so: bool) -> str | None:
    """Who asks: what they chose or said themselves stands; what a message tells only fills the gap, and a guess nothing."""
    told = (heard.get("details") or {}).get("audience") if heard.get("audience_told") else None
    return (told or memory.audience) if said_so else (memory.audience or told)
