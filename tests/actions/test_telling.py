"""A need that is told is heard, however the message begins and whatever else it is for."""

from collections.abc import Callable

import pytest

from tests.actions.talk import Talk

SHOWN = {"utter_found", "utter_found_hard"}


@pytest.mark.parametrize(
    "message",
    [
        "we have no food",
        "no food",
        "no heating",
        "no, I need a food bank",
        "I want to stop drinking",
        "hello my daughter wont eat",
        "yes he is autistic",
        "can you help with my gas bill",
        "am I entitled to universal credit",
        "i'm on my own with the twins, they're 2 and they don't talk",
    ],
)
def test_it_is_answered_with_services(begin: Callable[..., Talk], message: str) -> None:
    assert SHOWN & set(begin().say(message).words)


@pytest.mark.parametrize("message", ["no thanks", "no i dont need a food bank", "nah im good", "no that's all"])
def test_a_no_stays_a_no(begin: Callable[..., Talk], message: str) -> None:
    talk = begin().say("my 4 year old bites everyone at nursery, aldmoor")
    assert talk.say(message).words == ["utter_deny"]


@pytest.mark.parametrize("message", ["stop", "please stop", "stop this", "can we stop here", "stop asking me things"])
def test_a_stop_stays_a_stop(begin: Callable[..., Talk], message: str) -> None:
    assert begin().say("the rent is two months behind").say(message).words == ["utter_stop"]


def test_who_has_a_worker_and_needs_food_today_hears_of_both(begin: Callable[..., Talk]) -> None:
    said = begin().say("we've got a family worker already but I can't pay the rent this month").words
    assert said[0] == "utter_have_worker" and SHOWN & set(said)


def test_who_only_has_a_worker_is_sent_to_them(begin: Callable[..., Talk]) -> None:
    assert begin().say("we already have a family worker").words == ["utter_have_worker"]


def test_where_a_child_lives_does_not_change_whom_it_is_for(begin: Callable[..., Talk]) -> None:
    talk = begin().say("my son is 10 and he worries about everything").say("he lives in Aldmoor with his dad")
    assert talk.memory.ages and talk.memory.needs[0]["code"] == "mind.child"


def test_letters_that_are_no_word_are_asked_about(begin: Callable[..., Talk]) -> None:
    assert begin().say("asdf").words == ["utter_rephrase"]


@pytest.mark.parametrize("message", ["idk", "hmm", "um", "maybe"])
def test_who_wavers_has_not_agreed_to_anything(begin: Callable[..., Talk], message: str) -> None:
    talk = begin().say("my 4 year old bites everyone at nursery, aldmoor")
    assert talk.slots["offered"] == "request"
    assert talk.say(message).meant == "nlu_fallback"


def test_who_does_not_want_to_talk_is_not_sent_to_people(begin: Callable[..., Talk]) -> None:
    assert begin().say("i dont want to talk to a person").words == ["utter_deny"]


def test_whom_it_must_not_be_told_is_not_whom_it_is_for(begin: Callable[..., Talk]) -> None:
    talk = begin("young_person").say("im 16 and i worry about everything").say("dont tell my mum")
    assert talk.memory.whom != "mum"


def test_a_second_no_to_nothing_is_not_answered_with_the_same_words(begin: Callable[..., Talk]) -> None:
    talk = begin().say("my 4 year old bites everyone at nursery, aldmoor")
    assert talk.say("no").words == ["utter_deny"]
    assert talk.say("no").words != ["utter_deny"]


def test_two_matters_in_one_badly_spelt_breath_are_both_answered(begin: Callable[..., Talk]) -> None:
    talk = begin().say("hiya my lads 9 he stamers n wont tlk in clas an weve no heatin on cos the meters run out")
    assert {need["code"] for need in talk.memory.needs} == {"early_years.speech", "money.debt_and_benefits"}
