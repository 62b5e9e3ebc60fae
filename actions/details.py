"""Details of one of the services shown: its card, and where to read all of it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.answers import answer_asked
from actions.find_help import answer
from actions.memory import Memory
from actions.on_show import card_of, looked_at, meant_of, records
from actions.people import people_for
from actions.remembering import about
from actions.turn import choice, chosen, say, text, understood

logger = logging.getLogger(__name__)


class ActionShowDetails(Action):
    """Shows the service that is meant, by its place in the answer, by its name or by a choice; else asks which."""

    def name(self) -> str:
        """Name of the action."""
        return "action_show_details"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """ "the second one" is the second of what was shown last: of needs to choose from, where those were."""
        memory = Memory.of(tracker)
        steering = understood(tracker).get("steering") or {}
        number = steering.get("which")
        if memory.asked == "need" and number and -1 <= number <= len(memory.likely):
            code = memory.likely[number - 1 if number > 0 else -1]
            return await answer(dispatcher, about(memory, code))
        if not memory.on_show:
            if not answer_asked(dispatcher, tracker):  # "can I bring my sister": to early help, where no service was shown
                say(dispatcher, "utter_nothing_shown")
            return replace(memory, asked=None).as_events()
        key = chosen(tracker, "value") or (meant_of(memory, steering, text(tracker)) or {}).get("key")
        if key is None:
            return ask_which(dispatcher, memory)
        return await _show(dispatcher, memory, key)


def ask_which(dispatcher: CollectingDispatcher, memory: Memory) -> list[EventType]:
    """Ask which of the services shown is meant, each one tap away."""
    choices = [choice(it["name"], "show_service", value=it["key"]) for it in memory.on_show]
    say(dispatcher, "utter_details_which", choices=choices)
    return [*replace(memory, asked="service").as_events(), SlotSet("offered", None)]


async def _show(dispatcher: CollectingDispatcher, memory: Memory, key: str) -> list[EventType]:
    try:
        found = await asyncio.to_thread(records, [key])
    except SQLAlchemyError as failure:
        logger.error("A service could not be read: %s", type(failure).__name__)
        say(dispatcher, "utter_search_down", contacts=people_for(memory.audience or "other"))
        return []
    if found:
        say(dispatcher, "utter_details", services=[card_of(found[0], memory)], service_name=found[0].name)
    else:
        say(dispatcher, "utter_details_gone", contacts=people_for(memory.audience or "other"))
    return [*replace(memory, on_show=looked_at(memory, key), asked=None).as_events(), SlotSet("offered", None)]
