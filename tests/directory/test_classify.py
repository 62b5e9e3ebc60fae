import pytest
from invented_services import service

from directory.classify import classify
from directory.enrich import enrich
from directory.labels import ONLY, label_services
from directory.said_ages import said_ages


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Fun for children aged 5 to 11.", 5, 11),
        ("Cubs (8-10½) meet on Mondays", 8, 10.5),
        ("A club for 11 to 16s with DJ decks", 11, 16),
        ("From 3 months to 5 years, 7.00am until 6.30pm", 0.25, 5),
        ("children in years 4 to 6", 8, 11),
        ("Teams for boys and girls U7-U16", 6, 16),
        ("We take children from 2 years until school age", 2, 5),
        ("Gentle exercise for over 60s", 60, None),
        ("Adults aged 18 and over", 18, None),
        ("all families from birth to 19", 0, 19),
    ],
)
def test_ages_are_read_where_they_are_said(text, low, high):
    assert said_ages(text) == (low, high, True)


@pytest.mark.parametrize("text", ["An 8 week course, £5 a session.", "I have 12 years experience", "Get up to 30 hours free", ""])
def test_lengths_prices_and_hours_are_no_ages(text):
    assert said_ages(text)[:2] == (None, None)


@pytest.mark.parametrize(
    ("name", "text", "who"),
    [
        ("Golden Years Lunch Club", "A hot meal and company for pensioners.", "older_people"),
        ("Rosewood Nursing Home", "Nursing care for 52 residents.", "older_people"),
        ("Walking Football", "For players aged 50 and over.", "older_people"),
        ("Neglect course", "Training for practitioners.", "professionals"),
        ("Case consultation for professionals", "We talk about the child and the family.", "professionals"),
    ],
)
def test_what_is_for_others_only_is_told_by_its_words(name, text, who):
    assert classify(name, text).only[who] >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Grandparents and older people bringing up grandchildren, and their families.",
        "Parents and professionals can ring us about a child.",
        "A family hub for everyone.",
        "",
    ],
)
def test_what_may_help_a_child_s_family_is_for_nobody_only(text):
    assert not classify("The Rowan", text).only


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A registered childminder, Ofsted rated Good.", "childcare"),
        ("A helpline: ring us day or night.", "helpline"),
        ("A refuge with temporary accommodation.", "shelter"),
    ],
)
def test_the_kind_is_told_by_the_words(text, kind):
    assert classify("The Rowan", text).kind == kind


def test_a_record_that_says_whom_it_is_for_is_not_second_guessed():
    told = enrich(
        [
            service("a", description="For pensioners.", audience=("parents",), kind="group"),
            service("b", description="For pensioners."),
        ]
    )
    assert "westmere/a" not in told and told["westmere/b"].audience == ("older_people",)


def test_labels_are_read_once_and_kept():
    first = label_services(["Tea"], ["For pensioners"], None)
    import numpy as np

    again = label_services(["Tea", "New"], ["never read", "For practitioners"], (first, np.array([0, -1])))
    assert again.only[0, ONLY.index("older_people")] == first.only[0, ONLY.index("older_people")] > 0
    assert again.only[1, ONLY.index("professionals")] > 0
