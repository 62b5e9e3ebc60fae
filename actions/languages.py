"""Saying the fixed words of another language, where the council has approved them."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.people import people_for
from actions.turn import audience, say, understood
from bot.understanding.language import ENGLISH
from directory.contacts import emergency_contacts
from directory.languages import MESSAGE, languages
from directory.packs import pack


def language_heard(tracker: Tracker) -> str:
    """The code of the language that the latest message is in; of a choice, that of the messages before it."""
    return str(understood(tracker).get("language") or tracker.get_slot("language") or ENGLISH)


def say_in_language(dispatcher: CollectingDispatcher, tracker: Tracker, lines: tuple[str, ...] = MESSAGE) -> bool:
    """Say those lines in the language of the latest message; False where there are none that the council approved.

    As long as no person has checked them, both the language and English say that they are a machine's.
    """
    code = language_heard(tracker)
    if code not in pack().approved_languages:
        return False
    language = languages()[code]
    say(dispatcher, "utter_in_language", language=language, said=language.say(lines))
    if not language.checked:
        say(dispatcher, "utter_machine_written", language_name=language.english_name)
    return True


def answer_in_language(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """The whole answer to a message in another language: its words, or plain English; then the people to ring."""
    answered = say_in_language(dispatcher, tracker)
    everybody = {it.id: it for it in (*people_for(audience(tracker)), *emergency_contacts())}
    say(dispatcher, "utter_interpreter_people" if answered else "utter_other_language", contacts=everybody.values())


def language_spoken(tracker: Tracker) -> list[EventType]:
    """Remembers the language of the latest message, where it is not English, for the request."""
    code = language_heard(tracker)
    return [SlotSet("language", code)] if code != ENGLISH else []
