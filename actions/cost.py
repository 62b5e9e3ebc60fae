"""What the services shown cost, from their records."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.answers import answer_asked
from actions.find_help import answer
from actions.known import listed
from actions.memory import Memory
from actions.on_show import looked_at, meant_of, records
from actions.remembering import remember, tells_of_need
from actions.turn import choice, say, text, understood, words
from directory.service import ServiceRecord

logger = logging.getLogger(__name__)


class ActionAnswerCost(Action):
    """Says which of the services shown are free, what the others say of money, and which say nothing."""

    def name(self) -> str:
        """Name of the action."""
        return "action_answer_cost"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Of the one that is meant, else of all; where nothing was shown, or early help is meant, what holds in general."""
        memory = Memory.of(tracker)
        if not memory.on_show and tells_of_need(tracker):  # "am I entitled to universal credit"
            return await answer(dispatcher, remember(memory, tracker))
        if answer_asked(dispatcher, tracker):
            return []
        meant = meant_of(memory, understood(tracker).get("steering") or {}, text(tracker))
        keys = [meant["key"]] if meant else [it["key"] for it in memory.on_show]
        try:
            found = await asyncio.to_thread(records, keys) if keys else []
        except SQLAlchemyError as failure:
            logger.error("Services could not be read: %s", type(failure).__name__)
            found = []
        if not found:
            say(dispatcher, "utter_cost")
            return []
        looked = [SlotSet("on_show", list(looked_at(memory, meant["key"])))] if meant else []
        return [*looked, *_say_costs(dispatcher, found)]


def _say_costs(dispatcher: CollectingDispatcher, found: Sequence[ServiceRecord]) -> list[EventType]:
    free = [it for it in found if is_free(it)]
    unsaid = [it for it in found if not it.cost]
    priced = [it for it in found if it.cost and not is_free(it)]
    if len(free) == len(found) > 1:
        say(dispatcher, "utter_cost_all_free")
    elif free:
        say(dispatcher, "utter_cost_free", names=_names(free))
    for it in priced:
        say(dispatcher, "utter_cost_of", service_name=it.name, cost=it.cost.rstrip("."))
    if unsaid:
        say(dispatcher, "utter_cost_unsaid", names=_names(unsaid))
    if not free or len(free) == len(found):
        return [SlotSet("asked", None)]
    say(dispatcher, "utter_cost_narrow", choices=[choice(words("labels")["only_free"], "changed", value="only:free")])
    return [SlotSet("asked", "free"), SlotSet("offered", None)]


def is_free(record: ServiceRecord) -> bool:
    """Whether it says that it is free, and names no sum beside: "Free to settings here. £45 for others." is told in full."""
    return record.free and "£" not in record.cost


def _names(some: Sequence[ServiceRecord]) -> str:
    return listed([it.name for it in some])
