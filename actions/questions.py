"""Answers that need the council's own facts or people: a person, a worker, levels of need."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import answer_asked
from actions.find_help import answer
from actions.memory import Memory
from actions.people import people_for
from actions.remembering import remember, tells_of_need
from actions.turn import audience, say, text
from directory.contacts import contact, open_now, shown
from directory.database import now
from directory.glossary import find_term
from directory.packs import pack


class ActionGivePerson(Action):
    """Gives the people to talk to, those who are there now first."""

    def name(self) -> str:
        """Name of the action."""
        return "action_give_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Say so plainly where the council's own team is closed at this hour."""
        closed = open_now(contact("early_help"), now()) is False
        words = "utter_person_closed" if closed and audience(tracker) != "young_person" else "utter_person"
        say(dispatcher, words, contacts=people_for(audience(tracker)), early_help_team=pack().early_help.name)
        return []


class ActionHaveWorker(Action):
    """Sends a family that has a worker to that worker, or the team's number, first."""

    def name(self) -> str:
        """Name of the action."""
        return "action_have_worker"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The team's number first, the front door beside it; then the services for what they need beside the worker."""
        team = [it for it in (contact("early_help"), contact("front_door")) if shown(it)]
        say(dispatcher, "utter_have_worker", contacts=team or people_for(audience(tracker)))
        return await answer(dispatcher, remember(Memory.of(tracker), tracker)) if tells_of_need(tracker) else []


class ActionAnswerEarlyHelp(Action):
    """Answers a question about early help: a word of the glossary, else what was asked, else what early help is."""

    def name(self) -> str:
        """Name of the action."""
        return "action_answer_early_help"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The council's own plain words for it."""
        if not explain_term(dispatcher, tracker) and not answer_asked(dispatcher, tracker):
            say(dispatcher, "utter_early_help", early_help_team=pack().early_help.name)
            say(dispatcher, "utter_early_help_after")
        return []


def explain_term(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Explain the word of the glossary that was asked about; False where none was."""
    term = find_term(text(tracker))
    if term is not None:
        say(dispatcher, "utter_term", meaning=term.means)
    return term is not None


class ActionExplainLevels(Action):
    """Explains the council's levels of need to a practitioner; a family is told about early help instead."""

    def name(self) -> str:
        """Name of the action."""
        return "action_explain_levels"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """A family is never shown a level."""
        here = pack()
        if explain_term(dispatcher, tracker):
            return []
        if audience(tracker) != "practitioner":
            say(dispatcher, "utter_early_help", early_help_team=here.early_help.name)
            return []
        say(dispatcher, "utter_levels_intro")
        for level in here.levels:
            say(dispatcher, "utter_level", level_name=f"{level.number}. {level.name}", level_meaning=level.means)
        if shown(line := contact("consultancy")):
            say(dispatcher, "utter_levels_consult", contacts=[line])
        return []
