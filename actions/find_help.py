"""Finding help: the turn that shows a family the few services that fit what they told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.known import known
from actions.memory import Memory, remember
from actions.people import people_for
from actions.turn import intent, say, understood
from directory.client import DirectoryClient, DirectoryUnavailable
from directory.needs import needs as vocabulary
from directory.packs import pack
from directory.places import find_place
from handover.delivery import destination

MAX_NEEDS = 3
"""Needs answered at once; more are offered as choices."""
PER_NEED = 3
ALONE = 4
"""Services shown when there is only one need."""
NEARER_KM = 8.0
AGE_MATTERS = ("early_years.", "family.", "mind.", "school.", "send.", "money.holiday", "community.things")


@lru_cache(maxsize=1)
def directory() -> DirectoryClient:
    """The directory server's client, with its kept-alive connection."""
    return DirectoryClient()


@lru_cache(maxsize=1)
def label_of() -> dict[str, str]:
    """Need code → what a family reads."""
    return {need.code: need.label for need in vocabulary().values()}


class ActionFindHelp(Action):
    """Remembers what was said, searches, and shows a small group of services for each need."""

    def name(self) -> str:
        """Name of the action."""
        return "action_find_help"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """One turn: remember, ask only if there is nothing to search with, search, show, offer."""
        before = Memory.of(tracker)
        memory = remember(before, tracker)
        if intent(tracker) == "danger_check" and not understood(tracker).get("needs"):
            return memory.as_events()  # the caring check has been said, and nothing was asked for
        if not memory.needs:
            return _ask_what_is_hard(dispatcher, memory)
        place = find_place(memory.place) if memory.place else None
        if memory.place and place is None:
            say(dispatcher, "utter_unknown_place", place=memory.place)
            memory = replace(memory, place=None)
        try:
            groups = await asyncio.to_thread(_search, memory, intent(tracker))
        except DirectoryUnavailable:
            say(dispatcher, "utter_search_down", contacts=people_for(memory.audience or "other"))
            return memory.as_events()
        fresh = [group for group in groups if group["services"]]
        if not fresh:
            none_left = "utter_no_more" if memory.shown else "utter_nothing_found"
            say(dispatcher, none_left, contacts=people_for(memory.audience or "other"))
            return [*memory.as_events(), *_offer(dispatcher, memory)]
        _open(dispatcher, tracker, memory, place.name if place else None, first=not before.needs)
        _show(dispatcher, fresh)
        _show_further_needs(dispatcher, memory)
        _ask_what_would_sharpen(dispatcher, memory)
        shown = (*memory.shown, *(service["id"] for group in fresh for service in group["services"]))
        return [*replace(memory, shown=shown).as_events(), *_offer(dispatcher, memory)]


def _ask_what_is_hard(dispatcher: CollectingDispatcher, memory: Memory) -> list[EventType]:
    say(dispatcher, "utter_ask_difficulty")
    return memory.as_events()


def _search(memory: Memory, meant: str) -> list[dict[str, Any]]:
    parts = [{"need": need["code"], "words": need["words"]} for need in memory.needs[:MAX_NEEDS]]
    found = directory().search(
        {
            "text": memory.story[-1] if memory.story else parts[0]["words"],
            "parts": parts,
            "ages": list(memory.ages),
            "place": memory.place,
            "audience": memory.audience,
            "within_km": NEARER_KM if meant == "ask_nearer" and memory.place else None,
            "top": PER_NEED if len(parts) > 1 else ALONE,
            "exclude": list(memory.shown),
        }
    )
    return list(found["groups"])


def _open(dispatcher: CollectingDispatcher, tracker: Tracker, memory: Memory, place: str | None, first: bool) -> None:
    """Sympathy once, at the first telling; after danger, and to a practitioner, none."""
    if memory.audience == "practitioner":
        say(dispatcher, "utter_found_practitioner")
    elif first and intent(tracker) == "describe_difficulty" and not tracker.get_slot("after_danger"):
        say(dispatcher, "utter_found_hard")
    else:
        say(dispatcher, "utter_found")
    if into_account := known(memory, place):
        say(dispatcher, "utter_known", known=into_account)


def _show(dispatcher: CollectingDispatcher, groups: list[dict[str, Any]]) -> None:
    for group in groups:
        label = label_of().get(group["need"])
        if label:
            say(dispatcher, "utter_need_heading", services=group["services"], need_label=label)
        else:
            say(dispatcher, "utter_services", services=group["services"])


def _show_further_needs(dispatcher: CollectingDispatcher, memory: Memory) -> None:
    further = [need["code"] for need in memory.needs[MAX_NEEDS:] if need["code"] in label_of()]
    if further:
        choices = [{"title": label_of()[code], "payload": f'/show_need{{"need": "{code}"}}'} for code in further]
        say(dispatcher, "utter_more_needs", choices=choices)


def _ask_what_would_sharpen(dispatcher: CollectingDispatcher, memory: Memory) -> None:
    """The one question, after the services and never before them, and only where its answer would change them."""
    age_matters = any((need["code"] or "").startswith(AGE_MATTERS) for need in memory.needs)
    asks_age = age_matters and not memory.ages and memory.audience != "young_person"
    if asks_age and not memory.place:
        say(dispatcher, "utter_ask_age_and_place")
    elif asks_age:
        say(dispatcher, "utter_ask_age")
    elif not memory.place:
        say(dispatcher, "utter_ask_place")


def _offer(dispatcher: CollectingDispatcher, memory: Memory) -> list[EventType]:
    """Offer the handover, where there is somebody to receive it; never pushed."""
    if destination(pack()) is None:
        say(dispatcher, "utter_offer_person")
        return [SlotSet("offered", None)]
    who = "_practitioner" if memory.audience == "practitioner" else ""
    say(dispatcher, f"utter_offer_request{who}", early_help_team=pack().early_help.name)
    return [SlotSet("offered", "request"), SlotSet("misses", 0)]


def needs_most_likely(tracker: Tracker, most: int = 4) -> list[str]:
    """Codes of the likeliest needs of the latest message, whatever their confidence, for a choice."""
    return [need["code"] for need in (understood(tracker).get("ranked_needs") or [])[:most]]
