"""What counts as an answer, and what is kept of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.answers import REASONS, Accepted, Refused, check_answer
from handover.contact import find_email, find_phone
from handover.form import steps_for


def step(key, audience="parent"):
    return next(step for step in steps_for(audience) if step.key == key)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700900123", "07700 900123"),
        ("+44 7700 900123", "07700 900123"),
        ("+44 (0)7700 900-123", "07700 900123"),
        ("0044 7700 900 123", "07700 900123"),
        ("ring me on 07700.900.123 after six", "07700 900123"),
        ("07700 900123 4pm", "07700 900123"),
        ("01632 960 001", "01632 960001"),
        ("(020) 7946 0123", "020 7946 0123"),
        ("0113 496 0123", "0113 496 0123"),
        ("0161 496 0123", "0161 496 0123"),
        ("016977 3555", "01697 73555"),
        ("0800 123 4567", "0800 123 4567"),
        ("07624 123456", "07624 123456"),
    ],
)
def test_a_uk_number_is_found_and_spaced_for_reading(typed, number):
    assert find_phone(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "999",
        "0909 879 1234",
        "070 1234 5678",
        "07612 345678",
        "+33 6 12 34 56 78",
        "0770 900",
        "1234567890123",
        "4 and 14",
        "",
    ],
)
def test_what_cannot_be_rung_back_or_costs_whoever_rings_is_no_number(typed):
    assert find_phone(typed) is None


@pytest.mark.parametrize("typed", ["a@b.co", "my email is jo.o'neill+kids@mail.example.org.", "JO@EXAMPLE.CO.UK"])
def test_an_email_address_is_found(typed):
    assert find_email(typed)


@pytest.mark.parametrize(
    "typed", ["a@b", "@example.org", "a b@", "a..b@example.org", "a@-x.org", "a@x.o\nrg", "x" * 65 + "@x.org"]
)
def test_what_is_no_email_address_is_not_taken_for_one(typed):
    assert find_email(typed) is None


@pytest.mark.parametrize(
    ("typed", "audience", "by"),
    [
        ("07700 900123", "parent", "phone"),
        ("text me on 07700 900123", "parent", "text"),
        ("07700 900123 text only please dont ring", "parent", "text"),
        ("07700 900123 but I can't have you call", "parent", "text"),
        ("07700 900123, call or text", "parent", "text"),
        ("07700 900123", "young_person", "text"),
        ("ring me 07700 900123", "young_person", "phone"),
        ("text 01632 960001", "parent", "phone"),
        ("jo@example.org", "parent", "email"),
        ("07700 900123 or email jo@example.org", "parent", "email"),
        ("07700 900123 or jo@example.org", "parent", "phone"),
    ],
)
def test_somebody_is_reached_in_the_way_they_named(typed, audience, by):
    kept = check_answer(step("reach", audience), typed).value
    assert kept["by"] == by
    assert kept["words"] == typed


def test_a_number_that_cannot_be_used_is_asked_for_again():
    assert check_answer(step("reach"), "0770 900") == Refused("not_a_phone_or_email")


@pytest.mark.parametrize("typed", ["skip", "Skip", "rather not say", "No thanks.", "none"])
def test_an_optional_question_can_be_passed_over_in_words(typed):
    assert check_answer(step("name"), typed) == Accepted(None)


@pytest.mark.parametrize("typed", ["skip", "rather not say"])
def test_how_to_reach_a_parent_cannot_be_passed_over(typed):
    assert isinstance(check_answer(step("reach"), typed), Refused)


@pytest.mark.parametrize("name", ["Zelda", "mum of 3", "김민지", "O’Brien-Smith", "J"])
def test_any_name_will_do(name):
    assert check_answer(step("name"), name) == Accepted(name)


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u202e", "\x00\x07", "😀😀", "..."])
def test_nothing_that_can_be_read_is_no_answer(typed):
    for key in ("name", "reach", "safe", "where", "children"):
        assert check_answer(step(key), typed) == Refused("empty")


def test_hidden_characters_are_taken_out_and_joiners_that_some_languages_need_stay():
    assert check_answer(step("name"), "Ze\u200bl\u202eda\x07") == Accepted("Zelda")
    assert check_answer(step("name"), "می\u200cخواهم") == Accepted("می\u200cخواهم")


def test_an_answer_that_is_too_long_is_refused_and_not_cut():
    assert check_answer(step("name"), "x" * 81) == Refused("too_long")


@pytest.mark.parametrize("typed", ["yes", "Yeah", "OK.", "go ahead"])
def test_consent_can_be_said_in_words(typed):
    assert check_answer(step("consent"), typed) == Accepted("yes")


@pytest.mark.parametrize("typed", ["yes but not my mum", "maybe", "what for?", "I suppose"])
def test_consent_is_never_guessed(typed):
    assert check_answer(step("consent"), typed) == Refused("not_yes_or_no")


@pytest.mark.parametrize("typed", ["yes", "no", "ok", "not sure"])
def test_a_lone_yes_does_not_say_what_is_safe(typed):
    assert check_answer(step("safe"), typed) == Refused("not_a_choice")


def test_what_is_safe_can_be_said_in_their_own_words():
    assert check_answer(step("safe"), "only text, he reads my post") == Accepted("only text, he reads my post")


def test_a_button_that_is_not_there_is_no_answer():
    assert check_answer(step("read_back"), "delete everything") == Refused("not_a_choice")


def test_a_place_is_known_by_its_locality():
    assert check_answer(step("where"), "near aldmore").value == {
        "words": "near aldmore", "place": "Aldmoor", "locality": "North",
    }  # fmt: skip


def test_a_postcode_is_a_place():
    kept = check_answer(step("where"), "wm4 2ab").value
    assert (kept["words"], kept["locality"]) == ("wm4 2ab", "North")


def test_a_place_we_do_not_know_can_be_passed_over():
    assert check_answer(step("where"), "Xqzzt Vlorp") == Refused("unknown_place")
    assert "skip" in step("where").offered


@pytest.mark.parametrize("typed", ["4", "4 and 14, Aldmoor Primary", "18 months", "4/7/12", "year 9", "due in March"])
def test_ages_are_kept_as_they_were_typed(typed):
    assert check_answer(step("children"), typed) == Accepted(typed)


@pytest.mark.parametrize("typed", ["12/03/2019", "born 3-4-2020", "03/04/19", "2019-04-03", "3rd April 2019", "1 Sep 19"])
def test_a_date_of_birth_is_not_kept(typed):
    assert check_answer(step("children"), typed) == Refused("date_of_birth")


@given(st.text(max_size=300), st.sampled_from(steps_for("practitioner")))
def test_whatever_is_typed_is_accepted_or_refused_for_a_known_reason(typed, asked):
    checked = check_answer(asked, typed)
    assert isinstance(checked, Accepted) or checked.reason in REASONS
