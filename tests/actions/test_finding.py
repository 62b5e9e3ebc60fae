"""Finding help: what is remembered, what is searched for, what is said around the services."""

import pytest

from actions import searching
from actions.danger import ActionGiveDangerContacts
from actions.fallback import ActionNotUnderstood
from actions.find_help import ActionFindHelp
from actions.questions import ActionAnswerEarlyHelp, ActionExplainLevels, ActionGivePerson
from directory.client import DirectoryUnavailable
from tests.actions.conftest import Turn


class Shelf:
    """Stands in for the directory server: remembers what was asked, gives one service for each part."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.down = False
        self.empty = False

    def search(self, query: dict) -> dict:
        if self.down:
            raise DirectoryUnavailable("refused")
        self.asked.append(query)
        services = [] if self.empty else [{"id": f"s{len(self.asked)}", "name": "A group"}]
        return {"groups": [{"need": part["need"], "services": services} for part in query["parts"]]}


@pytest.fixture()
def shelf(monkeypatch) -> Shelf:
    made = Shelf()
    monkeypatch.setattr(searching, "directory", lambda: made)
    return made


def heard(*codes: str, ages: tuple = (), place: str | None = None, audience: str | None = None) -> dict:
    needs = [{"code": code, "confidence": 0.8, "words": "…"} for code in codes]
    details = {"ages": [{"min": a, "max": a} for a in ages], "people": [], "place": place, "audience": audience}
    return {"needs": needs, "ranked_needs": needs, "details": details, "risk": None}


def tell(turn: Turn, text: str, meant: str, understood: dict) -> Turn:
    return turn.run(ActionFindHelp(), text=text, intent=meant, heard=understood)


def test_each_need_is_searched_for_on_its_own(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "behind on rent and he hits", "describe_difficulty", heard("money.debt_and_benefits", "family.behaviour"))
    assert [part["need"] for part in shelf.asked[0]["parts"]] == ["money.debt_and_benefits", "family.behaviour"]
    assert len(turn.services) == 2


def test_a_fourth_need_is_offered_rather_than_piled_on(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "all of it", "describe_difficulty", heard("money.food", "home.housing", "mind.parent", "school.attendance"))
    assert len(shelf.asked[0]["parts"]) == 3
    assert "Not going to school" in turn.labels


def test_what_was_said_before_is_kept_when_an_age_follows(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "he hits", "describe_difficulty", heard("family.behaviour", place="Aldmoor"))
    tell(turn, "he's 4", "give_age", heard(ages=(4,)))
    assert shelf.asked[1]["parts"][0]["need"] == "family.behaviour"
    assert shelf.asked[1]["place"] == "Aldmoor"
    assert shelf.asked[1]["ages"] == [{"min": 4, "max": 4}]


def test_a_toddler_is_searched_for_as_one_though_no_age_is_said(turn: Turn, shelf: Shelf) -> None:
    told = heard("family.behaviour")
    told["details"]["people"] = [{"who": "toddler", "age": {"min": 1, "max": 3}}]
    tell(turn, "my toddler bites", "describe_difficulty", told)
    assert shelf.asked[0]["ages"] == [{"min": 1, "max": 3}]


def test_a_correction_replaces_what_was_wrong(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "he hits, he's 4", "describe_difficulty", heard("family.behaviour", ages=(4,)))
    tell(turn, "sorry he's 5 not 4", "correct", heard(ages=(5,)))
    assert shelf.asked[1]["ages"] == [{"min": 5, "max": 5}]


def test_more_leaves_out_what_was_shown(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "he hits", "describe_difficulty", heard("family.behaviour"))
    tell(turn, "anything else", "ask_more", heard())
    assert shelf.asked[1]["exclude"] == ["s1"]


def test_it_says_what_it_took_into_account(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "he hits", "describe_difficulty", heard("family.behaviour", ages=(4,), place="aldmoor"))
    known = next(message["known"] for message in turn.said if message["response"] == "utter_known")
    assert known == "for a 4-year-old, near Aldmoor"


def test_sympathy_is_said_once(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "he hits", "describe_difficulty", heard("family.behaviour"))
    assert "utter_found_hard" in turn.words
    tell(turn, "and the rent", "describe_difficulty", heard("money.debt_and_benefits"))
    assert "utter_found_hard" not in turn.words


def test_an_unknown_place_is_asked_about_and_not_ignored(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "he hits", "describe_difficulty", heard("family.behaviour", place="Zzyzx"))
    assert turn.words[0] == "utter_unknown_place"


def test_nothing_found_is_never_a_dead_end(turn: Turn, shelf: Shelf) -> None:
    shelf.empty = True
    tell(turn, "he hits", "describe_difficulty", heard("family.behaviour"))
    assert turn.words[0] == "utter_nothing_found"
    assert turn.contacts


def test_a_directory_that_is_down_still_gives_people(turn: Turn, shelf: Shelf) -> None:
    shelf.down = True
    tell(turn, "he hits", "describe_difficulty", heard("family.behaviour"))
    assert turn.words == ["utter_search_down"]
    assert turn.contacts
    assert turn.slots["story"] == ["he hits"], "and what was told is kept"


def test_who_they_chose_to_be_stands_against_how_they_sound(turn: Turn, shelf: Shelf) -> None:
    turn.slots["audience"] = "parent"
    tell(turn, "my school", "describe_difficulty", heard("school.attendance", audience="young_person"))
    assert turn.slots["audience"] == "parent"


def test_three_misses_lead_to_a_person_and_nothing_is_said_twice(turn: Turn) -> None:
    understood = heard("family.behaviour")
    said = [turn.run(ActionNotUnderstood(), text="mmh", heard=understood).words[0] for _ in range(3)]
    assert said == ["utter_rephrase", "utter_choose_need", "utter_not_understood_person"]
    assert turn.contacts


def test_a_word_of_the_trade_is_explained_plainly(turn: Turn) -> None:
    turn.run(ActionAnswerEarlyHelp(), text="what is a lead professional?", intent="ask_early_help")
    assert turn.words == ["utter_term"]


def test_levels_are_for_practitioners_only(turn: Turn) -> None:
    assert turn.run(ActionExplainLevels(), text="what level is this").words == ["utter_early_help"]
    turn.slots["audience"] = "practitioner"
    assert turn.run(ActionExplainLevels(), text="what level is this").words.count("utter_level") == 4


def test_a_young_person_is_given_people_of_their_own(turn: Turn) -> None:
    turn.slots["audience"] = "young_person"
    assert "Childline" in turn.run(ActionGivePerson()).contacts[0]


@pytest.mark.parametrize("response", ["crisis", "check"])
def test_danger_is_answered_with_people_first_and_no_menu(turn: Turn, response: str) -> None:
    risk = {"kind": "domestic_abuse", "response": response, "immediate": True, "whose": "self", "past": False, "confidence": 0.9}
    turn.run(ActionGiveDangerContacts(), text="he hit me", intent="danger", heard=heard() | {"risk": risk})
    assert turn.said[0]["custom"]["urgent"] is (response == "crisis")
    assert turn.contacts[0].startswith("999")
    assert set(turn.labels) == set(), "its one question's choices are the response's own"


def test_no_answer_to_are_you_safe_goes_unheard(turn: Turn) -> None:
    assert turn.run(ActionGiveDangerContacts(), value="not_safe").words == ["utter_danger_not_safe"]
    assert turn.said[0]["custom"]["urgent"]
    assert turn.run(ActionGiveDangerContacts(), value="safe").words == ["utter_danger_safe"]


def test_after_a_caring_check_the_help_asked_for_is_shown_too(turn: Turn, shelf: Shelf) -> None:
    tell(turn, "im so tired of the rent and everything", "danger_check", heard("money.debt_and_benefits"))
    assert turn.services
    tell(turn, "im so tired", "danger_check", heard())
    assert turn.words == [], "the check alone, and no cheerful question after it"


def test_a_young_persons_low_mood_is_not_searched_for_as_a_parents(turn: Turn, shelf: Shelf) -> None:
    turn.slots["audience"] = "young_person"
    tell(turn, "they argue all night and i cant sleep", "describe_difficulty", heard("mind.parent"))
    assert [part["need"] for part in shelf.asked[0]["parts"]] == ["mind.child"]
