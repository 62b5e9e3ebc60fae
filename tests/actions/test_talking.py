"""Whole conversations outside the early help request: corrections, follow-ups, one tap to change, yes and no."""

from collections.abc import Callable

import pytest

from actions.known import known
from actions.memory import Memory
from tests.actions.talk import Talk

pytestmark = pytest.mark.slow


def ages(talk: Talk) -> list[tuple[float, float]]:
    return [(age["min"], age["max"]) for age in talk.memory.ages]


# ---- corrections in words: what is wrong is replaced, everything else stays


def test_a_wrong_age_is_replaced_and_need_and_place_stay(told: Talk) -> None:
    told.say("sorry hes 5 not 4")
    assert (ages(told), told.memory.place, told.memory.codes) == ([(5, 5)], "Aldmoor", ("family.behaviour",))
    assert "Thank you for putting that right" in told.text
    assert "5-year-old" in told.text


def test_of_two_ages_only_the_wrong_one_is_replaced(told: Talk) -> None:
    told.say("theyre 4 and 9").say("sorry 5 not 4")
    assert ages(told) == [(5, 5), (9, 9)]


def test_a_wrong_place_is_replaced_and_age_and_need_stay(told: Talk) -> None:
    told.say("not aldmoor, saltby")
    assert (ages(told), told.memory.place, told.memory.codes) == ([(4, 4)], "saltby", ("family.behaviour",))


def test_for_me_not_my_son_asks_no_age_and_shows_what_a_parent_needs(begin: Callable[..., Talk]) -> None:
    talk = begin().say("my son is so anxious and low, he's 11").say("no its for me not my son")
    assert "mind.child" not in talk.memory.codes
    assert "mind.parent" in talk.memory.codes
    assert ages(talk) == []
    assert "for you" in talk.text
    assert "How old" not in talk.text


def test_a_wrong_need_is_replaced_and_the_other_stays(begin: Callable[..., Talk]) -> None:
    talk = begin()
    talk.slots["needs"] = [{"code": code, "words": "…"} for code in ("home.housing", "money.debt_and_benefits")]
    talk.say("i meant food not money")
    assert talk.memory.codes == ("home.housing", "money.food")


def test_not_that_the_housing_one_is_about_housing_alone(begin: Callable[..., Talk]) -> None:
    talk = begin().say("is there a food bank").say("not that, the housing one")
    assert talk.memory.codes == ("home.housing",)
    assert "roof" in talk.services


def test_what_is_taken_back_without_a_word_for_what_is_right_is_asked_for(told: Talk) -> None:
    told.say("its not about behaviour")
    assert told.words == ["utter_ask_change_about"]
    told.say("housing")
    assert told.memory.codes == ("home.housing",)
    assert told.memory.place == "Aldmoor"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("wrong age", "utter_ask_change_age"),
        ("that's not where i live", "utter_ask_change_place"),
        ("wrong child", "utter_ask_change_who"),
        ("you got it wrong", "utter_ask_change_what"),
        ("change", "utter_ask_change_what"),
    ],
)
def test_a_complaint_is_answered_with_the_question_that_puts_it_right(told: Talk, said: str, asked: str) -> None:
    assert told.say(said).words == [asked]


def test_a_long_story_with_not_in_it_corrects_nothing(told: Talk) -> None:
    told.say("im not coping, he's hitting everyone")
    assert ages(told) == [(4, 4)]
    assert told.memory.place == "Aldmoor"


# ---- one tap: change


def test_change_is_offered_beside_what_was_taken_into_account(told: Talk) -> None:
    known = next(m for m in told.said if m["response"] == "utter_known")
    assert known["known"] == "for a 4-year-old, near Aldmoor"
    assert "Change" in told.choices
    told.choose("Change")
    assert list(told.choices) == ["The age", "The place", "Who it is for", "What it is about", "None of these"]


def test_the_age_is_changed_by_a_choice_and_applied_at_once(told: Talk) -> None:
    told.choose("Change").choose("The age").choose("11 to 15")
    assert ages(told) == [(11, 15)]
    assert told.services[0] == "teens"


def test_the_age_is_changed_in_words_and_applied_at_once(told: Talk) -> None:
    told.choose("Change").choose("The age").say("14")
    assert ages(told) == [(14, 14)]
    assert told.services[0] == "teens"


def test_the_place_is_changed_by_a_choice_or_in_words(told: Talk) -> None:
    told.choose("Change").choose("The place").choose("Saltby")
    assert told.memory.place == "Saltby"
    told.choose("Change").choose("The place").say("near aldmoor please")
    assert told.memory.place == "aldmoor"
    told.choose("Change").choose("The place").choose("Anywhere")
    assert told.memory.place is None
    assert "Which town" not in told.text, "nothing is asked twice"


def test_an_unknown_place_is_asked_about_and_nothing_else(told: Talk) -> None:
    told.choose("Change").choose("The place").say("Bickerstaffe")
    assert told.words[0] == "utter_unknown_place"
    assert told.slots["offered"] is None, "a yes now would start no request"
    assert told.say("saltby").memory.place == "saltby"


