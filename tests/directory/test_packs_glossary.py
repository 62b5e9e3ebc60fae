"""Words that councils use, explained to whoever asks."""

import re

import pytest

from directory.files import COUNCILS
from directory.glossary import find_term
from directory.packs import pack
from directory.strategies import shared_glossary

EVERY = sorted(folder.parent.name for folder in COUNCILS.glob("*/council.yml"))
TERMS = {term.means: term for code in EVERY for term in pack(code).glossary}
OWN_SHORT_FORMS = {"NHS", "UK"}


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("what is an EHC plan?", "EHC plan"),
        ("whats an ehcp", "EHC plan"),
        ("What's an Education, Health and Care Plan?", "EHC plan"),
        ("EHCP?", "EHC plan"),
        ("i dont know what an ehc plan is", "EHC plan"),
        ("The school keeps saying TAF. What is a TAF?", "Team around the Family"),
        ("what does HAF stand for", "Holiday Activities and Food"),
        ("who is the senco", "SENCO"),
        ("explain early help in plain english please", "early help"),
        ("early help assessment, what is that when its at home", "Early Help Assessment"),
        ("what is the Local Offer and how do I use it", "Local Offer"),
        ("can you tell me about camhs", "CAMHS"),
    ],
)
def test_a_question_about_a_word_finds_the_word(asked, term):
    found = find_term(asked)
    assert found and found.term == term


@pytest.mark.parametrize(
    "said",
    [
        "he has an EHC plan",
        "we need early help",
        "early help",
        "what is universal credit",
        "what is early help going to do about my son",
        "what is closure",
        "how do I get an EHC plan?",
        "",
        "?" * 3000,
        "what is " * 1000,
    ],
)
def test_a_message_that_asks_for_no_meaning_finds_none(said):
    assert find_term(said) is None


def test_a_council_may_say_a_word_its_own_way():
    assert "Family Plan" in find_term("what is an early help plan?").means
    assert "Family Plan" not in find_term("what is an early help plan?", "worcestershire").means


def test_a_word_of_one_council_is_unknown_in_another():
    assert find_term("what is GET SAFE?", "worcestershire").source == "Wo22 appendix 1"
    assert find_term("what is GET SAFE?", "wigan") is None


def test_the_words_follow_the_council_in_use(monkeypatch):
    assert find_term("what is TYSS?") is None
    monkeypatch.setenv("SIGNPOST_COUNCIL", "wigan")
    assert find_term("what is TYSS?").term == "Targeted Youth Support"


def test_every_council_starts_from_the_shared_words():
    shared = {term.term.casefold() for term in shared_glossary()}
    assert all(shared <= {term.term.casefold() for term in pack(code).glossary} for code in EVERY)


@pytest.mark.parametrize("term", TERMS.values(), ids=[term.term for term in TERMS.values()])
def test_a_word_is_explained_plainly(term):
    sentences = re.split(r"(?<=[.!?])\s+", term.means)
    assert term.means.endswith(".") and all(len(sentence.split()) < 20 for sentence in sentences)
    assert not re.search(r"vulnerab|multi-agency (?!safeguarding)|holistic|outcomes|interven|provision|eligib", term.means, re.I)
    explained = {term.term.upper(), *(name.upper() for name in term.also)} | OWN_SHORT_FORMS
    short_forms = set(re.findall(r"\b[A-Z]{3,}\b", term.means))
    assert all(any(short in name for name in explained) for short in short_forms), short_forms
    assert term.source


@pytest.mark.parametrize("code", EVERY)
def test_no_name_means_two_things(code):
    names = [name.casefold() for term in pack(code).glossary for name in {term.term.casefold(), *map(str.casefold, term.also)}]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
