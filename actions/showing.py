"""What is said around the services that are shown: how the answer opens, the headings, the question and the offer after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.for_whom import may_be_a_child
from actions.known import known
from actions.memory import Memory
from actions.searching import MAX_NEEDS
from actions.turn import Said, choice, say, words
from directory.cards import UNASKED
from directory.contacts import Contact
from directory.needs import needs as vocabulary
from directory.packs import pack
from handover.delivery import destination

AGE_MATTERS = ("early_years.", "family.", "mind.", "school.", "send.", "money.holiday", "community.things")


@lru_cache(maxsize=1)
def label_of() -> dict[str, str]:
    """Need code → what a family reads."""
    return {need.code: need.label for need in vocabulary().values()}


def need_choices(codes: Sequence[str]) -> Said:
    """A choice for each of these needs."""
    return [choice(label_of()[code], "show_need", need=code) for code in codes if code in label_of()]


def guessable(codes: Sequence[str]) -> list[str]:
    """Of these needs those that may be offered as a guess: nobody is told that they look like abuse unless they said so."""
    return [code for code in codes if code not in UNASKED]


def open_answer(
    dispatcher: CollectingDispatcher, memory: Memory, place: str | None, opening: str, people: Sequence[Contact] = ()
) -> None:
    """The first words, with people to talk to, and what was taken into account, to be corrected in words or with one tap."""
    say(dispatcher, "utter_found_practitioner" if memory.audience == "practitioner" else opening, contacts=people)
    say(dispatcher, "utter_known", known=known(memory, place))


def show(dispatcher: CollectingDispatcher, groups: Sequence[Mapping[str, Any]]) -> None:
    """Each need's services under its own short heading."""
    for group in groups:
        called = group.get("called")
        label = words("labels")["for_called"].format(called=called) if called else label_of().get(group["need"])
        if label:
            say(dispatcher, "utter_need_heading", services=group["services"], need_label=label)
        else:
            say(dispatcher, "utter_services", services=group["services"])


def show_further_needs(dispatcher: CollectingDispatcher, memory: Memory) -> None:
    """The needs that were told beyond those answered now, one tap away."""
    if further := need_choices(memory.codes[MAX_NEEDS:]):
        say(dispatcher, "utter_more_needs", choices=further)


def ask_what_would_sharpen(dispatcher: CollectingDispatcher, memory: Memory) -> tuple[str, ...]:
    """The one question, after the services and never before them, and only where its answer would change them.

    Nothing is asked twice: returns what has been asked by now.
    """
    age_matters = any((need["code"] or "").startswith(AGE_MATTERS) for need in memory.needs)
    own = memory.audience == "young_person" or not may_be_a_child(memory.whom)
    missing = [
        *(["age"] if age_matters and not memory.ages and not own else []),
        *(["place"] if not memory.place else []),
    ]
    asks = [detail for detail in missing if detail not in memory.asked_already]
    if asks:
        say(dispatcher, f"utter_ask_{'_and_'.join(asks)}")
    return (*memory.asked_already, *asks)


def offer(dispatcher: CollectingDispatcher, memory: Memory, last: bool = False) -> list[EventType]:
    """Offer the handover, where there is somebody to receive it; never pushed. `last`: there is no more to show.

    After danger a person is offered and nothing else; who asks to pass it on is still heard.
    """
    if memory.after_danger:
        say(dispatcher, "utter_danger_stays")
        return [SlotSet("offered", None)]
    if destination(pack()) is None:
        say(dispatcher, "utter_offer_person_last" if last else "utter_offer_person")
        return [SlotSet("offered", None)]
    to_family = "utter_offer_request_last" if last else "utter_offer_request"
    response = "utter_offer_request_practitioner" if memory.audience == "practitioner" else to_family
    say(dispatcher, response, early_help_team=pack().early_help.name)
    return [SlotSet("offered", "request")]
