"""Giving people the right humans at once when danger was heard."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.people import people_for
from actions.turn import Said, audience, chosen, intent, say, understood, words
from directory.contacts import emergency_contacts, for_danger

FORM = "early_help_form"


class ActionGiveDangerContacts(Action):
    """Shows whom to call, in the first lines; no menu, no task resumed, at most one question."""

    def name(self) -> str:
        """Name of the action."""
        return "action_give_danger_contacts"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer the risk that was heard, or the answer to "Are you safe right now?"."""
        if safe := _said_safe(tracker):
            return answer_safe(dispatcher, tracker, safe)
        heard = understood(tracker)
        risk = heard["risk"]
        told = (heard.get("details") or {}).get("audience") if heard.get("audience_told") else None
        who = tracker.get_slot("audience") or told or "other"
        contacts = for_danger(risk["kind"], who, immediate=risk["immediate"])
        crisis = risk["response"] == "crisis"
        response = f"utter_danger_{risk['kind']}" if crisis else "utter_danger_check"
        say(dispatcher, response, contacts=contacts, urgent=crisis)
        if (tracker.active_loop or {}).get("name") == FORM:
            say(dispatcher, "utter_form_stopped_for_danger")
        say(dispatcher, "utter_are_you_safe")
        return [
            SlotSet("audience", who if who != "other" else None),
            SlotSet("after_danger", crisis or tracker.get_slot("after_danger")),
            SlotSet("offered", "safety"),  # what a typed yes or no answers now
        ]


def _said_safe(tracker: Tracker) -> str | None:
    """`safe` or `not_safe` where the question was answered, by a choice or in words; None where danger is told anew."""
    if understood(tracker).get("risk"):
        return None
    return chosen(tracker, "value") or {"affirm": "safe", "deny": "not_safe"}.get(intent(tracker))


def answer_safe(dispatcher: CollectingDispatcher, tracker: Tracker, safe: str) -> list[EventType]:
    """After "Are you safe right now?": people either way, and 999 first unless they said that they are safe."""
    if safe == "safe":
        say(dispatcher, "utter_danger_safe", contacts=people_for(audience(tracker)), choices=_way_back(tracker))
    else:
        say(dispatcher, "utter_danger_not_safe", contacts=emergency_contacts(), urgent=True)
    return [SlotSet("after_danger", True), SlotSet("offered", None)]


def _way_back(tracker: Tracker) -> Said:
    """The request that danger stopped can be taken up again, if they wish."""
    return [{"title": words("labels")["go_on"], "payload": "/continue_request"}] if tracker.get_slot("answers") else []
