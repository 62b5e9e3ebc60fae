"""Giving people the right humans at once when danger was heard."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.languages import language_spoken, say_in_language
from actions.memory import Memory
from actions.people import people_for
from actions.showing import offer
from actions.turn import Said, audience, chosen, intent, say, text, understood, words
from bot.understanding.language import ENGLISH
from directory.contacts import emergency_contacts, for_danger
from directory.languages import IN_DANGER

FORM = "early_help_form"
ASKED_AGAIN = "safe_again"
"""What `asked` holds once "Are you safe right now?" was asked a second time."""
A_SENTENCE = 3
"""Words of an answer that says more than yes or no."""


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
        say(dispatcher, words_for(risk, who), contacts=contacts, urgent=crisis)
        say_in_language(dispatcher, tracker, IN_DANGER)
        if (tracker.active_loop or {}).get("name") == FORM:
            say(dispatcher, "utter_form_stopped_for_danger")
        say(dispatcher, "utter_are_you_safe")
        return [
            SlotSet("audience", who if who != "other" else None),
            SlotSet("after_danger", crisis or tracker.get_slot("after_danger")),
            SlotSet("offered", "safety"),  # what a typed yes or no answers now
            SlotSet("asked", None),
            *language_spoken(tracker),
        ]


def words_for(risk: dict[str, Any], who: str) -> str:
    """The response for this danger in the words for whoever asks: bot/domain/danger.yml has all of them.

    Named here and not left to a condition on the slot `audience`: who asks may have been told in this very message,
    and Rasa chooses between a response's variants before it fills the slots of the action that says it.
    """
    about = risk["kind"] if risk["response"] == "crisis" else "check"
    works = who == "practitioner" or (who == "other" and risk["whose"] == "client")
    return f"utter_danger_{about}{'_practitioner' if works else '_young_person' if who == 'young_person' else ''}"


def _said_safe(tracker: Tracker) -> str | None:
    """`safe` or `not_safe` where the question was answered, by a choice or in words; None where danger is told anew."""
    if understood(tracker).get("risk"):
        return None
    return chosen(tracker, "value") or {"affirm": "safe", "deny": "not_safe"}.get(intent(tracker))


def answer_safe(dispatcher: CollectingDispatcher, tracker: Tracker, safe: str) -> list[EventType]:
    """After "Are you safe right now?": people either way, and 999 first unless they said that they are safe."""
    if safe != "safe" and _may_mean_anything(tracker):
        say(dispatcher, "utter_danger_ask_again", contacts=emergency_contacts())
        say(dispatcher, "utter_are_you_safe")
        return [SlotSet("offered", "safety"), SlotSet("asked", ASKED_AGAIN)]
    if safe == "safe":
        say(dispatcher, "utter_danger_safe", contacts=people_for(audience(tracker)), choices=_way_back(tracker))
    else:
        say(dispatcher, "utter_danger_not_safe", contacts=emergency_contacts(), urgent=True)
        say_in_language(dispatcher, tracker, IN_DANGER)
    # "Yes, I'm safe" after a mere check changes nothing: it may have been about homework.
    after_danger = bool(tracker.get_slot("after_danger")) or safe != "safe"
    return [SlotSet("after_danger", after_danger), *_offer_held_back(dispatcher, tracker, after_danger)]


def _may_mean_anything(tracker: Tracker) -> bool:
    """Whether words after a mere check are neither yes nor no: "no not really, she will just be mad". They are asked once more."""
    english = understood(tracker).get("language", ENGLISH) == ENGLISH
    typed = english and not chosen(tracker, "value") and len(text(tracker).split()) >= A_SENTENCE
    return typed and not tracker.get_slot("after_danger") and tracker.get_slot("asked") != ASKED_AGAIN


def _offer_held_back(dispatcher: CollectingDispatcher, tracker: Tracker, after_danger: bool) -> list[EventType]:
    """The offer that the check held back, where it showed help: else somebody who lashes out at six is never asked."""
    memory = Memory.of(tracker)
    if after_danger or not memory.on_show or tracker.get_slot("answers"):
        return [SlotSet("offered", None)]
    return offer(dispatcher, memory)


def _way_back(tracker: Tracker) -> Said:
    """The request that danger stopped can be taken up again, if they wish."""
    return [{"title": words("labels")["go_on"], "payload": "/continue_request"}] if tracker.get_slot("answers") else []
