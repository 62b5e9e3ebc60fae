"""Words are put right where they are no words; names, abbreviations and the words that families use stay as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.adapter.examples import Example
from directory.lexical import words_in
from directory.spelling import known, put_right
from directory.spelling_fit import VOICES, vocabulary


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nursry", "nursery"),
        ("bitin", "biting"),
        ("skool", "school"),
        ("evicshun", "eviction"),
        ("autisic", "autistic"),
        ("becos", "because"),
        ("evry1", "everyone"),
        ("apprentiship", "apprenticeship"),
        ("fursday", "thursday"),
        ("helth visiter", "health visitor"),
        ("dontknow", "dont know"),
        ("benfits", "benefits"),
    ],
)
def test_what_was_meant_is_heard(typed: str, meant: str) -> None:
    assert put_right(typed) == meant


@pytest.mark.parametrize(
    "said",
    [
        "lecky meter",  # what families say and no dictionary has
        "CAMHS and an EHCP",
        "our Jayden and Kayleigh-Mae",
        "near Golborne",
        "he's got fibromyalgia",
        "I can't cope, they won't listen",
        "theyre not wanting me",
        "14 weeks, WN7 1AB, 3:30pm",
    ],
)
def test_what_is_right_or_is_a_name_stays(said: str) -> None:
    assert put_right(said) == said


@pytest.mark.parametrize("name", ["connor", "hannah", "sara", "nevaeh", "brody", "burnley", "hebron"])
def test_a_name_in_small_letters_is_no_slip_of_another_word(name: str) -> None:
    assert words_in(f"my {name} wont go") == ["my", name, "wont", "go"]


def test_a_capital_that_a_telephone_gave_does_not_hide_a_slip() -> None:
    assert put_right("He is 4. Nursry wont take him") == "He is 4. nursery wont take him"


def test_dad_as_many_say_it_stays() -> None:
    assert put_right("my da kicked me out") == "my da kicked me out"


def test_somebody_who_shouts_is_put_right_too() -> None:
    assert put_right("NURSRY WONT TAKE HIM") == "nursery WONT TAKE HIM"


def test_the_classifiers_of_words_hear_what_was_meant() -> None:
    assert words_in("No1 at skool") == ["no", "one", "at", "school"]


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_what_is_put_right_stays(text: str) -> None:
    once = put_right(text)
    assert put_right(once) == once


def told(*pairs: tuple[str, str]) -> list[Example]:
    return [Example(text, (), voice) for text, voice in pairs]


def test_a_word_of_several_voices_is_one_of_ours_and_a_common_slip_is_not() -> None:
    voices = [f"voice {n}" for n in range(VOICES)]
    heard = told(*((f"the lecky went and my neice came {voice}", voice) for voice in voices))
    heard += told(*((f"my niece is here, number {n}", "mums") for n in range(10 * VOICES)))
    words = vocabulary(heard)
    assert "lecky" in words
    assert "neice" not in words
    assert words["niece"] == 10 * VOICES


def test_a_word_of_one_voice_is_no_word_yet() -> None:
    assert "scool" not in vocabulary(told(*((f"scool again {n}", "one who cannot spell") for n in range(30))))


@pytest.mark.parametrize("word", ["school", "lecky", "camhs", "can't", "cant"])
def test_words_as_families_type_them_are_known(word: str) -> None:
    assert known(word)