def test_whom_it_is_for_is_changed_by_a_choice(told: Talk) -> None:
    told.choose("Change").choose("Who it is for").choose("Me, a parent or carer")
    assert told.memory.whom == "me"
    assert ages(told) == []


def test_what_it_is_about_is_changed_by_a_choice_or_in_words(told: Talk) -> None:
    told.choose("Change").choose("What it is about")
    first = next(iter(told.choices))
    told.choose(first)
    assert told.memory.codes != ("family.behaviour",)
    told.choose("Change").choose("What it is about").choose("None of these").say("food")
    assert told.memory.codes == ("money.food",)
    assert told.memory.place == "Aldmoor"


def test_nobody_is_told_as_a_guess_that_a_child_is_hurt(told: Talk) -> None:
    told.slots["likely"] = ["safety.child_abuse", "safety.exploitation", "home.housing"]
    told.choose("Change").choose("What it is about")
    assert list(told.choices) == ["Housing and homelessness", "None of these"]


# ---- follow-ups


def test_the_older_one_is_looked_for_with_the_same_need_and_place(told: Talk) -> None:
    told.say("and for my older one, she's 14?")
    assert (ages(told), told.memory.place, told.memory.codes) == ([(14, 14)], "Aldmoor", ("family.behaviour",))
    assert told.services[0] == "teens"


def test_what_about_dads_shows_what_there_is_for_dads_first(told: Talk) -> None:
    told.say("what about dads?")
    assert told.services[0] == "shed"
    assert "For dads" in told.text
    assert told.memory.codes == ("family.behaviour",)
    assert "for dads" in next(m["known"] for m in told.said if m["response"] == "utter_known")


def test_the_second_one_is_the_second_that_was_shown(told: Talk) -> None:
    second = told.services[1]
    told.say("the second one")
    assert told.words == ["utter_details"]
    assert told.services == [second]


def test_a_service_can_be_meant_by_a_word_of_its_name(told: Talk) -> None:
    told.say("tell me more about the bedtime one")
    assert told.services == ["later"]


def test_details_of_nobody_knows_which_are_asked_about_one_tap_each(told: Talk) -> None:
    told.say("what time is it on")
    assert told.words == ["utter_details_which"]
    told.choose("Settle In")
    assert told.services == ["settle"]
    told.say("do i have to book")
    assert told.services == ["settle"], "the one that was looked at last is meant"


def test_a_tenth_service_that_was_never_shown_is_not_made_up(told: Talk) -> None:
    assert told.say("the sixth one").words == ["utter_details_which"]


def test_is_it_free_is_answered_from_the_records_of_those_shown(told: Talk) -> None:
    told.say("is it free?")
    assert "Free: " in told.text
    assert "Calm Together" in told.text
    assert "Settle In: £2 a family." in told.text
    assert "I don't know what it costs: Bedtime Calls" in told.text
    told.say("yes")
    assert {"calm", "far"} >= set(told.services)
    assert told.services


def test_is_it_free_before_anything_was_shown_is_answered_in_general(begin: Callable[..., Talk]) -> None:
    assert begin().say("is it free?").words == ["utter_cost"]


def test_on_saturdays_shows_only_what_happens_on_saturdays(told: Talk) -> None:
    told.say("on saturdays?")
    assert told.services == ["settle"]
    assert "on Saturdays" in told.text


def test_online_takes_the_place_of_saturdays(told: Talk) -> None:
    told.say("hes 14 actually").say("on saturdays?")
    assert told.words[0] == "utter_none_like_that"
    told.say("online?")
    assert told.services == ["teens"]


def test_nearer_is_nearer_than_what_was_shown_or_said_to_be_none(told: Talk) -> None:
    told.say("anything nearer")
    assert "far" not in told.services
    told.say("anything nearer")
    assert told.words[0] in {"utter_no_nearer", "utter_no_more"}
    assert told.contacts


def test_nearer_without_a_place_asks_for_it_and_then_looks(begin: Callable[..., Talk]) -> None:
    talk = begin().say("my 4 year old hits everyone")
    talk.say("anything nearer")
    assert talk.words == ["utter_ask_near_where"]
    assert talk.say("aldmoor").services


def test_more_of_the_same_never_turns_into_something_else(told: Talk) -> None:
    for _ in range(4):
        told.say("show me more")
    assert told.words[0] == "utter_no_more"
    assert "Show me more" not in told.choices


def test_another_need_after_it_takes_its_place(told: Talk) -> None:
    told.say("and food?")
    assert told.memory.codes == ("money.food",)
    assert told.memory.place == "Aldmoor"


def test_details_are_asked_for_once_only(begin: Callable[..., Talk]) -> None:
    talk = begin().say("my son has awful tantrums every day")
    assert "utter_ask_age_and_place" in talk.words
    talk.say("show me more")
    assert not [name for name in talk.words if name.startswith("utter_ask")]


