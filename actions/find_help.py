"""Finding help: the turn that shows a family the few services that fit what they told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.change import ask_change
from actions.danger import answer_safe
from actions.known import narrowed_in_words
from actions.memory import Memory
from actions.on_show import put_on_show
from actions.people import people_for, people_in_low_mood, people_when_we_fail
from actions.remembering import remember
from actions.searching import search
from actions.showing import ask_what_would_sharpen, offer, open_answer, show, show_further_needs
from actions.turn import intent, say, understood
from directory.client import DirectoryUnavailable
from directory.packs import pack
from directory.places import Point, find_place, is_elsewhere
from directory.words import miles_in_words


class ActionFindHelp(Action):
    """Remembers what was said, searches, and shows a small group of services for each need."""

    def name(self) -> str:
        """Name of the action."""
        return "action_find_help"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """One turn: remember, ask only if there is nothing to search with, search, show, offer."""
        if tracker.get_slot("offered") == "safety" and not understood(tracker).get("read", True):
            return answer_safe(dispatcher, tracker, "not_safe")  # words that nothing could read are no yes
        before = Memory.of(tracker)
        memory = remember(before, tracker)
        meant = intent(tracker)
        if meant == "danger_check" and not understood(tracker).get("needs"):
            return memory.as_events()  # the caring check has been said, and nothing was asked for
        if not memory.needs and not before.needs:
            # "I'm 12" after danger: the people of their own, and no cheerful question.
            people = people_for(memory.audience or "other") if memory.after_danger else ()
            say(dispatcher, "utter_ask_difficulty", contacts=people)
            return memory.as_events()
        if not memory.needs:  # the last of them was taken back
            return ask_change(dispatcher, memory, "about")
        if meant == "correct" and memory == replace(before, asked=None):
            return ask_change(dispatcher, memory, _named_as_wrong(tracker))
        if meant == "ask_nearer" and not memory.place:
            say(dispatcher, "utter_ask_near_where")
            return replace(memory, asked="place").as_events()
        return await answer(dispatcher, memory, _opening(tracker, before, memory), quiet=meant == "danger_check")


async def answer(
    dispatcher: CollectingDispatcher, memory: Memory, opening: str = "utter_found", quiet: bool = False
) -> list[EventType]:
    """Search with what is remembered, show what was found, and keep what is on show; never a dead end.

    `quiet`: nothing is asked or offered, for "Are you safe right now?" is the one question that stands open.
    """
    place = find_place(memory.place) if memory.place else None
    unknown = bool(memory.place) and place is None
    if unknown and not quiet:
        say(dispatcher, "utter_unknown_place", place=memory.place)
    if unknown:
        memory = replace(memory, place=None, asked=None if quiet else "place")
    if place and is_elsewhere(place):
        memory, elsewhere, place = replace(memory, place=None), place, None
        if not quiet:
            return _another_councils(dispatcher, memory, elsewhere)
    try:
        groups = await asyncio.to_thread(search, memory)
    except DirectoryUnavailable:
        say(dispatcher, "utter_search_down", contacts=people_when_we_fail(memory.audience or "other"))
        return memory.as_events()
    fresh = [group for group in groups if group["services"]]
    if not fresh:
        return _none_left(dispatcher, memory, quiet)
    people = [] if quiet or memory.shown else people_in_low_mood(memory)
    open_answer(dispatcher, memory, place.name if place else None, opening, people)
    show(dispatcher, fresh)
    if not quiet:
        show_further_needs(dispatcher, memory)
        memory = memory if unknown else replace(memory, asked_already=ask_what_would_sharpen(dispatcher, memory))
    shown = (*memory.shown, *(service["id"] for group in fresh for service in group["services"]))
    narrowed = {name: value for name, value in memory.narrowed.items() if name != "near"}
    kept = replace(memory, shown=shown, on_show=put_on_show(fresh), narrowed=narrowed)
    return [*kept.as_events(), *_end(dispatcher, kept, quiet)]


def _another_councils(dispatcher: CollectingDispatcher, memory: Memory, place: Point) -> list[EventType]:
    """Of a place that is another council's we know nothing: where to find it, and back to a place of ours."""
    say(dispatcher, "utter_place_elsewhere", place=place.name, council_name=pack().name)
    return [*replace(memory, asked="place").as_events(), SlotSet("offered", None)]


def _end(dispatcher: CollectingDispatcher, memory: Memory, quiet: bool, last: bool = False) -> list[EventType]:
    """The offer to pass it on, unless a question stands open already: one is enough."""
    if quiet:
        return []
    return [SlotSet("offered", None)] if memory.asked else offer(dispatcher, memory, last)


def _none_left(dispatcher: CollectingDispatcher, memory: Memory, quiet: bool) -> list[EventType]:
    """Say plainly that there is none, or none like that; what was wished for is put aside, so that the next turn is wider."""
    people, wished = people_for(memory.audience or "other"), narrowed_in_words(memory)
    near = [it for it in memory.on_show if it.get("km") is not None]
    if memory.narrowed.get("near") and near:
        nearest = min(near, key=lambda it: float(it["km"]))
        say(dispatcher, "utter_no_nearer", contacts=people, service_name=nearest["name"], far=miles_in_words(nearest["km"]))
    elif wished:
        say(dispatcher, "utter_none_like_that", contacts=people, wished=wished)
    else:
        say(dispatcher, "utter_no_more" if memory.shown else "utter_nothing_found", contacts=people)
    wider = replace(memory, narrowed={})
    return [*wider.as_events(), *_end(dispatcher, wider, quiet, last=not wished)]


def _opening(tracker: Tracker, before: Memory, memory: Memory) -> str:
    """Sympathy once, at the first telling, and after danger none; thanks where something was put right."""
    if not before.needs and intent(tracker) == "describe_difficulty" and not tracker.get_slot("after_danger"):
        return "utter_found_hard"
    put_right = understood(tracker).get("correction") and before.needs and memory != before
    return "utter_found_put_right" if put_right else "utter_found"


def _named_as_wrong(tracker: Tracker) -> str:
    """Which part a message says is wrong, without saying what is right."""
    return str((understood(tracker).get("steering") or {}).get("about") or "what")
