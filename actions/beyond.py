"""What is not Signpost's business: a short kind answer, a pointer where there is one, and back to what it can do."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.find_help import answer
from actions.memory import Memory
from actions.people import people_for
from actions.remembering import remember
from actions.turn import audience, say, understood
from directory.contacts import contact, shown
from directory.packs import pack

POINTS_TO = {"health": ("nhs-111", "emergency-999"), "law": ("citizens-advice",)}
"""Whom the pointer of a topic names, by id of the registry."""
ASKED_OF_A_NEED = frozenset({"health", "law", "council", "insult"})
"""What Signpost does not do, asked of a difficulty it may know help for: "can my landlord put us out", "can't pay the council tax"; or
said in anger by somebody who has one."""
SURE_OF_A_NEED = 0.9
"""A need heard so surely is answered too."""


async def answer_beyond(dispatcher: CollectingDispatcher, tracker: Tracker, misses: float) -> list[EventType] | None:
    """Answer by the topic of the message.

    None where there is none, after danger (people come at once), and once two in a row had the same topic: then a person is due.
    """
    topic, memory = understood(tracker).get("beyond"), Memory.of(tracker)
    told = _sure_of_a_need(tracker)
    if memory.after_danger:
        return None
    after = remember(memory, tracker)
    if told and topic in (None, "elsewhere", *ASKED_OF_A_NEED):  # where it is asked for is looked at when it is answered
        if topic in ASKED_OF_A_NEED:
            _point(dispatcher, tracker, str(topic))
        return [SlotSet("misses", 0), *await answer(dispatcher, after)]
    if topic is None or misses > 1:
        return None
    again = memory.asked == f"beyond_{topic}"
    _point(dispatcher, tracker, str(topic))
    if topic != "insult" and not again:
        say(dispatcher, "utter_beyond_back")
    held = after if topic == "elsewhere" else memory  # "food banks in Leeds", and then "aldmoor": it is still a food bank
    return [
        *replace(held, asked=f"beyond_{topic}").as_events(),
        SlotSet("misses", 2.0 if again else 1.0),
        SlotSet("offered", None),
    ]


def _point(dispatcher: CollectingDispatcher, tracker: Tracker, topic: str) -> None:
    """The topic's own answer, with the people it points to."""
    people = people_for(audience(tracker)) if topic == "insult" else [contact(name) for name in POINTS_TO.get(topic, ())]
    say(dispatcher, f"utter_beyond_{topic}", contacts=[it for it in people if shown(it)], council_name=pack().name)


def _sure_of_a_need(tracker: Tracker) -> bool:
    return any(need["confidence"] >= SURE_OF_A_NEED for need in understood(tracker).get("needs") or ())
