"""A message in another language: fixed words where a council approved them, plain English elsewhere, always people."""

from dataclasses import replace
from datetime import date

import pytest

from actions.danger import ActionGiveDangerContacts
from actions.other_language import ActionAnswerInLanguage
from directory.languages import languages
from directory.packs import pack
from tests.actions.conftest import Turn


def write(turn: Turn, text: str, language: str) -> Turn:
    return turn.run(ActionAnswerInLanguage(), text=text, intent="other_language", heard={"language": language, "risk": None})


@pytest.fixture()
def real_council(monkeypatch) -> None:
    """A council that has approved no language and takes no requests, as the real ones' packs are."""
    wigan = pack("wigan")
    for module in ("actions.languages", "actions.other_language"):
        monkeypatch.setattr(f"{module}.pack", lambda: wigan)


@pytest.mark.parametrize("code", sorted(languages()))
def test_a_family_is_told_in_its_own_language_how_to_get_help(turn: Turn, code: str) -> None:
    write(turn, "…", code)
    said = turn.said[0]
    assert said["said"] == languages()[code].say()
    assert said["custom"]["language"] == {"code": code, "direction": languages()[code].direction}


def test_the_words_are_marked_as_a_machines_in_english_too_and_the_numbers_follow(turn: Turn) -> None:
    write(turn, "Potrzebuję pomocy", "pl")
    assert turn.words[:3] == ["utter_in_language", "utter_machine_written", "utter_interpreter_people"]
    assert turn.said[1]["language_name"] == "Polish"
    assert "language" not in turn.said[1]["custom"], "what stands beside it is English"
    people = turn.said[2]["custom"]["contacts"]
    assert "999" in [it["phone"] for it in people] and len(people) == len({it["name"] for it in people})


def test_what_a_person_has_checked_is_no_longer_marked(turn: Turn, monkeypatch) -> None:
    checked = replace(languages()["pl"], approved_by="Polish-speaking family worker", date=date(2026, 12, 1))
    monkeypatch.setattr("actions.languages.languages", lambda: {"pl": checked})
    assert "utter_machine_written" not in write(turn, "Potrzebuję pomocy", "pl").words


def test_a_council_that_has_approved_no_language_shows_plain_english_and_the_numbers(turn: Turn, real_council) -> None:
    write(turn, "Potrzebuję pomocy", "pl")
    assert turn.words == ["utter_other_language"], "and offers no request, which nobody would read"
    assert any(name.startswith("999") for name in turn.contacts)


@pytest.mark.parametrize("language", ["so", "ur-Latn", "en"])
def test_one_more_language_than_the_ten_is_answered_in_plain_english(turn: Turn, language: str) -> None:
    write(turn, "…", language)
    assert turn.words == ["utter_other_language", "utter_offer_in_language"]
    assert turn.contacts


def test_what_they_wrote_is_kept_for_a_worker_with_the_language(turn: Turn) -> None:
    write(turn, "mąż stracił pracę", "pl")
    write(turn, "nie mamy na czynsz", "pl")
    assert turn.slots["story"] == ["mąż stracił pracę", "nie mamy na czynsz"]
    assert turn.slots["language"] == "pl"
    assert turn.slots["offered"] == "request"


def test_danger_in_another_language_is_answered_with_people_first_and_then_999_in_that_language(turn: Turn) -> None:
    risk = {"kind": "domestic_abuse", "response": "crisis", "immediate": True, "whose": "self", "past": False, "confidence": 0.9}
    turn.run(ActionGiveDangerContacts(), text="mąż mnie bije", intent="danger", heard={"risk": risk, "language": "pl"})
    assert turn.words == ["utter_danger_domestic_abuse", "utter_in_language", "utter_machine_written", "utter_are_you_safe"]
    assert turn.said[0]["custom"]["contacts"]
    assert "999" in turn.said[1]["said"].splitlines()[0]
    assert turn.slots["language"] == "pl"


def test_an_answer_to_are_you_safe_that_cannot_be_read_is_no_yes(turn: Turn) -> None:
    turn.slots["offered"] = "safety"
    write(turn, "nie wiem, boję się", "pl")
    assert turn.words == ["utter_danger_not_safe", "utter_in_language", "utter_machine_written"]
    assert turn.said[0]["custom"]["urgent"]


def test_a_choice_after_it_is_answered_in_the_language_of_the_words_before(turn: Turn) -> None:
    turn.slots |= {"offered": "safety", "language": "ar"}
    turn.run(ActionGiveDangerContacts(), value="not_safe")
    assert turn.said[1]["custom"]["language"] == {"code": "ar", "direction": "rtl"}
