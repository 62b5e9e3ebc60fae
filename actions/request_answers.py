"""Taking an answer in the early help request: what was asked decides what it means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.request import CONSENT, Request
from actions.request_interruptions import answer_question, told_more, wants_something_else, wants_to_stop
from actions.turn import chosen, say, text
from directory.packs import pack
from handover.consent import consent_words, give_consent
from handover.form import Refused, change_line, changeable_lines, check_answer
from handover.story import add_line, numbered_lines, remove_line

DONE = "done"
"""What the form's one slot holds once nothing is left to ask."""
PUT_ASIDE = "put_aside"
"""What it holds when the family left in the middle: kept, unsent, and taken up again only when asked."""
BACK = "back"
"""The choice that leaves an edit without changing anything."""


class ValidateEarlyHelpForm(Action):
    """Checks the answer to the open question and keeps it, or says kindly why it cannot be used."""

    def name(self) -> str:
        """Name of the action; Rasa calls it for each answer in the form."""
        return "validate_early_help_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The form's slot stays empty, so that the next question is asked, until all is settled or stopped."""
        request = Request.of(tracker)
        if not tracker.get_slot("request_answer"):
            return []  # nothing was an answer: Rasa then lets the rules for danger speak
        choice = chosen(tracker, "value")
        if choice is None and wants_to_stop(tracker, request.step):
            return [*request.as_events(), SlotSet("request_answer", PUT_ASIDE)]
        request = take(dispatcher, request, choice) if choice is not None else self._typed(dispatcher, tracker, request)
        return [*request.as_events(), SlotSet("request_answer", None if request.step else DONE)]

    @staticmethod
    def _typed(dispatcher: CollectingDispatcher, tracker: Tracker, request: Request) -> Request:
        """After words that were typed: a question, something more that is told, something else that is wanted, or an answer."""
        if answer_question(dispatcher, tracker, request):
            return request
        if more := told_more(dispatcher, tracker, request):
            return more
        if wants_something_else(dispatcher, tracker, request):
            return request
        return take(dispatcher, request, text(tracker))


def take(dispatcher: CollectingDispatcher, request: Request, answer: str) -> Request:
    """The request after `answer`; unchanged, with a kind word, where it is no answer."""
    if request.editing:
        return _edit(request, answer)
    step = request.step
    if step is None:
        return request
    checked = check_answer(step, answer)
    if isinstance(checked, Refused):
        say(dispatcher, f"utter_refused_{checked.reason}")
        return request
    if step.key == "story" and checked.value in {"change", "take_out"}:
        return replace(request, editing=checked.value)
    if step.key == "read_back" and checked.value == "change":
        return replace(request, editing="line")
    answers = {**request.answers, step.key: checked.value}
    if step.key == "consent" and checked.value == "yes":
        answers[CONSENT] = give_consent(consent_words(pack(), request.audience)).as_dict()
    return replace(request, answers=answers)


def _edit(request: Request, answer: str) -> Request:
    done = replace(request, editing=None)
    if answer == BACK:
        return done
    if request.editing == "change":
        return replace(done, story=add_line(request.story, "worrying", answer))
    if request.editing == "take_out":
        lines = {f"{heading}-{number}": (heading, number) for heading, number, _ in numbered_lines(request.story)}
        return replace(done, story=remove_line(request.story, *lines[answer])) if answer in lines else request
    if answer == "story":
        return replace(done, answers={k: v for k, v in request.answers.items() if k not in {"story", "read_back"}})
    if answer in {line.key for line in changeable_lines(request.given)}:
        return replace(done, answers=change_line(request.answers, answer))
    return request
