"""What a message is for where its words leave no doubt, whatever the classifier made of it."""

import pytest

from bot.understanding.plainly import intent_of, plainly_meant
from bot.understanding.steering import steer


def heard(text: str, *, correction: dict | None = None, ages: list | None = None, place: str | None = None, sure: float = 0.0):
    needs = [{"code": "home.housing", "confidence": sure, "words": text}] if sure else []
    return {
        "text": text,
        "language": "en",
        "needs": needs,
        "details": {"ages": ages or [], "place": place},
        "steering": steer(text, place).as_dict(),
        "correction": correction,
    }


@pytest.mark.parametrize(
    ("said", "named", "meant"),
    [
        ("the first", "start_again", "ask_details"),
        ("is the first one free", "ask_cost", None),
        ("on saturdays?", "ask_details", "ask_more"),
        ("is it on saturdays", "ask_details", None),
        ("online?", "affirm", "ask_more"),
        ("what about dads?", "correct", "ask_more"),
        ("change", "start_again", "correct"),
        ("yes", "affirm", None),
        ("no thanks", "deny", None),
        ("i want to talk to someone", "ask_person", None),
    ],
)
def test_plain_words_are_not_left_to_the_classifier(said: str, named: str, meant: str | None) -> None:
    assert plainly_meant(heard(said), named) == meant


def test_what_is_taken_back_is_corrected_and_not_told_anew() -> None:
    taken = {"firm": True, "meant": None, "taken_back": {"words": "money"}}
    assert plainly_meant(heard("forget the money bit", correction=taken), "describe_difficulty") == "correct"


def test_a_place_in_a_message_nobody_understood_is_what_it_is_for() -> None:
    assert plainly_meant(heard("can we change to saltby instead", place="saltby"), "out_of_scope") == "give_place"


def test_a_needs_name_alone_tells_of_it() -> None:
    ranked = [("who_are_you", 0.35), ("give_place", 0.2)]
    assert intent_of(ranked, heard("housing", sure=0.9))[0] == "describe_difficulty"
    assert intent_of([("ask_person", 0.5), ("deny", 0.1)], heard("can someone ring", sure=0.9))[0] == "ask_person"
