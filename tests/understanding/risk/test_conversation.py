"""Layer four: the messages before this one."""

import pytest

from bot.understanding.risk import conversation, look_for_risk
from bot.understanding.text import read

SAD = ["im just so sad all the time", "nobody cares about me", "cried all night again"]


def test_despair_after_sad_messages_is_asked_about():
    risk = look_for_risk(read("I'm done with it all, sorry"), None, earlier=SAD)
    assert risk is not None
    assert risk.kind == "suicide"


def test_the_same_words_alone_or_after_cheerful_ones_are_not():
    for earlier in ([], ["what is on at the hub", "thanks", "the tuesday one"]):
        assert list(conversation.risks("I'm done with it all, sorry", earlier)) == []


@pytest.mark.parametrize("pieces", [["my dad", "he hits", "me"], ["i want", "to die"], ["hes got", "a knife"]])
def test_a_sentence_sent_in_pieces_is_read_as_one(pieces):
    *earlier, last = pieces
    assert look_for_risk(read(last), None, earlier=earlier) is not None


def test_a_piece_that_was_answered_before_is_not_answered_again():
    assert list(conversation.risks("when is the toddler group", ["he hits me"])) == []


def test_danger_that_goes_on_is_asked_about_again():
    (risk,) = conversation.risks("he is back", ["my dad hits me", "yes"])
    assert (risk.kind, risk.response) == ("child_abuse", "check")


def test_only_the_last_messages_count():
    assert list(conversation.risks("I'm done with it all, sorry", SAD + ["ok"] * conversation.LAST)) == []


@pytest.mark.parametrize(
    "asked",
    [
        "what should i do about the rent, they put it up again",
        "is there a toddler group in Saltby on a friday please",
        "i need help with school uniform for two of them",
        "my mum needs someone to talk to about the divorce",
    ],
)
def test_an_ordinary_question_after_danger_is_not_taken_for_more_of_it(asked):
    assert list(conversation.risks(asked, ["my dad hits me", "yes im safe"])) == []


@pytest.mark.parametrize("short", ["please help", "what do i do now", "he did it again", "im not safe"])
def test_a_short_cry_after_danger_is(short):
    assert list(conversation.risks(short, ["my dad hits me"]))
