"""Changing what was taken into account, with one tap: what to change, and one short question for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.memory import Memory
from actions.showing import guessable, label_of
from actions.turn import Said, choice, chosen, say, words
from directory.places import pack_towns

MOST = 6
"""Choices of places or needs: more than that nobody reads on a phone."""


class ActionChange(Action):
    """Asks what shall be changed or, once that was chosen, what is right."""

    def name(self) -> str:
        """Name of the action."""
        return "action_change"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The choice's value is what to change; without one, that is asked."""
        return ask_change(dispatcher, Memory.of(tracker), chosen(tracker, "value") or "what")


def ask_change(dispatcher: CollectingDispatcher, memory: Memory, what: str) -> list[EventType]:
    """Ask the one question about `what` (age, place, who, about, or what to change), with its choices.

    "need" is a page's name for what it is about; "none" and "words" ask for the family's own words.
    """
    what = {"need": "about", "none": "words"}.get(what, what)
    if what not in _CHOICES:
        what = "what"
    say(dispatcher, f"utter_ask_change_{what}", choices=_CHOICES[what](memory))
    asked = "about" if what == "words" else what
    return [*replace(memory, asked=asked).as_events(), SlotSet("offered", None)]


def _what(_memory: Memory) -> Said:
    return [choice(label, "change", value=name) for name, label in words("change")["what"].items()]


def _age(_memory: Memory) -> Said:
    return [choice(age["label"], "changed", value=f"age:{name}") for name, age in words("change")["age"].items()]


def _place(_memory: Memory) -> Said:
    towns = [choice(name, "changed", value=f"place:{name}") for name in pack_towns()[:MOST]]
    return [*towns, choice(words("change")["place"]["any"], "changed", value="place:")]


def _who(_memory: Memory) -> Said:
    return [choice(who["label"], "changed", value=f"who:{name}") for name, who in words("change")["who"].items()]


def _about(memory: Memory) -> Said:
    """The likeliest needs other than the one that is wrong; of several, each of them alone."""
    others = guessable([code for code in memory.likely if code not in memory.codes])
    codes = [*(memory.codes if len(memory.codes) > 1 else ()), *others]
    needs = [choice(label_of()[code], "changed", value=f"about:{code}") for code in codes[:MOST] if code in label_of()]
    return [*needs, choice(words("change")["about"]["none"], "change", value="words")]


def _none(_memory: Memory) -> Said:
    return []


_CHOICES = {"what": _what, "age": _age, "place": _place, "who": _who, "about": _about, "words": _none}
