"""What is not Signpost's business: a short kind answer, a pointer where there is one, and back to what it can do."""

from __future__ import annotations

from urllib.parse import urlsplit

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
ASKED_OF_A_NEED = frozenset({"health", "law", "council"})
"""What Signpost does not do, asked of a difficulty it may know help for: "can my landlord put us out", "can't pay the council tax"."""
SURE_OF_A_NEED = 0.9
"""A need heard so surely is answered too."""


async def answer_beyond(dispatcher: CollectingDispatcher, tracker: Tracker, misses: float) -> list[EventType] | None:
    """Answer by the topic of the message; None where there is none, or the same one was answered just before."""
    topic, memory = understood(tracker).get("beyond"), Memory.of(tracker)
    asked = f"beyond_{topic}"
    told = _sure_of_a_need(tracker)
    if memory.after_danger or misses > 1 or memory.asked == asked or (topic is None and not told):
        return None
    after = remember(memory, tracker)
    if told and (topic in (None, *ASKED_OF_A_NEED) or (topic == "elsewhere" and after.place)):
        if topic in ASKED_OF_A_NEED:
            _point(dispatcher, tracker, str(topic))
        return await answer(dispatcher, after)
    _point(dispatcher, tracker, str(topic))
    if topic != "insult":
        say(dispatcher, "utter_beyond_back")
    return [SlotSet("misses", max(misses, 1.0)), SlotSet("asked", asked), SlotSet("offered", None)]


def _point(dispatcher: CollectingDispatcher, tracker: Tracker, topic: str) -> None:
    """The topic's own answer, with the people it points to."""
    here = pack()
    if topic == "council" and here.website:
        say(dispatcher, "utter_beyond_council_here", website=urlsplit(here.website).netloc)
        return
    people = people_for(audience(tracker)) if topic == "insult" else [contact(name) for name in POINTS_TO.get(topic, ())]
    say(dispatcher, f"utter_beyond_{topic}", contacts=[it for it in people if shown(it)], council_name=here.name)


def _sure_of_a_need(tracker: Tracker) -> bool:
    return any(need["confidence"] >= SURE_OF_A_NEED for need in understood(tracker).get("needs") or ())
