"""The first words, and learning who is asking."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import chosen, say
from directory.packs import pack

AUDIENCES = ("parent", "young_person", "practitioner", "other")


def council_slots() -> list[EventType]:
    """The council's own names, which the words of bot/domain use."""
    here = pack()
    return [
        SlotSet("council", here.name),
        SlotSet("early_help_team", here.early_help.name),
        SlotSet("front_door", here.front_door.name),
    ]


def welcome(dispatcher: CollectingDispatcher, who: str | None) -> None:
    """The welcome for whoever is asking; a young person hears first what stays private and when it cannot."""
    if who == "young_person":
        say(dispatcher, "utter_welcome_young_person")
        say(dispatcher, "utter_welcome_young_person_ask")
    elif who == "practitioner":
        say(dispatcher, "utter_welcome_practitioner")
    else:
        say(dispatcher, "utter_welcome_parent")


class ActionGreet(Action):
    """Says what this is, that it is a computer and what is kept; then listens."""

    def name(self) -> str:
        """Name of the action."""
        return "action_greet"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Greet; an audience the page already knows is not asked again."""
        here = pack()
        who = chosen(tracker, "audience")
        who = who if who in AUDIENCES else None
        say(dispatcher, "utter_greet", council=here.name)
        if who:
            welcome(dispatcher, who)
        else:
            say(dispatcher, "utter_greet_keep")
        return [*council_slots(), SlotSet("audience", who)]


class ActionSetAudience(Action):
    """Remembers who is asking, once they choose."""

    def name(self) -> str:
        """Name of the action."""
        return "action_set_audience"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Welcome them by what they are."""
        who = chosen(tracker, "audience")
        who = who if who in AUDIENCES else None
        welcome(dispatcher, who)
        return [SlotSet("audience", who)]


class ActionStartAgain(Action):
    """Puts aside what was told, and keeps who is asking and that they were in danger."""

    def name(self) -> str:
        """Name of the action."""
        return "action_start_again"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Forget all but the council's names, the audience and whether danger was answered."""
        say(dispatcher, "utter_started_again")
        kept = {"audience": tracker.get_slot("audience"), "after_danger": tracker.get_slot("after_danger")}
        return [AllSlotsReset(), *council_slots(), *(SlotSet(name, value) for name, value in kept.items())]
