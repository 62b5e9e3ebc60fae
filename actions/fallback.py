"""When something was not understood: a question, then choices, then a person; never the same thing twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.beyond import answer_beyond
from actions.change import ask_change
from actions.danger import answer_safe
from actions.find_help import answer
from actions.memory import MAX_STORY, Memory
from actions.people import people_for
from actions.questions import explain_term
from actions.remembering import remember
from actions.showing import guessable, need_choices
from actions.turn import audience, choice, intent, say, text, understood, words

MOST_CHOICES = 4
"""Needs to choose from."""
MOST_MISSES = 9


class ActionNotUnderstood(Action):
    """One rephrasing question, then choices from the likeliest needs, then people."""

    def name(self) -> str:
        """Name of the action."""
        return "action_not_understood"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The more often in a row, the closer to a person; every other turn that is understood begins the count anew.

        After danger the people come at once: no puzzle, and no needs to choose from.
        """
        if explain_term(dispatcher, tracker):
            return [SlotSet("misses", 0)]
        if tracker.get_slot("offered") == "safety":
            return answer_safe(dispatcher, tracker, "not_safe")  # unclear words after "Are you safe?" are no yes
        memory, misses = Memory.of(tracker), float(tracker.get_slot("misses") or 0)
        if memory.asked == "place" and memory.needs and (after := remember(memory, tracker)).place != memory.place:
            return await answer(dispatcher, after)  # a place we do not know is one all the same
        counted = SlotSet("misses", min(misses + 1, MOST_MISSES))
        if misses == 0 and memory.asked in {"age", "who", "what"}:
            return [*ask_change(dispatcher, memory, str(memory.asked)), counted]
        low = bool(understood(tracker).get("low")) and audience(tracker) != "practitioner"
        if misses == 0 and low:
            return _low_mood(dispatcher, tracker, memory)
        if intent(tracker) == "out_of_scope" and not low:
            said = await answer_beyond(dispatcher, tracker, misses)
            if said is not None:
                return said
        if misses == 0 and memory.asked != "about" and not memory.after_danger:
            say(dispatcher, "utter_out_of_scope" if intent(tracker) == "out_of_scope" else "utter_rephrase")
            return [counted, SlotSet("asked", None), SlotSet("offered", None)]
        return [*_choices_or_a_person(dispatcher, tracker, memory, misses), SlotSet("offered", None)]


def _low_mood(dispatcher: CollectingDispatcher, tracker: Tracker, memory: Memory) -> list[EventType]:
    """Not understood, but it sounded sad: people who listen, and no puzzle."""
    say(dispatcher, "utter_low_mood", contacts=people_for(f"low_mood_{audience(tracker)}"))
    return [SlotSet("story", [*memory.story, text(tracker)][-MAX_STORY:]), SlotSet("asked", None), SlotSet("offered", None)]


def _choices_or_a_person(dispatcher: CollectingDispatcher, tracker: Tracker, memory: Memory, misses: float) -> list[EventType]:
    likely = needs_most_likely(tracker)
    if misses <= 1 and likely and not memory.after_danger:
        choices = [*need_choices(likely), choice(words("labels")["need_choice_other"], "ask_person")]
        say(dispatcher, "utter_choose_need", choices=choices)
        return [*replace(memory, likely=tuple(likely), asked="need").as_events(), SlotSet("misses", 2)]
    again = memory.asked == "person"
    say(
        dispatcher,
        "utter_not_understood_again" if again else "utter_not_understood_person",
        contacts=people_for(audience(tracker)),
    )
    return [SlotSet("misses", min(misses + 1, MOST_MISSES)), SlotSet("asked", "person")]


def needs_most_likely(tracker: Tracker) -> list[str]:
    """Codes of the likeliest needs of the latest message, whatever their confidence, for a choice."""
    return guessable([need["code"] for need in understood(tracker).get("ranked_needs") or []])[:MOST_CHOICES]
