"""Whose the danger is, whether it is now, whether it is over."""

import pytest

from bot.understanding.risk import patterns


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("my dad hits me", "self"),
        ("i want to die", "self"),
        ("he hits me, my partner", "self"),
        ("my son says he wants to kill himself", "child"),
        ("My daughter is cutting herself", "child"),
        ("my best friend wants to kill herself", "other"),
        ("The woman next door, her husband beats her", "other"),
        ("I'm a teacher, a pupil told me her dad hits her", "client"),
        ("School nurse here, a girl disclosed that she has been raped", "client"),
        ("my client says her husband strangled her", "client"),
        ("i hit my son too hard", "child"),
        ("mum wont wake up", "other"),
    ],
)
def test_whose_it_is(text, whose):
    assert patterns.look(text).whose == whose


@pytest.mark.parametrize(
    ("text", "immediate"),
    [
        ("i want to kill myself tonight", True),
        ("he has a knife", True),
        ("the baby isnt breathing", True),
        ("my daughter hasnt come home, its 11 at night", True),
        ("my husband strangled me", True),
        ("he is hitting my mum right now", True),
        ("my mum hits me with a shoe", False),
        ("my partner controls all our money", False),
        ("my uncle raped me when i was little", False),
    ],
)
def test_whether_minutes_count(text, immediate):
    assert patterns.look(text).immediate is immediate


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("my uncle raped me when i was little", True),
        ("my stepdad used to beat me, years ago", True),
        ("my uncle raped me when i was little and now he lives with my niece", False),
        ("my dad hits me", False),
    ],
)
def test_whether_it_is_over(text, past):
    risk = patterns.look(text)
    assert risk.past is past
    assert not (past and risk.response == "crisis")
