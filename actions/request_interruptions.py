"""What families say in the middle of a request that is no answer to the open question."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import answer_asked
from actions.languages import answer_in_language
from actions.people import people_for
from actions.questions import explain_term
from actions.remembering import tells_of_need
from actions.request import Request
from actions.turn import audience, intent, say, text, understood
from directory.packs import pack
from handover.form import Refused, Step, check_answer
from handover.story import add_line

SURE = 0.55
"""How sure the intent must be: a name or a telephone number always looks a little like something else."""

STOPS = frozenset({"stop", "start_again"})

ANSWERED_WITH = {
    "is_this_private": ("utter_privacy",),
    "who_are_you": ("utter_who_are_you",),
    "ask_early_help": ("utter_early_help",),
    "ask_social_services": ("utter_social_services", "utter_social_services_honest"),
    "ask_cost": ("utter_cost",),
    "ask_person": ("utter_person",),
}
"""Questions answered on the spot; the request's open question is asked again after."""

ANSWERED_WHOLE = frozenset({"ask_early_help", "ask_cost"})
"""Where what exactly was asked has its answer (answers.py), nothing is added to it."""

_ASKS_A_NAME = frozenset({"name", "practitioner_name", "role", "agency", "interpreter"})
"""Steps answered in a few words, to which no difficulty is an answer."""
_SHORTEST = 4
"""Words of a sentence; a name has fewer."""
_TOLD_BESIDE = frozenset({"have_worker", "correct"})
"""What is told beside the question and belongs in the story, so that nobody has to say it again."""
_FOR_LATER = frozenset({"out_of_scope", "ask_more", "find_service", "ask_nearer", "ask_details"})
"""What is asked for in the middle, and has to wait."""

_OPEN_KINDS = frozenset({"text", "ages"})
"""Kinds of question to which any words are an answer, so that only the intent can tell."""


def wants_to_stop(tracker: Tracker, step: Step | None) -> bool:
    """Whether they asked, in words, to leave the request."""
    return intent(tracker) in STOPS and _is_no_answer(tracker, step)


def told_more(dispatcher: CollectingDispatcher, tracker: Tracker, request: Request) -> Request | None:
    """The request with what a message tells beside the open question, in the family's words; None where it tells nothing such.

    "Actually I also need a food bank" is not what somebody is called.
    """
    told = tells_of_need(tracker) or (intent(tracker) in _TOLD_BESIDE and len(text(tracker).split()) >= _SHORTEST)
    if request.editing or not told or not _is_beside(tracker, request.step):
        return None
    say(dispatcher, "utter_request_added")
    return replace(request, story=add_line(request.story, "worrying", text(tracker)))


def wants_something_else(dispatcher: CollectingDispatcher, tracker: Tracker, request: Request) -> bool:
    """Say that what else is asked for comes after; False where nothing is."""
    if request.editing or intent(tracker) not in _FOR_LATER or not _is_beside(tracker, request.step):
        return False
    say(dispatcher, "utter_request_first")
    return True


def _is_beside(tracker: Tracker, step: Step | None) -> bool:
    """Whether a whole sentence is no answer to the open question."""
    said = text(tracker)
    if step is None or len(said.split()) < _SHORTEST:
        return False
    if step.key == "where" and (understood(tracker).get("details") or {}).get("place"):
        return False
    return step.key in _ASKS_A_NAME or step.kind == "place" or isinstance(check_answer(step, said), Refused)


def answer_question(dispatcher: CollectingDispatcher, tracker: Tracker, request: Request) -> bool:
    """Answer a question asked in the middle; False where it was none."""
    asked, step = intent(tracker), request.step
    if asked == "other_language":
        return _answer_other_language(dispatcher, tracker, request)
    if asked in ANSWERED_WITH and _is_no_answer(tracker, step) and explain_term(dispatcher, tracker):
        return True
    if asked not in ANSWERED_WITH or not _is_no_answer(tracker, step):
        return False
    if answer_asked(dispatcher, tracker) and asked in ANSWERED_WHOLE:
        return True
    people = people_for(audience(tracker)) if asked == "ask_person" else ()
    for response in ANSWERED_WITH[asked]:
        say(dispatcher, response, contacts=people, early_help_team=pack().early_help.name)
    return True


def _answer_other_language(dispatcher: CollectingDispatcher, tracker: Tracker, request: Request) -> bool:
    """Where any words are an answer, they may be in any language: a worker has them translated."""
    any_words = request.editing == "change" or (request.step is not None and request.step.kind in _OPEN_KINDS)
    if any_words or not _is_no_answer(tracker, request.step):
        return False
    answer_in_language(dispatcher, tracker)
    return True


def _is_no_answer(tracker: Tracker, step: Step | None) -> bool:
    latest = tracker.latest_message or {}
    if float((latest.get("intent") or {}).get("confidence") or 0) < SURE:
        return False
    return step is None or step.kind in _OPEN_KINDS or isinstance(check_answer(step, latest.get("text") or ""), Refused)
