"""The ages of the children and young people a message is about: what families write, and what is heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding.details import find_details
from bot.understanding.text import read

TABLE = Path(__file__).parent / "tables" / "ages.tsv"


def rows() -> list[tuple[str, list[tuple[float, float]]]]:
    """The messages of the table, with the ages said in each."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(message.replace("\\n", "\n"), ages(said)) for message, said in lines]


def ages(said: str) -> list[tuple[float, float]]:
    """ "4;13-14" as [(4, 4), (13, 14)]; none for "-"."""
    ranges = [one.partition("-") for one in said.split(";") if said != "-"]
    return [(float(low), float(high or low)) for low, _, high in ranges]


@pytest.mark.parametrize(("message", "said"), rows(), ids=[message for message, _ in rows()])
def test_ages_are_heard_as_said_and_other_numbers_are_none(message: str, said: list[tuple[float, float]]) -> None:
    heard = [(age.min, age.max) for age in find_details(read(message)).ages]
    assert heard == [pytest.approx(age, abs=0.03) for age in said]


def test_ages_are_tied_to_whom_they_are_said_of() -> None:
    people = find_details(read("my son is 4 and my daughter's 14, her brother keeps hitting her")).people
    assert people[:2] == [
        {"who": "son", "age": {"min": 4, "max": 4}},
        {"who": "daughter", "age": {"min": 14, "max": 14}},
    ]


def test_a_pronoun_is_tied_to_the_child_it_means() -> None:
    assert find_details(read("my son wont sleep. hes 3")).people == [{"who": "son", "age": {"min": 3, "max": 3}}]


def test_a_child_without_an_age_is_still_somebody_it_is_about() -> None:
    assert find_details(read("my daughter isnt eating")).people == [{"who": "daughter", "age": None}]


def test_the_writer_is_a_person_only_where_they_are_young() -> None:
    assert find_details(read("im 15 and i feel low")).people == [{"who": "me", "age": {"min": 15, "max": 15}}]
    assert find_details(read("im 45 and i feel low")).people == []


def test_details_have_the_keys_of_the_contract() -> None:
    assert list(find_details(read("he's 4")).as_dict()) == ["ages", "people", "place", "audience"]
    assert find_details(read("he's 4")).as_dict()["ages"] == [{"min": 4, "max": 4}]


# A word that says about how old somebody is: known of the person, and not an age that was said.
STAGES = [
    ("my toddler bites", 1, 3),
    ("my baby won't feed", 0, 1),
    ("i have a newborn", 0, 0.1),
    ("a family with a new baby, no heating", 0, 1),
    ("anything for babies on a tuesday", 0, 1),
    ("my preschooler eats nothing", 3, 4),
]


@pytest.mark.parametrize(("message", "youngest", "oldest"), STAGES)
def test_a_word_such_as_toddler_tells_about_how_old_and_is_no_age_that_was_said(
    message: str, youngest: float, oldest: float
) -> None:
    details = find_details(read(message))
    assert details.ages == []
    assert details.people[0]["age"] == {"min": youngest, "max": oldest}
