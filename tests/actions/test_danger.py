"""Answering danger: the right words for whoever asks, a form stopped unsent, and nobody told who was not asked for."""

import re
import sqlite3
import time
from itertools import product

import pytest

from actions.danger import FORM, ActionGiveDangerContacts
from actions.request_sending import ActionFinishRequest
from directory.contacts import AUDIENCES, DANGERS, for_danger
from directory.database import prepare_database
from handover.records import EarlyHelpRequest  # noqa: F401 (its table)
from handover.requests import open_requests
from tests.actions.conftest import Turn
from tests.patience import patience

ANSWERS = {
    "consent": "yes", "story": "right", "name": None, "reach": {"by": "email", "email": "a@example.org"},
    "safe": "no_message", "times": None, "where": None, "children": None,
}  # fmt: skip


@pytest.fixture(autouse=True)
def storage(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIGNPOST_VAR", str(tmp_path))
    monkeypatch.setenv("SIGNPOST_SECRET", "s" * 40)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    prepare_database()
    return tmp_path / "signpost.db"


def risk(kind: str = "sexual_abuse", response: str = "crisis", **more: object) -> dict:
    return {"kind": kind, "response": response, "immediate": False, "whose": "self", "past": False, "confidence": 0.9} | more


def tell(turn: Turn, danger: dict, told: str | None = None) -> Turn:
    heard = {"risk": danger, "details": {"audience": told}, "audience_told": bool(told), "language": "en"}
    return turn.run(ActionGiveDangerContacts(), text="…", intent="danger", heard=heard)


@pytest.mark.parametrize(("kind", "response"), product((*DANGERS,), ("crisis", "check")))
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_people_are_in_the_first_line_and_one_question_in_the_last(
    turn: Turn, kind: str, response: str, audience: str
) -> None:
    turn.slots["audience"] = audience
    tell(turn, risk(kind, response))
    first, *_, last = turn.said
    assert first["custom"]["contacts"] and first["response"].startswith("utter_danger_")
    assert last["response"] == "utter_are_you_safe" and len(turn.said) == 2
    assert not turn.labels and not turn.services


def test_a_child_who_says_so_in_the_same_message_is_answered_in_words_for_a_child(turn: Turn) -> None:
    """Rasa chooses a response's variant before the slots of that turn are filled: the name of the response must say it."""
    tell(turn, risk(), told="young_person")
    assert turn.words[0] == "utter_danger_sexual_abuse_young_person"
    assert turn.contacts[0].startswith("Childline")
    assert turn.slots["audience"] == "young_person"


def test_a_family_that_somebody_works_with_is_spoken_of_as_such(turn: Turn) -> None:
    assert tell(turn, risk(whose="client")).words[0] == "utter_danger_sexual_abuse_practitioner"
    turn.slots["audience"] = "parent"
    assert tell(turn, risk(whose="client")).words[0] == "utter_danger_sexual_abuse"


def test_danger_in_a_form_stops_it_unsent_and_nobody_is_told(turn: Turn) -> None:
    turn.slots |= {"_loop": {"name": FORM}, "answers": dict(ANSWERS), "audience": "parent"}
    tell(turn, risk("domestic_abuse"))
    assert turn.words == ["utter_danger_domestic_abuse", "utter_form_stopped_for_danger", "utter_are_you_safe"]
    assert open_requests() == []
    assert turn.slots["answers"] == ANSWERS, "what was typed stays, unsent"
    turn.slots["_loop"] = {}
    turn.run(ActionGiveDangerContacts(), value="safe")
    assert turn.labels == ["Go on with the request"], "taken up again only by whoever chooses it"


@pytest.mark.parametrize(("safe", "after"), [("safe", False), ("not_safe", True)])
def test_only_a_real_alarm_changes_the_conversation(turn: Turn, safe: str, after: bool) -> None:
    tell(turn, risk("suicide", "check"))
    assert not turn.slots["after_danger"]
    turn.run(ActionGiveDangerContacts(), value=safe)
    assert turn.slots["after_danger"] is after


def test_after_a_crisis_being_safe_does_not_undo_it(turn: Turn) -> None:
    tell(turn, risk())
    turn.run(ActionGiveDangerContacts(), value="safe")
    assert turn.slots["after_danger"] is True


@pytest.mark.parametrize(("kind", "audience"), product(DANGERS, AUDIENCES))
def test_no_contact_leads_to_a_form(kind: str, audience: str) -> None:
    for contact in for_danger(kind, audience):
        assert not re.search(r"form|refer|request|report|contact-us|register", contact.url or ""), contact


def test_a_request_that_meets_a_locked_database_is_answered_within_two_seconds_with_people(turn: Turn, storage) -> None:
    turn.slots |= {"answers": ANSWERS | {"read_back": "send"}, "audience": "parent", "story": ["he hits"]}
    other = sqlite3.connect(storage, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    turn.run(ActionFinishRequest())
    waited = time.monotonic() - began
    other.execute("ROLLBACK")
    other.close()
    assert turn.words == ["utter_request_failed"]
    assert any(name.startswith("999") for name in turn.contacts)
    assert turn.slots["answers"]["safe"] == "no_message", "nothing is lost"
    assert waited < patience()


@pytest.mark.parametrize("words", ["no not really, she will just be mad", "no shes ok now"])
def test_words_after_a_check_that_may_mean_anything_are_asked_about_once_more(turn: Turn, words: str) -> None:
    turn.slots["offered"] = "safety"
    turn.run(ActionGiveDangerContacts(), text=words, intent="deny")
    assert turn.words == ["utter_danger_ask_again", "utter_are_you_safe"]
    assert "999" in str(turn.said) and turn.slots["offered"] == "safety"
    turn.run(ActionGiveDangerContacts(), text=words, intent="deny")
    assert turn.words == ["utter_danger_not_safe"], "twice is no misunderstanding"


@pytest.mark.parametrize(("words", "after_danger"), [("no", False), ("no he is still outside", True)])
def test_a_plain_no_and_any_no_after_a_crisis_is_one(turn: Turn, words: str, after_danger: bool) -> None:
    turn.slots |= {"offered": "safety", "after_danger": after_danger}
    turn.run(ActionGiveDangerContacts(), text=words, intent="deny")
    assert turn.words == ["utter_danger_not_safe"]
