"""The details of a message: the ages and the people it is about, the place, and who is writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from bot.understanding.ages import AgeRange, find_mentions
from bot.understanding.audience import find_audience
from bot.understanding.people import settled, unaged
from bot.understanding.place import find_place_name
from bot.understanding.plain import plain
from bot.understanding.slips import without_slips


@dataclass(frozen=True)
class Details:
    """What is said in one message of ages, people, place and audience."""

    ages: list[AgeRange]
    """In years, each once, in order of mention; only of children and young people, and not of a word such as toddler."""
    people: list[dict[str, Any]]
    """`{"who": "son", "age": {"min": 4, "max": 4}}`, in order of mention; the age is None where nothing tells it, and a
    toddler's is 1 to 3."""
    place: str | None
    """Where the family lives or looks for help, as typed."""
    audience: str | None
    """Who writes: parent (whoever looks after the child), young_person, practitioner, other; None where nothing tells."""
    audience_told: bool = False
    """Whether the message tells who writes; a guess must not overrule what the family has chosen or said before."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, as the contract of `signpost understand` names it."""
        return {
            "ages": [age.as_dict() for age in self.ages],
            "people": self.people,
            "place": self.place,
            "audience": self.audience,
        }


def find_details(doc: Doc, learned: Mapping[str, float] | None = None) -> Details:
    """The details of the message that `doc` holds; `learned` is what audience_head.py makes of who writes."""
    words = without_slips(plain(doc.text))
    people = settled(find_mentions(words), words)
    ages = list(dict.fromkeys(person.age for person in people if person.age and not person.vague))
    audience, told = find_audience(words, people, learned)
    return Details(
        ages=ages,
        people=[person.as_dict() for person in (*people, *unaged(words, people))],
        place=find_place_name(doc, for_another=audience == "other"),
        audience=audience,
        audience_told=told,
    )


def ages_to_search(details: Mapping[str, Any]) -> list[dict[str, float]]:
    """The ages to search with, from the JSON form: those said; where none is, about how old a word such as toddler makes a child."""
    return details.get("ages") or [person["age"] for person in details.get("people") or () if person["age"]]
