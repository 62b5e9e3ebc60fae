"""Beginning an early help request, and ending it: sent, stopped, or kept for another try."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.memory import Memory
from actions.people import people_for, people_when_we_fail
from actions.request import Request, with_interpreter
from actions.request_answers import PUT_ASIDE
from actions.turn import audience, say
from directory.contacts import contact, emergency_contacts, shown
from directory.packs import pack
from handover.delivery import destination
from handover.form import is_ready, stopped_at
from handover.requests import Receipt, RequestRefused, submit
from handover.story import write_story

logger = logging.getLogger(__name__)
SLOTS_OF_A_REQUEST = ("answers", "story_lines", "editing", "request_answer")


class ActionBeginRequest(Action):
    """Opens the request with the story already written, or gives the telephone number where nobody would read it."""

    def name(self) -> str:
        """Name of the action."""
        return "action_begin_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """A request that was stopped before is taken up where it stood, with its answers."""
        if destination(pack()) is None:
            team = contact("early_help")
            if shown(team):
                say(dispatcher, "utter_request_not_here", contacts=[team])
            else:
                say(dispatcher, "utter_request_nobody_yet", contacts=people_for(audience(tracker)))
            return [SlotSet("can_pass_on", False), SlotSet("offered", None)]
        begun = Request.of(tracker)
        memory = Memory.of(tracker)
        answers = {key: value for key, value in begun.answers.items() if key != "read_back"}
        story = begun.story if "consent" in answers else write_story(memory.story, memory.needs)
        return [
            SlotSet("can_pass_on", True),
            SlotSet("offered", None),
            SlotSet("answers", with_interpreter(answers, tracker.get_slot("language"))),
            SlotSet("story_lines", story.as_dict()),
            SlotSet("editing", None),
            SlotSet("request_answer", None),
        ]


class ActionFinishRequest(Action):
    """Sends the request the family said Send to; or says that nothing was sent, and who else can help."""

    def name(self) -> str:
        """Name of the action."""
        return "action_finish_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Nothing is lost when it cannot be stored: the answers stay, and one tap tries again."""
        request = Request.of(tracker)
        if tracker.get_slot("request_answer") == PUT_ASIDE:
            say(dispatcher, "utter_request_put_aside")
            return [SlotSet("request_answer", None)]
        if not is_ready(request.audience, request.given):
            return _say_not_sent(dispatcher, request)
        try:
            receipt = await asyncio.to_thread(_send, request, Memory.of(tracker), tracker.sender_id)
        except (RequestRefused, SQLAlchemyError) as failure:
            logger.error("A request could not be stored: %s", type(failure).__name__)
            say(dispatcher, "utter_request_failed", contacts=people_when_we_fail(request.audience))
            return [SlotSet("request_answer", None)]
        here = pack()
        say(
            dispatcher,
            "utter_request_sent",
            reference=receipt.reference,
            what_happens_next=receipt.what_next or "",
            response_time=here.response_times.get("practitioner" if request.audience == "practitioner" else "family") or "",
        )
        say(dispatcher, "utter_request_worse", contacts=emergency_contacts())
        return [SlotSet(name, None) for name in SLOTS_OF_A_REQUEST]


def _say_not_sent(dispatcher: CollectingDispatcher, request: Request) -> list[EventType]:
    stopped = stopped_at(request.audience, request.given)
    words = "utter_request_no_family_consent" if stopped and stopped.key == "family_consents" else "utter_request_not_sent"
    say(dispatcher, words, contacts=people_for(request.audience))
    return [SlotSet(name, None) for name in SLOTS_OF_A_REQUEST]


def _send(request: Request, memory: Memory, conversation: str) -> Receipt:
    needs = [need["code"] for need in memory.needs if need["code"]]
    return submit(
        answers=request.given,
        story=request.story,
        consent=request.consent,
        needs=needs,
        reasons=[],
        audience=request.audience,
        pack=pack(),
        conversation_id=conversation,
    )
