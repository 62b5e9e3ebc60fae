"""What a message says of the answer it follows."""

import pytest

from bot.understanding.steering import steer


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("the second one", 2),
        ("the first", 1),
        ("first please", 1),
        ("tell me more about the last one", -1),
        ("number 3", 3),
        ("is the top one free", 1),
        ("option 2", 2),
        ("my first one is 4", None),
        ("the first time he did it", None),
        ("its my second baby", None),
        ("2", None),
    ],
)
def test_which_of_those_shown_is_meant(said: str, which: int | None) -> None:
    assert steer(said).which == which


@pytest.mark.parametrize(
    ("said", "days"),
    [("on saturdays?", (5,)), ("at the weekend", (5, 6)), ("is there one on a weds", (2,)), ("he sat down", ())],
)
def test_days_are_heard(said: str, days: tuple[int, ...]) -> None:
    assert steer(said).days == days


def test_whether_something_is_free_is_a_question_and_only_free_ones_a_wish() -> None:
    assert not steer("is it free?").free
    assert not steer("are any of these free").free
    assert steer("only free ones").free
    assert steer("show me the free ones").free


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("what about dads?", "dads"),
        ("anything for grandparents", "grandparents"),
        ("and for foster carers", "foster carers"),
        ("any for men", "men"),
        ("is there something just for girls", "girls"),
        ("his dad left", None),
    ],
)
def test_whom_the_services_should_be_for(said: str, called: str | None) -> None:
    assert steer(said).called == called


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("its for me", "me"),
        ("me", "me"),
        ("and for my older one, she's 14?", "eldest"),
        ("what about his sister", "sister"),
        ("and my husband?", "husband"),
        ("tell me more", None),
        ("can you find me something", None),
    ],
)
def test_whom_it_is_for(said: str, whom: str | None) -> None:
    assert steer(said).whom == whom


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("wrong age", "age"),
        ("can i change the age", "age"),
        ("that's not where i live", "place"),
        ("wrong town", "place"),
        ("wrong child", "who"),
        ("not what i asked for", "need"),
        ("change", "what"),
        ("can you change that last answer", "what"),
        ("i want to change my life", None),
    ],
)
def test_which_part_of_what_was_understood_is_wrong(said: str, about: str | None) -> None:
    assert steer(said).about == about


@pytest.mark.parametrize(
    "said",
    ["and for my older one, she's 14?", "what about dads?", "on saturdays?", "online?", "he's 4", "anything nearer", "the first"],
)
def test_a_follow_up_tells_of_no_need(said: str) -> None:
    assert steer(said).bare


@pytest.mark.parametrize(
    "said", ["and food?", "he was bullied online", "my 4 year old hits", "housing", "his dad died on saturday"]
)
def test_what_tells_of_something_is_no_mere_follow_up(said: str) -> None:
    assert not steer(said).bare


def test_the_place_that_was_heard_is_no_need_either() -> None:
    assert steer("what about saltby instead", "saltby").bare