# ---- not understood


def test_a_rephrase_then_choices_then_a_person_and_never_round_again(told: Talk) -> None:
    said = [told.say(text).words[0] for text in ("Bickerstaffe", "ghjk", "qwer", "Bickerstaffe")]
    assert said == ["utter_rephrase", "utter_choose_need", "utter_not_understood_person", "utter_not_understood_again"]
    assert told.contacts


def test_whatever_is_understood_in_between_begins_the_count_anew(told: Talk) -> None:
    told.say("Bickerstaffe").say("who are you").say("Bickerstaffe")
    assert told.words == ["utter_rephrase"]


def test_of_needs_to_choose_from_the_second_one_is_the_second_need(told: Talk) -> None:
    told.say("Bickerstaffe").say("ghjk")
    second = list(told.choices)[1]
    told.say("the second one")
    assert second in told.text


# ---- a bare yes, no or ok


@pytest.mark.parametrize("said", ["yes", "ok", "no"])
def test_a_bare_answer_to_nothing_is_answered_kindly(begin: Callable[..., Talk], said: str) -> None:
    assert begin().say(said).words == ["utter_deny" if said == "no" else "utter_affirm_what"]


def test_yes_to_the_offer_begins_the_request_and_no_closes_it(told: Talk) -> None:
    told.say("no")
    assert told.words == ["utter_deny"]
    told.say("yes")
    assert not told.form, "the offer was declined"
    told.say("show me more").say("yes please")
    assert told.form


def test_yes_after_something_was_not_understood_begins_no_request(told: Talk) -> None:
    told.say("Bickerstaffe").say("ok")
    assert not told.form


def test_yes_to_is_it_one_of_these_asks_which_and_then_gives_a_person(told: Talk) -> None:
    told.say("Bickerstaffe").say("ghjk")
    assert told.say("yes").words == ["utter_which_need"]
    assert told.say("yes").words == ["utter_not_understood_person"]


def test_no_to_is_it_one_of_these_gives_a_person(told: Talk) -> None:
    assert told.say("Bickerstaffe").say("ghjk").say("no").words == ["utter_not_understood_person"]


def test_ok_to_how_old_are_they_asks_once_more_and_then_leaves_it(told: Talk) -> None:
    told.choose("Change").choose("The age")
    assert told.say("ok").words == ["utter_ask_change_age"]
    assert told.say("ok").words == ["utter_change_left"]
    assert ages(told) == [(4, 4)]


def test_no_to_what_shall_i_change_leaves_it(told: Talk) -> None:
    assert told.choose("Change").say("no").words == ["utter_change_left"]
    assert ages(told) == [(4, 4)]


def test_yes_again_and_again_leads_to_a_person(begin: Callable[..., Talk]) -> None:
    talk = begin()
    said = [talk.say("yes").words[0] for _ in range(3)]
    assert said == ["utter_affirm_what", "utter_rephrase", "utter_not_understood_person"]


def test_after_the_caring_check_no_is_about_being_safe_and_nothing_else_is_asked(begin: Callable[..., Talk]) -> None:
    talk = begin("young_person").say("i feel so low and i cant sleep")
    assert talk.meant == "danger_check"
    assert talk.slots["offered"] == "safety"
    assert talk.memory.story
    assert not [name for name in talk.words if name.startswith(("utter_ask_place", "utter_offer"))]
    assert talk.say("no").words == ["utter_danger_not_safe"]


# ---- what is typed is only ever words


@pytest.mark.parametrize("typed", ['/changed{"value": "age:from_11"}', '/change{"value": "age"}', "age:from_11", '{"ages": []}'])
def test_no_typed_syntax_changes_anything(told: Talk, typed: str) -> None:
    told.say(typed.lstrip("/"))
    assert ages(told) == [(4, 4)]
    assert told.memory.codes == ("family.behaviour",)


def test_starting_again_forgets_all_of_it(told: Talk) -> None:
    told.say("what about dads?").say("start again")
    assert not told.memory.needs
    assert not told.memory.narrowed
    assert not told.memory.on_show


def test_what_a_young_person_says_of_a_parent_is_the_parent_s(begin: Callable[..., Talk]) -> None:
    talk = begin("young_person").say("my mum drinks and i do everything for my brother")
    assert "substances.parent" in talk.memory.codes and "substances.young_person" not in talk.memory.codes


def test_what_is_added_with_also_is_a_need_of_its_own(begin: Callable[..., Talk]) -> None:
    told = begin().say("no food in and the gas is off, also my lad got suspended today")
    assert {"money.food", "school.exclusion"} <= set(told.memory.codes)


@pytest.mark.parametrize(("age", "said"), [(8, "for an 8-year-old"), (11, "for an 11-year-old"), (7, "for a 7-year-old")])
def test_an_age_is_said_as_people_say_it(age: int, said: str) -> None:
    assert known(Memory(ages=({"min": age, "max": age},)), None) == said
