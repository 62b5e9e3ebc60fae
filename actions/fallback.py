"""When something was not understood: a question, then choices, then a person; never the same thing twice."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.danger import answer_safe
from actions.find_help import label_of, needs_most_likely
from actions.people import people_for
from actions.questions import explain_term
from actions.turn import audience, say, words


class ActionNotUnderstood(Action):
    """One rephrasing question, then choices from the likeliest needs, then people."""

    def name(self) -> str:
        """Name of the action."""
        return "action_not_understood"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The more often in a row, the closer to a person."""
        if explain_term(dispatcher, tracker):
            return []
        if tracker.get_slot("offered") == "safety":
            return answer_safe(dispatcher, tracker, "not_safe")  # unclear words after "Are you safe?" are no yes
        misses = float(tracker.get_slot("misses") or 0)
        likely = needs_most_likely(tracker)
        if misses == 0 or (misses == 1 and not likely):
            say(dispatcher, "utter_rephrase")
        elif misses == 1:
            choices = [{"title": label_of()[code], "payload": f'/show_need{{"need": "{code}"}}'} for code in likely]
            choices.append({"title": words("labels")["need_choice_other"], "payload": "/ask_person"})
            say(dispatcher, "utter_choose_need", choices=choices)
        else:
            say(dispatcher, "utter_not_understood_person", contacts=people_for(audience(tracker)))
        return [SlotSet("misses", min(misses + 1, 9))]
