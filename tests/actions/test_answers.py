"""Questions about early help in a conversation: the one that was asked is answered, and nothing is promised."""

from collections.abc import Callable

import pytest

from actions.answers import ActionAnswerAsked
from actions.questions import ActionAnswerEarlyHelp
from bot.understanding.intents import intents_head
from bot.understanding.one_of import OneOf
from bot.understanding.understand import Understander
from directory.encoder import load_encoder
from tests.actions.conftest import Turn
from tests.actions.talk import Talk

SOCIAL_SERVICES = ["utter_social_services", "utter_social_services_honest"]


@pytest.fixture(scope="module")
def hearing() -> tuple[Understander, OneOf]:
    return Understander(load_encoder()), intents_head()


@pytest.fixture()
def begin(hearing: tuple[Understander, OneOf]) -> Callable[..., Talk]:
    return lambda audience="parent": Talk(*hearing, audience)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("what if me and the worker dont click", "utter_answer_the_worker"),
        ("can i bring my sister to the meeting", "utter_answer_bring_somebody"),
        ("do my children have to be there when they come", "utter_answer_children_there"),
        ("does their dad have to agree to early help", "utter_answer_other_parent"),
        ("what questions will they ask me", "utter_answer_what_asked"),
        ("do i have to be on benefits to get early help", "utter_answer_who_for"),
        ("how often will they visit", "utter_answer_how_long"),
    ],
)
def test_a_question_about_early_help_has_its_own_answer(begin: Callable[..., Talk], asked: str, answer: str) -> None:
    assert begin().say(asked).words == [answer]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("feared", "first"),
    [
        ("will social services take my kids if i ask", []),
        ("could asking be used against me in family court", ["utter_answer_court"]),
        ("will it show up on a dbs check", ["utter_answer_record"]),
        ("would asking for help affect my visa", ["utter_answer_immigration"]),
    ],
)
def test_a_fear_is_answered_first_and_always_honestly(begin: Callable[..., Talk], feared: str, first: list[str]) -> None:
    assert begin().say(feared).words == [*first, *SOCIAL_SERVICES]


@pytest.mark.slow
def test_privacy_is_answered_and_the_one_to_be_kept_from_it_too(begin: Callable[..., Talk]) -> None:
    assert begin().say("will you tell my husband").words == ["utter_privacy", "utter_answer_partner"]
    assert begin().say("is this chat private").words == ["utter_privacy"]


@pytest.mark.slow
def test_a_word_of_the_glossary_is_explained_first(begin: Callable[..., Talk]) -> None:
    assert begin().say("what is a lead professional").words == ["utter_term"]


def ask(turn: Turn, topic: str | None, intent: str = "ask_early_help") -> Turn:
    action = ActionAnswerEarlyHelp() if intent == "ask_early_help" else ActionAnswerAsked()
    return turn.run(action, text="…", intent=intent, sure=0.9, heard={"asked": topic})


def test_where_no_question_is_surely_heard_early_help_is_told_in_short(turn: Turn) -> None:
    assert ask(turn, None).words == ["utter_early_help", "utter_early_help_after"]


def test_when_somebody_is_in_touch_is_said_in_the_councils_own_words_only(turn: Turn, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "three working days" in ask(turn, "how_soon").said[0]["words"]
    assert "call or text you" in ask(turn, "after_asking").said[0]["words"]
    monkeypatch.setenv("SIGNPOST_COUNCIL", "wigan")
    assert ask(turn, "how_soon").words == ["utter_answer_how_soon"]
    assert ask(turn, "after_asking").words == ["utter_answer_after_asking"]


def test_a_young_person_who_asks_alone_is_given_people_of_their_own(turn: Turn) -> None:
    turn.slots["audience"] = "young_person"
    assert ask(turn, "young_alone").contacts[0].startswith("Childline")


@pytest.mark.parametrize("intent", ["ask_social_services", "is_this_private", "ask_cost"])
def test_a_topic_that_does_not_fit_what_was_meant_adds_nothing(turn: Turn, intent: str) -> None:
    assert ask(turn, "what_they_do", intent).words == []
