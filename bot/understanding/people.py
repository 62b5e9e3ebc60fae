"""Who a message is about: the people it names, each with the age said of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from bot.understanding.ages import AgeRange, Mention
from bot.understanding.rules import either, words

OLDEST_CHILD = 25
"""Somebody's son or daughter is a child of the message up to this age: with special needs, help reaches to 25."""
OLDEST_YOUNG_PERSON = 19
"""The writer, and anybody else, up to this age."""
OLDEST_CARE_LEAVER = 24
"""The writer, where help for care leavers is asked for: councils owe it up to 25 (Children and Social Work Act 2017, s. 3)."""
_PRONOUNS = re.compile(r"(?<= )(?:(?P<he>he|hes|his|him)|(?P<she>she|shes|her|hers)|they|theyre|them)(?= )")


class Noun(NamedTuple):
    """A word for a person, where it stands in the plain form."""

    at: int
    name: str
    """The plain name: "son" for "sons" or "my lad's"; the word itself for an adult."""
    adult: bool


class Person(NamedTuple):
    """Somebody the message is about; the age is None where none is said."""

    who: str
    age: AgeRange | None
    vague: bool = False
    """The age is only that of a word such as toddler."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"who": self.who, "age": self.age.as_dict() if self.age else None}


def nouns(plain: str) -> list[Noun]:
    """The words for people in the plain form of a message, in order."""
    table = _names()
    return [Noun(found.start(), table.get(found[0], found[0]), found[0] not in table) for found in _any().finditer(plain)]


def settled(mentions: list[Mention], plain: str) -> list[Person]:
    """The children and young people of the message with the ages said of them, in order of mention.

    Left out: ages of grown-ups, a school year or a word such as toddler where the same child's exact age is said.
    """
    people = nouns(plain)
    named = [(mention, _who(mention, people, plain)) for mention in mentions]
    named = [(mention, who) for mention, who in named if _young(mention, who, people, plain)]
    if any(mention.who == "newborn" for mention, _ in named):
        named = [(mention, who) for mention, who in named if mention.who != "baby"]
    exact = [(mention, who) for mention, who in named if mention.exact]
    found: list[Person] = []
    for mention, who in named:
        said_better = not mention.exact and any(
            mention.offered or mention.age.min - 0.5 <= other.age.min <= mention.age.max + 0.5 and _same(who, other_who)
            for other, other_who in exact
        )
        person = Person(who, mention.age, mention.vague)
        if not said_better and person not in found:
            found.append(person)
    return found


def unaged(plain: str, aged: list[Person]) -> list[Person]:
    """The children named without an age; none where each may be another word for one already known."""
    general = {"boy", "girl", "child", "lad", "lass", "one", "friend", "pupil", "teenager", "baby", "toddler", "me"}
    known = {person.who for person in aged}
    found: list[Person] = []
    for noun in nouns(plain):
        if noun.adult or noun.name in known or (noun.name in general and (known or found)):
            continue
        if re.search(r" (?:my|our|his|her|their|the|a|foster|both|have|got|one of my|grandads?) (?:\d+ )?$", plain[: noun.at]):
            known.add(noun.name)
            found.append(Person(noun.name, None))
    return found


def _who(mention: Mention, people: list[Noun], plain: str) -> str:
    """The plain name of whoever is this old."""
    table = _names()
    if mention.who in table:
        return table[mention.who]
    if mention.who and not _PRONOUNS.search(f" {mention.who} ") and mention.who != "reception":
        return mention.who
    before = [noun for noun in people if noun.at < mention.at and not noun.adult]
    sex = _sex(mention, plain)
    after = next((noun for noun in people if 0 <= noun.at - mention.at < 25 and not noun.adult), None)
    if not mention.who and after and re.fullmatch(r"[^.,]*", plain[mention.at : after.at]):
        return after.name
    fitting = [noun.name for noun in before if not sex or noun.name not in words("people.yml")[f"{_OTHER[sex]}_words"]]
    if fitting:
        return fitting[-1]
    return {"boy": "boy", "girl": "girl", "": "child"}[sex]


_OTHER = {"boy": "girl", "girl": "boy"}


def _sex(mention: Mention, plain: str) -> str:
    """ "boy" or "girl" where a pronoun beside the age tells."""
    said = mention.who or " ".join(plain[max(0, mention.at - 20) : mention.at + 12].split())
    found = _PRONOUNS.search(f" {said} ")
    return "" if not found else "boy" if found["he"] else "girl" if found["she"] else ""


def _young(mention: Mention, who: str, people: list[Noun], plain: str) -> bool:
    """Whether an age is that of a child or a young person the message is about."""
    years = mention.age.max
    if who == "me":
        about_me = bool(_heard("about_me").search(plain))
        of_their_child = _heard("my_own_child").search(plain) and not about_me
        of_their_own = any(not noun.adult and noun.name in {"baby", "son", "daughter", "child", "little one"} for noun in people)
        if years <= OLDEST_CARE_LEAVER and not of_their_own and _heard("leaving_care").search(plain):
            return True
        return years < 18 or (years == 18 and not of_their_child) or (years == OLDEST_YOUNG_PERSON and about_me)
    if years <= 15 or (mention.offered and mention.age.min < 18):
        return True
    if years >= 18 and _PRONOUNS.search(f" {mention.who} ") and _heard("young_writer").search(plain):
        return False  # "he's 19, I'm 13"
    before = [noun for noun in people if noun.at <= mention.at]
    if before and before[-1].adult and mention.who not in _names() and mention.exact and not before[-1].name.startswith("mum"):
        return years < 18
    if years > 18 and who in words("people.yml")["grows_up"] and _heard("grown_up").search(plain):
        return False
    with_needs = who in words("people.yml")["grows_up_with_needs"] and _heard("special_needs").search(plain)
    grown = who in words("people.yml")["grows_up"] or with_needs
    return years <= (OLDEST_CHILD if grown else OLDEST_YOUNG_PERSON)


def _same(who: str, other: str) -> bool:
    """Whether two names may mean the same child."""
    specific = {"son", "daughter", "grandson", "granddaughter", "brother", "sister", "nephew", "niece", "eldest", "youngest"}
    return who == other or not (who in specific and other in specific)


@lru_cache(maxsize=8)
def _heard(name: str) -> re.Pattern[str]:
    """A pattern of `words/people.yml`."""
    return re.compile(rf" (?:{words('people.yml')[name]}) ")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    rows = words("people.yml")["child"]
    return {form: name for name, forms in rows.items() for form in forms} | {
        spelt: "child" for name in words("people.yml")["names"] for spelt in (name, f"{name}s")
    }


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    people = words("people.yml")
    return re.compile(f"(?<= ){either([*(f for forms in people['child'].values() for f in forms), *people['adult']])}(?= )")
