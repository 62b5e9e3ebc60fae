"""The early help request, from the offer to the reference number, as the actions lead it."""

import pytest

from actions.request_answers import ValidateEarlyHelpForm
from actions.request_questions import ActionAskRequest
from actions.request_sending import ActionBeginRequest, ActionFinishRequest
from directory.database import prepare_database
from handover import staff  # noqa: F401  (its tables)
from handover.requests import open_requests, read_request
from tests.actions.conftest import Turn

STORY = ["my 4 year old hits everyone at nursery and im at my wits end", "his nan is brilliant with him"]


@pytest.fixture(autouse=True)
def own_database(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SIGNPOST_VAR", str(tmp_path))
    monkeypatch.setenv("SIGNPOST_SECRET", "s" * 40)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    prepare_database()


@pytest.fixture()
def begun(turn: Turn) -> Turn:
    turn.slots |= {
        "audience": "parent",
        "story": STORY,
        "needs": [{"code": "family.behaviour", "words": STORY[0]}],
        "place": "Aldmoor",
    }
    return turn.run(ActionBeginRequest()).run(ActionAskRequest())


def answer(turn: Turn, words: str) -> Turn:
    turn.slots["request_answer"] = words
    return turn.run(ValidateEarlyHelpForm(), text=words).run(ActionAskRequest())


def choose(turn: Turn, label: str) -> Turn:
    value = turn.value_of(label)
    turn.slots["request_answer"] = "/answer"
    return turn.run(ValidateEarlyHelpForm(), text="/answer", value=value).run(ActionAskRequest())


def test_it_says_what_happens_and_who_sees_it_before_it_asks_for_consent(begun: Turn) -> None:
    assert begun.words == ["utter_request_safety", "utter_request_next", "utter_ask_request_consent"]
    assert begun.said[1]["keep"] == "one year"
    assert "Westmere Council may read" in begun.said[2]["consent"]


def test_without_consent_nothing_is_sent_and_other_people_are_shown(begun: Turn) -> None:
    begun.slots["request_answer"] = "/answer"
    begun.run(ValidateEarlyHelpForm(), value=begun.value_of("No"))
    assert begun.slots["request_answer"] == "done"
    begun.run(ActionFinishRequest())
    assert begun.words == ["utter_request_not_sent"]
    assert begun.contacts
    assert open_requests() == []


def test_the_story_is_already_written_in_the_familys_own_words(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    said = [message["lines"] for message in begun.said if message["response"] == "utter_story_part"]
    assert any("hits everyone at nursery" in lines for lines in said)


def test_a_whole_request_reaches_the_workers_once(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    answer(begun, "Jay")
    answer(begun, "text me on 07700 900123")
    choose(begun, "Yes, but don't say who you are")
    choose(begun, "Skip")
    answer(begun, "Aldmoor")
    answer(begun, "4 and 7")
    assert begun.words[-1] == "utter_ask_request_read_back"
    begun.slots["request_answer"] = "/answer"
    begun.run(ValidateEarlyHelpForm(), value=begun.value_of("Send it"))
    assert begun.slots["request_answer"] == "done"
    finished = dict(begun.slots)
    begun.run(ActionFinishRequest())
    assert begun.words == ["utter_request_sent", "utter_request_worse"]
    reference = begun.said[0]["reference"]
    begun.slots.update(finished)
    begun.run(ActionFinishRequest())
    assert begun.said[0]["reference"] == reference, "a second tap on Send is the same request"
    assert [request.reference for request in open_requests()] == [reference]


def test_any_line_can_be_changed_before_it_is_sent(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    answer(begun, "Jay")
    answer(begun, "jay@example.org")
    choose(begun, "No message, please")
    for _ in ("times", "where", "children"):
        choose(begun, "Skip")
    choose(begun, "Change something")
    choose(begun, "Name")
    assert begun.words == ["utter_ask_request_name"]
    answer(begun, "J")
    assert begun.slots["answers"]["name"] == "J"
    assert begun.words[-1] == "utter_ask_request_read_back"


def test_a_line_of_the_story_can_be_added_and_taken_out(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "Add or change something")
    answer(begun, "he does not sleep either")
    assert "he does not sleep either" in begun.slots["story_lines"]["worrying"]
    choose(begun, "Take something out")
    choose(begun, "he does not sleep either")
    assert "he does not sleep either" not in begun.slots["story_lines"]["worrying"]


def test_an_answer_that_cannot_be_used_is_asked_again_kindly(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    answer(begun, "Jay")
    begun.slots["request_answer"] = "ring me"
    begun.run(ValidateEarlyHelpForm(), text="ring me")
    assert begun.words == ["utter_refused_not_a_phone_or_email"]
    assert begun.slots["answers"]["name"] == "Jay", "what was given before is kept"


def test_a_fault_of_the_database_loses_nothing(begun: Turn, monkeypatch) -> None:
    from sqlalchemy.exc import OperationalError

    def broken(**_: object) -> None:
        raise OperationalError("", {}, Exception("disk full"))

    monkeypatch.setattr("actions.request_sending.submit", broken)
    begun.slots["answers"] |= {
        "consent": "yes", "story": "right", "name": None, "reach": {"by": "email", "email": "a@example.org"},
        "safe": "no_message", "times": None, "where": None, "children": None, "read_back": "send",
    }  # fmt: skip
    begun.run(ActionFinishRequest())
    assert begun.words == ["utter_request_failed"]
    assert begun.slots["answers"]["safe"] == "no_message"


def test_a_practitioner_without_the_familys_consent_is_told_what_to_do(turn: Turn) -> None:
    turn.slots |= {"audience": "practitioner", "story": ["a family I work with is behind on rent"]}
    turn.run(ActionBeginRequest()).run(ActionAskRequest())
    choose(turn, "Yes, I agree")
    turn.slots["request_answer"] = "/answer"
    turn.run(ValidateEarlyHelpForm(), value=turn.value_of("No, not yet"))
    turn.run(ActionFinishRequest())
    assert turn.words == ["utter_request_no_family_consent"]


def test_a_council_nobody_staffs_gives_its_number_instead(turn: Turn, monkeypatch) -> None:
    monkeypatch.setattr("actions.request_sending.destination", lambda pack: None)
    turn.run(ActionBeginRequest())
    assert turn.slots["can_pass_on"] is False
    assert turn.words == ["utter_request_not_here"]
    assert turn.contacts == ["Westmere Family Help"]


def test_a_worker_can_read_what_was_sent(begun: Turn) -> None:
    staff.add("worker@example.org", "worker")
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    answer(begun, "Jay")
    answer(begun, "jay@example.org")
    choose(begun, "No message, please")
    for _ in ("times", "where", "children"):
        choose(begun, "Skip")
    begun.slots["request_answer"] = "/answer"
    begun.run(ValidateEarlyHelpForm(), value=begun.value_of("Send it")).run(ActionFinishRequest())
    full = read_request(begun.said[0]["reference"], by="worker@example.org")
    assert "hits everyone at nursery" in str(full)


def asks(begun: Turn, words: str, meant: str, sure: float) -> Turn:
    begun.slots["request_answer"] = words
    return begun.run(ValidateEarlyHelpForm(), text=words, intent=meant, sure=sure)


def test_a_question_in_the_middle_is_answered_and_the_request_stays_open(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    asks(begun, "who reads this", "is_this_private", 0.8)
    assert begun.words == ["utter_privacy"]
    assert "name" not in begun.slots["answers"]


def test_a_telephone_number_is_an_answer_whatever_it_looks_like(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    answer(begun, "Jay")
    asks(begun, "07700 900123", "ask_person", 0.9)
    assert begun.slots["answers"]["reach"]["phone"]


def test_stopping_in_words_sends_nothing_and_keeps_what_was_written(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    asks(begun, "stop this please", "stop", 0.9).run(ActionFinishRequest())
    assert begun.words == ["utter_request_put_aside"]
    assert begun.slots["answers"]["consent"] == "yes"
    assert open_requests() == []


@pytest.fixture()
def begun_in_polish(begun: Turn) -> Turn:
    begun.slots |= {"language": "pl", "answers": {}, "story": ["mąż stracił pracę"]}
    return begun.run(ActionBeginRequest()).run(ActionAskRequest())


def test_whoever_wrote_in_polish_finds_a_polish_interpreter_in_their_request(begun_in_polish: Turn) -> None:
    turn = begun_in_polish
    choose(turn, "Yes, I agree")
    assert any("mąż stracił pracę" in message.get("lines", "") for message in turn.said)
    choose(turn, "That's right")
    answer(turn, "Ola")
    answer(turn, "ola@example.org")
    choose(turn, "No message, please")
    for _ in ("times", "where", "children"):
        choose(turn, "Skip")
    assert ("Interpreter", "Polish") in [(it.get("line"), it.get("words")) for it in turn.said]
    turn.slots["request_answer"] = "/answer"
    turn.run(ValidateEarlyHelpForm(), value=turn.value_of("Send it")).run(ActionFinishRequest())
    staff.add("worker@example.org", "worker")
    assert read_request(turn.said[0]["reference"], by="worker@example.org").answers["interpreter"] == "Polish"


def test_they_may_ask_for_another_language_or_none(begun_in_polish: Turn) -> None:
    turn = begun_in_polish
    turn.slots["answers"] |= {
        "consent": "yes", "story": "right", "name": None, "reach": {"by": "email", "email": "a@example.org", "words": "a@example.org"},
        "safe": "no_message", "times": None, "where": None, "children": None,
    }  # fmt: skip
    choose(turn.run(ActionAskRequest()), "Change something")
    choose(turn, "Interpreter")
    assert turn.words == ["utter_ask_request_interpreter"]
    choose(turn, "Skip")
    assert turn.slots["answers"]["interpreter"] is None
    assert turn.words[-1] == "utter_ask_request_read_back"


def test_whoever_wrote_in_english_is_not_asked_about_it(begun: Turn) -> None:
    assert "interpreter" not in begun.slots["answers"]


def test_where_any_words_are_an_answer_they_may_be_in_any_language(begun: Turn) -> None:
    choose(begun, "Yes, I agree")
    choose(begun, "Add or change something")
    asks(begun, "syn nie śpi w nocy", "other_language", 1.0)
    assert "syn nie śpi w nocy" in begun.slots["story_lines"]["worrying"]
    begun.run(ActionAskRequest())
    choose(begun, "That's right")
    asks(begun, "mów mi Ola proszę", "other_language", 1.0)
    assert begun.slots["answers"]["name"] == "mów mi Ola proszę"


def test_where_they_are_no_answer_the_question_is_open_still_and_people_are_shown(begun: Turn) -> None:
    asks(begun, "nie rozumiem tego", "other_language", 1.0)
    assert begun.words == ["utter_other_language"], "here the test says no language"
    assert begun.contacts
    assert "consent" not in begun.slots["answers"]


NEED = {
    "needs": [{"code": "money.food", "confidence": 0.97, "words": ""}],
    "steering": {"bare": False},
    "details": {"place": None},
}


def told(turn: Turn, words: str, meant: str, heard: dict) -> Turn:
    turn.slots["request_answer"] = words
    return turn.run(ValidateEarlyHelpForm(), text=words, intent=meant, sure=0.9, heard=heard)


@pytest.fixture()
def at_the_name(begun: Turn) -> Turn:
    choose(begun, "Yes, I agree")
    choose(begun, "That's right")
    assert begun.words[-1] == "utter_ask_request_name"
    return begun


def test_another_need_told_in_the_middle_goes_with_the_story_and_is_no_name(at_the_name: Turn) -> None:
    told(at_the_name, "actually we also need a food bank", "find_service", NEED)
    assert at_the_name.words == ["utter_request_added"]
    assert "actually we also need a food bank" in at_the_name.slots["story_lines"]["worrying"]
    assert "name" not in at_the_name.slots["answers"]


def test_what_is_asked_for_in_the_middle_comes_after(at_the_name: Turn) -> None:
    told(at_the_name, "when are the bins collected here", "out_of_scope", {"needs": [], "steering": {"bare": False}})
    assert at_the_name.words == ["utter_request_first"]
    assert "name" not in at_the_name.slots["answers"]
    told(at_the_name, "Jay", "out_of_scope", {"needs": [], "steering": {"bare": False}})
    assert at_the_name.slots["answers"]["name"] == "Jay"
