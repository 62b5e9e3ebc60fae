"""The questions of the early help request: who is asked what, in which order, and never what."""

from __future__ import annotations

import pytest

from handover import steps
from handover.form import change_line, changeable_lines, is_ready, next_step, steps_for, stopped_at

FAMILY = ["consent", "story", "name", "reach", "safe", "times", "where", "children", "read_back"]


def keys(audience):
    return [step.key for step in steps_for(audience) if step.asked_if != "language"]


@pytest.mark.parametrize("audience", ["parent", "young_person", "other", None, "somebody new"])
def test_a_family_is_asked_nine_things_in_this_order(audience):
    assert keys(audience) == FAMILY


def test_a_practitioner_is_asked_all_that_and_who_they_are_that_the_family_agrees_and_what_was_tried():
    assert set(keys("practitioner")) - set(FAMILY) == {
        "family_consents", "practitioner_name", "role", "agency", "practitioner_reach", "tried", "involved",
    }  # fmt: skip
    assert keys("practitioner")[:2] == ["consent", "family_consents"]


@pytest.mark.parametrize("audience", steps.AUDIENCES)
def test_nobody_is_asked_what_a_council_need_not_know(audience):
    never = ("birth", "dob", "nhs", "ethnic", "religio", "immigration", "parent", "mother", "father", "surname")
    assert not [step.key for step in steps_for(audience) if any(word in step.key for word in never)]


def test_everybody_but_the_practitioner_may_pass_over_all_but_how_to_reach_them_and_what_is_safe():
    for audience in ("parent", "young_person", "other"):
        needed = [step.key for step in steps_for(audience) if not step.optional and not step.controls]
        assert needed == ["reach", "safe"]


@pytest.mark.parametrize("audience", steps.AUDIENCES)
def test_every_step_is_complete(audience):
    for step in steps_for(audience):
        assert step.kind in steps.KINDS
        assert step.choices if step.kind in {"choice", "yes_no"} else step.max_length, step.key
        assert {step.settled_by, step.stops_on} - {None} <= set(step.choices), step.key
        assert step.max_length or not step.free_text, step.key


@pytest.mark.parametrize("audience", steps.AUDIENCES)
def test_whatever_is_typed_in_words_is_personal(audience):
    assert all(step.personal for step in steps_for(audience) if step.max_length)


def test_the_practitioners_form_holds_every_step_there_is():
    assert {key for audience in steps.AUDIENCES for key in keys(audience)} == set(keys("practitioner"))


def test_only_somebody_who_wrote_in_another_language_is_asked_about_an_interpreter():
    assert [step.key for step in steps_for("parent") if step.asked_if == "language"] == ["interpreter"]
    answers = {"consent": "yes", "story": "right", "name": "Ola", "reach": {"by": "email"}, "safe": "no_message", "times": None}
    assert next_step("parent", answers).key == "where"
    assert next_step("parent", {**answers, "language": "pl"}).key == "interpreter"
    assert next_step("parent", {**answers, "language": "pl", "interpreter": "Polish"}).key == "where"


@pytest.mark.parametrize("audience", steps.AUDIENCES)
def test_the_form_comes_to_its_end_and_is_ready(audience, fill_in):
    answers = fill_in(audience)
    assert list(answers) == keys(audience)
    assert is_ready(audience, answers)


def test_no_consent_stops_the_form_at_once():
    assert next_step("parent", {"consent": "no"}) is None
    assert stopped_at("parent", {"consent": "no"}).key == "consent"
    assert not is_ready("parent", {"consent": "no"})


def test_a_practitioner_whose_family_does_not_agree_is_stopped():
    answers = {"consent": "yes", "family_consents": "no"}
    assert next_step("practitioner", answers) is None
    assert stopped_at("practitioner", answers).key == "family_consents"


def test_the_story_is_asked_again_until_it_is_right():
    answers = {"consent": "yes", "story": "change"}
    assert next_step("parent", answers).key == "story"
    assert next_step("parent", {**answers, "story": "right"}).key == "name"


def test_stop_at_the_read_back_sends_nothing(fill_in):
    answers = fill_in("parent", read_back="stop")
    assert stopped_at("parent", answers).key == "read_back"
    assert not is_ready("parent", answers)


def test_what_is_safe_is_not_asked_where_there_is_no_number_to_ring(fill_in):
    assert "safe" not in fill_in("practitioner", reach="skip")


def test_every_line_can_be_changed_but_consent_the_story_and_the_send_button(fill_in, typed):
    lines = changeable_lines(fill_in("parent"))
    assert [line.key for line in lines] == ["name", "reach", "safe", "times", "where", "children"]
    assert {line.key: line.words for line in lines}["reach"] == typed["reach"]


def test_a_choice_has_no_words_of_its_own_and_a_line_passed_over_is_still_shown(fill_in):
    lines = {line.key: line for line in changeable_lines(fill_in("parent", name="skip"))}
    assert (lines["safe"].value, lines["safe"].words) == ("say_who_you_are", None)
    assert (lines["name"].value, lines["name"].words) == (None, None)


def test_a_changed_line_is_asked_again_and_then_the_read_back(fill_in):
    answers = change_line(fill_in("parent", read_back="change"), "children")
    assert next_step("parent", answers).key == "children"
    assert next_step("parent", {**answers, "children": "5"}).key == "read_back"


def test_another_number_brings_back_the_question_of_what_is_safe(fill_in):
    answers = change_line(fill_in("parent"), "reach")
    assert next_step("parent", answers).key == "reach"
    assert "safe" not in answers
