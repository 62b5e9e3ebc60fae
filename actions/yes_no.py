"""A bare yes, no or ok where neither the offer to pass it on nor "Are you safe?" is open: it answers what was asked last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.change import ask_change
from actions.changed import changed
from actions.details import ask_which
from actions.fallback import MOST_MISSES
from actions.find_help import answer
from actions.memory import Memory
from actions.people import people_for
from actions.showing import need_choices
from actions.turn import audience, choice, say, words

DENIED = "deny"
"""What `asked` holds after a no that closed the question."""
CHANGES = frozenset({"what", "age", "place", "who", "about"})


class ActionAffirm(Action):
    """Yes to a question that yes does not answer: it is asked once more, and then left."""

    def name(self) -> str:
        """Name of the action."""
        return "action_affirm"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """ "Is it one of these?" "Yes." needs to know which; a second yes leads to a person."""
        memory, again = Memory.of(tracker), float(tracker.get_slot("misses") or 0) + 1
        if memory.asked == "free":
            return await answer(dispatcher, replace(changed(memory, "only", "free"), shown=(), asked=None))
        if memory.asked in CHANGES and again == 1:
            return [*ask_change(dispatcher, memory, str(memory.asked)), SlotSet("misses", again)]
        if memory.asked == "service" and again == 1:
            return [*ask_which(dispatcher, memory), SlotSet("misses", again)]
        if memory.asked == "need" and again <= 3:
            choices = [*need_choices(memory.likely), choice(words("labels")["need_choice_other"], "ask_person")]
            say(dispatcher, "utter_which_need", choices=choices)
            return [SlotSet("misses", 4)]
        if memory.asked == "need" or again >= 3:
            say(dispatcher, "utter_not_understood_person", contacts=people_for(audience(tracker)))
            return [SlotSet("asked", "person"), SlotSet("misses", MOST_MISSES)]
        if str(memory.asked).startswith("beyond_"):
            say(dispatcher, "utter_affirm_what")
            return [SlotSet("asked", None), SlotSet("misses", 0)]
        left = memory.asked in CHANGES
        say(dispatcher, "utter_change_left" if left else "utter_affirm_what" if again == 1 else "utter_rephrase")
        return [SlotSet("asked", None), SlotSet("misses", 0 if left else again)]


class ActionDeny(Action):
    """No to whatever was asked: nothing is changed, nothing is sent, and none of these needs means a person."""

    def name(self) -> str:
        """Name of the action."""
        return "action_deny"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The question is closed."""
        asked = Memory.of(tracker).asked
        if asked in {"need", DENIED}:  # a no to nothing: somebody to talk to, and not the same words again
            say(dispatcher, "utter_not_understood_person", contacts=people_for(audience(tracker)))
            return [SlotSet("asked", "person"), SlotSet("offered", None)]
        say(dispatcher, "utter_change_left" if asked in CHANGES else "utter_deny")
        return [SlotSet("asked", None if asked in CHANGES else DENIED), SlotSet("offered", None)]
