"""What families say in the middle of a request that is no answer to the open question."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import answer_asked
from actions.languages import answer_in_language
from actions.people import people_for
from actions.request import Request
from actions.turn import audience, intent, say
from directory.packs import pack
from handover.form import Refused, Step, check_answer

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

_OPEN_KINDS = frozenset({"text", "ages"})
"""Kinds of question to which any words are an answer, so that only the intent can tell."""


def wants_to_stop(tracker: Tracker, step: Step | None) -> bool:
    """Whether they asked, in words, to leave the request."""
    return intent(tracker) in STOPS and _is_no_answer(tracker, step)


def answer_question(dispatcher: CollectingDispatcher, tracker: Tracker, request: Request) -> bool:
    """Answer a question asked in the middle; False where it was none."""
    asked, step = intent(tracker), request.step
    if asked == "other_language":
        return _answer_other_language(dispatcher, tracker, request)
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
