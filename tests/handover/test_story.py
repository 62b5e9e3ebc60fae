"""The story under three headings: the family's own words, sorted and never changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.story import HEADINGS, MOST_LINES, Story, add_line, numbered_lines, remove_line, write_story
from handover.text import tidy

EXAMPLES = {
    "worrying": [
        "my 4 year old hits everyone at nursery and im at my wits end",
        "we're behind on the rent",
        "he's not good with other kids",
        "she used to love school",
        "Nothing makes him happy any more, not even the football",
        "he isn't getting on with his dad",
        "school keep saying hes fine and then he explodes at home",
        "i dont know who is good for him",
        "i want to die",
        "i wish i wasnt alive anymore",
        "he loves it when he gets to hurt himself",
        "there's mould on the baby's wall",
        "formula has gone up again",
        "please dont ring my house",
        "there is a man looking for me",
    ],
    "working_well": [
        "my daughter loves dancing",
        "He is a happy boy",
        "hes 14, good lad, dont mind having him",
        "My eldest helps with her brother, she's brilliant with him",
        "nan is there for us",
        "she's doing really well at nursery",
        "he gets on with his sister",
        "we're lucky to have good neighbours",
        "the midwives are kind",
        "he's good at drawing",
    ],
    "would_help": [
        "can you help me find a group",
        "is there a course for parents of teens",
        "Where can I get guidance?",
        "i just want someone to talk to",
        "we could do with a break",
        "I'd like a session for the children",
        "looking for a youth club",
        "a family worker would really help",
        "What's out there for him?",
        "does anyone run groups for dads",
        "i need help with the forms",
        "any advice",
    ],
}
TALK = ["hi", "Hello there!", "yes", "thank you so much", "are you a robot?", "is this private", "start again", "bye",
        "I live in Aldmoor", "we're in Saltby Harbour.", "can I talk to a person please", "show me more"]  # fmt: skip


@pytest.mark.parametrize(("heading", "sentence"), [(h, s) for h, sentences in EXAMPLES.items() for s in sentences])
def test_a_sentence_comes_under_its_heading(heading, sentence):
    assert write_story([sentence]).as_dict() == {each: [sentence] if each == heading else [] for each in HEADINGS}


@pytest.mark.parametrize("sentence", TALK)
def test_talk_with_the_assistant_is_no_part_of_the_story(sentence):
    assert write_story([sentence]) == Story()


def test_small_talk_that_showed_a_need_is_kept():
    assert write_story(["help"]) == Story()
    assert write_story(["help"], [{"code": "money.debt", "words": "help"}]).worrying == ("help",)


def test_a_message_is_parted_into_its_sentences_and_at_a_but_that_turns():
    story = write_story(["She's great at maths but she won't go to school. Can you help?", "Hi", "I cry at night"])
    assert story.working_well == ("She's great at maths",)
    assert story.worrying == ("but she won't go to school.", "I cry at night")
    assert story.would_help == ("Can you help?",)


def test_a_long_sentence_that_names_a_strength_as_well_stays_worrying():
    long = "hes lovely with the baby and we all get on at weekends and then monday comes and it all starts up again"
    assert write_story([long]).worrying == (long,)


def test_the_same_sentence_twice_is_one_line():
    assert write_story(["I cry at night", "I cry at night"]).worrying == ("I cry at night",)


@given(st.lists(st.text(max_size=200), max_size=5))
def test_every_line_is_what_somebody_typed_sign_for_sign(messages):
    typed = ["".join(tidy(message).split()) for message in messages]
    for _, _, line in numbered_lines(write_story(messages)):
        assert any("".join(line.split()) in message for message in typed)


def test_a_line_is_added_and_another_removed():
    story = add_line(Story(worrying=("one", "two")), "would_help", "  a  break ")
    assert story.would_help == ("a break",)
    assert remove_line(story, "worrying", 0).worrying == ("two",)
    assert remove_line(story, "worrying", 7) == story


def test_every_line_can_be_pointed_at():
    story = Story(worrying=("a",), would_help=("b", "c"))
    assert numbered_lines(story) == [("worrying", 0, "a"), ("would_help", 0, "b"), ("would_help", 1, "c")]


def test_a_story_survives_a_slot():
    story = Story(("a",), ("b",), ("c",))
    assert Story.from_dict(story.as_dict()) == story
    assert Story.from_dict(None) == Story()


def test_a_story_without_end_is_cut_and_an_unknown_heading_is_a_fault():
    assert len(write_story([f"worry number {n}" for n in range(200)]).worrying) == MOST_LINES
    with pytest.raises(ValueError, match="no such heading"):
        add_line(Story(), "level", "3")
