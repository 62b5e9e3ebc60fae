"""What follows a message in another language: the words and the people, and the offer to pass the message on."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.danger import answer_safe
from actions.languages import answer_in_language, language_spoken
from actions.memory import MAX_STORY, Memory
from actions.turn import say, text
from directory.packs import pack
from handover.delivery import destination


class ActionAnswerInLanguage(Action):
    """Answers a message in another language, and keeps it for a worker who can have it translated."""

    def name(self) -> str:
        """Name of the action."""
        return "action_answer_in_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """After "Are you safe right now?" words that cannot be read are no yes."""
        if tracker.get_slot("offered") == "safety":
            return [*answer_safe(dispatcher, tracker, "not_safe"), *language_spoken(tracker)]
        answer_in_language(dispatcher, tracker)
        story = [*Memory.of(tracker).story, text(tracker)][-MAX_STORY:]
        return [SlotSet("story", story), *language_spoken(tracker), *_offer(dispatcher)]


def _offer(dispatcher: CollectingDispatcher) -> list[EventType]:
    """Offer to pass on what was written, where there is somebody to receive it."""
    if destination(pack()) is None:
        return [SlotSet("offered", None)]
    say(dispatcher, "utter_offer_in_language", early_help_team=pack().early_help.name)
    return [SlotSet("offered", "request"), SlotSet("misses", 0)]
