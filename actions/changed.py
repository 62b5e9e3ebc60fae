"""Applying a change that was chosen, and answering again at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.find_help import answer
from actions.for_whom import for_whom, own
from actions.memory import Memory
from actions.remembering import about
from actions.turn import chosen, say, words


class ActionChanged(Action):
    """Takes the choice that answers "How old are they?", "Who is it for?" and the like, and searches with it."""

    def name(self) -> str:
        """Name of the action."""
        return "action_changed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The choice's value is `what:right`, as actions/change.py wrote it."""
        what, _, right = str(chosen(tracker, "value") or "").partition(":")
        memory = changed(Memory.of(tracker), what, right)
        memory = replace(memory, asked=None, shown=(), asked_already=(*memory.asked_already, what))
        if not memory.needs:
            say(dispatcher, "utter_ask_difficulty")
            return memory.as_events()
        return await answer(dispatcher, memory)


def changed(memory: Memory, what: str, right: str) -> Memory:
    """The memory with the right age, place, person, need, or with only free services wanted."""
    if what == "age":
        age = words("change")["age"][right]
        return replace(memory, ages=({"min": age["min"], "max": age["max"]},) if "min" in age else ())
    if what == "place":
        return replace(memory, place=right or None)
    if what == "who":
        return _for(memory, words("change")["who"][right])
    if what == "about":
        return about(memory, right)
    return replace(memory, narrowed={**memory.narrowed, right: True})


def _for(memory: Memory, who: dict[str, Any]) -> Memory:
    now_asks = replace(memory, audience=who["audience"])
    if who["audience"] == "young_person":
        needs = tuple({**need, "code": own(need["code"], "young_person", need["words"] or "")} for need in memory.needs)
        now_asks = replace(now_asks, needs=needs, ages=())
    after = for_whom(now_asks, who.get("whom"))
    return replace(after, whom=who.get("whom"))
