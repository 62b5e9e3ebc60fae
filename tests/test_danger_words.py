"""What is said in danger was read as a whole and approved by somebody's role, and other words are not approved."""

from dataclasses import replace
from datetime import date

import pytest

from bot.danger_words import fingerprint, words_in_danger
from directory.contacts import DANGERS
from directory.packs import DangerWords, pack
from directory.readiness import what_keeps_from_going_live

REAL = ("warrington", "worcestershire", "wigan", "cumbria")


def said_of(approved: DangerWords | None, words: str | None) -> list[str]:
    found = what_keeps_from_going_live(replace(pack("westmere"), danger_words=approved), words_in_danger=words)
    return [problem.what for problem in found if problem.severity == "must" and "said in danger" in problem.what]


def test_the_words_hold_every_danger_what_is_said_after_it_and_what_the_gateway_says_by_itself() -> None:
    words = words_in_danger()
    assert {f"utter_danger_{kind}" for kind in DANGERS} < set(words)
    assert {"utter_are_you_safe", "utter_danger_check", "utter_thanks", "danger-unavailable"} < set(words)


def test_the_words_as_they_stand_are_those_that_westmere_approved() -> None:
    approved = pack("westmere").danger_words
    assert approved is not None and approved.role and approved.date
    assert approved.fingerprint == fingerprint(), (
        "A word said in danger was changed. Read bot/domain/danger.yml as a whole, then write the new date and "
        f'fingerprint "{fingerprint()}" into directory/councils/westmere/council.yml.'
    )


@pytest.mark.parametrize(
    "approved",
    [
        None,
        DangerWords(None, date(2026, 11, 22), "x"),
        DangerWords("Lead", None, "x"),
        DangerWords("Lead", date(2026, 11, 22), None),
    ],
)
def test_a_pack_whose_words_in_danger_nobody_approved_is_not_ready(approved: DangerWords | None) -> None:
    assert said_of(approved, "x") == ["Nobody at the council has approved the words that are said in danger."]


def test_a_word_changed_lapses_the_approval_and_says_what_to_write() -> None:
    approved = DangerWords("Designated safeguarding lead", date(2026, 11, 22), "of-the-old")
    (what,) = said_of(approved, "of-the-new")
    assert "Designated safeguarding lead approved on 2026-11-22" in what
    assert said_of(replace(approved, fingerprint="of-the-new"), "of-the-new") == []


@pytest.mark.parametrize("code", REAL)
def test_no_real_council_is_said_to_have_approved_them(code: str) -> None:
    assert pack(code).danger_words is None


@pytest.mark.parametrize("team", ["front_door", "out_of_hours"])
def test_a_pack_without_the_front_doors_or_the_night_teams_number_is_not_ready(team: str) -> None:
    here = pack("westmere")
    bare = replace(here, **{team: replace(getattr(here, team), phone=None)})
    musts = [it.what for it in what_keeps_from_going_live(bare) if it.severity == "must"]
    assert any(f"{team}.phone is missing" in what for what in musts)


def test_the_words_of_a_crisis_offer_one_question_and_a_person_and_nothing_else() -> None:
    labels = {
        name: [button["title"] for variant in variants for button in variant.get("buttons", [])]
        for name, variants in words_in_danger().items()
        if name != "danger-unavailable"
    }
    assert labels.pop("utter_are_you_safe") == ["Yes, I'm safe", "No, or I'm not sure"]
    assert {label for some in labels.values() for label in some} == {"Talk to a person"}
