"""What a message says of the answer it follows: which one of those shown, on which day, online, free, nearer, for whom."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from typing import Any

from bot.understanding.people import nouns
from bot.understanding.plain import plain
from bot.understanding.rules import either, words

_FILE = "steering.yml"
_NUMBERS = re.compile(r"[\d.#½¼]+")


@dataclass(frozen=True)
class Steering:
    """How a message steers what was answered; a new difficulty steers nothing."""

    which: int | None = None
    """Where the service meant stands among those shown: 1 the first, -1 the last."""
    days: tuple[int, ...] = ()
    """Weekdays, 0 for Monday."""
    online: bool = False
    free: bool = False
    """Only free ones are wanted; not the question whether something is free."""
    near: bool = False
    called: str | None = None
    """Whom the services should be for: dads, grandparents …"""
    whom: str | None = None
    """Whom it is for: "me", or the plain name of a child ("daughter") or a grown-up ("mum")."""
    any: bool = False
    """It does not matter: any age, anywhere."""
    about: str | None = None
    """Which part of what was understood is wrong: age, place, who, need; "what" where it is not said."""
    shown: bool = False
    """Asks about what was shown: "is it on Saturdays?"."""
    details: bool = False
    """Asks for details of one of them: "tell me more about the bedtime one"."""
    adds: bool = False
    """Begins as something added to what was said: "and food?"."""
    several: bool = False
    """Speaks of more than one of them."""
    bare: bool = False
    """Says nothing that could be a need of its own: nothing is left once all this, ages and the place are taken away."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, for Rasa's parse data."""
        return asdict(self) | {"days": list(self.days)}

    @property
    def narrows(self) -> bool:
        """Whether it asks for the same again, but only some of it or for somebody else."""
        return bool(self.days or self.online or self.free or self.called)


def steer(text: str, place: str | None = None) -> Steering:
    """How `text` steers; `place` is the place that was heard in it, as typed."""
    said = plain(text)
    left = said.replace(plain(place), " ") if place else said
    which, left = _which(left)
    spans: dict[str, bool] = {}
    for name in ("online", "free", "near", "any"):
        spans[name], left = _take(pattern_of(name), left)
    days, left = _days(left)
    called, left = _called(left)
    whom, left = _whom(said, left)
    about = next((name for name in words(_FILE)["about"] if _about(name).search(said)), None)
    if about is None and pattern_of("change").search(said):
        about = "what"
    return Steering(
        which=which,
        days=days,
        called=called,
        whom=whom,
        about=about,
        **{name: bool(pattern_of(name).search(said)) for name in ("shown", "details", "adds", "several")},
        bare=not _left_over(left),
        **spans,
    )


def telling_words(text: str) -> list[str]:
    """The words of a text, in lower case, that are not only the talk around them: of "the forest one" forest."""
    return _left_over(plain(text))


def _take(pattern: re.Pattern[str], left: str) -> tuple[bool, str]:
    """Whether it is said, and what is left without it."""
    shorter = pattern.sub(" ", left)
    return shorter != left, shorter


def _which(left: str) -> tuple[int | None, str]:
    numbered = re.search(rf"(?<= )(?:{words(_FILE)['which_number']})(?= )", left)
    if numbered:
        return int(numbered["number"]), left.replace(numbered[0], " ")
    not_after = re.compile(rf" (?:{words(_FILE)['which_not_after']}) $")
    for number, pattern in _ordinals():
        for found in pattern.finditer(left):
            if not not_after.search(left[: found.start()]):
                return number, f"{left[: found.start()]} {left[found.end() :]}"
    return None, left


def _days(left: str) -> tuple[tuple[int, ...], str]:
    table = {day: re.compile(rf"(?<= )(?:{pattern})(?= )") for day, pattern in words(_FILE)["days"].items()}
    found = tuple(day for day, pattern in table.items() if pattern.search(left))
    for pattern in table.values():
        left = pattern.sub(" ", left)
    return found, left


def _called(left: str) -> tuple[str | None, str]:
    for name, pattern in _groups():
        if found := pattern.search(left):
            return name, f"{left[: found.start()]} {left[found.end() :]}"
    return None, left


def _whom(said: str, left: str) -> tuple[str | None, str]:
    """Whom it is for: oneself before others, of others the first that is somebody's."""
    whose = words(_FILE)["whom"]
    before = re.compile(rf" (?:{whose['possessive']})(?: (?:older|elder|younger|little|big|own|\d+|yr|old))* $")
    beside = re.compile(rf" (?:{words(_FILE)['beside_whom']}) (?:{whose['possessive']})(?: \w+)? $")
    for_them = re.compile(rf" (?:{words(_FILE)['for_a_grown_up']}) (?:{whose['possessive']})(?: \w+)? $")
    named = None
    for noun in nouns(said):
        meant = before.search(said[: noun.at]) and not beside.search(said[: noun.at])
        if named is None and meant and (not noun.adult or for_them.search(said[: noun.at])):
            named = noun.name
    left = _people().sub(" ", left)
    if re.search(rf"(?<= )(?:{whose['me']})(?= )", said) and not re.search(rf"(?<= ){words(_FILE)['not_whom']} me(?= )", said):
        return "me", left
    return named, left


def _left_over(left: str) -> list[str]:
    """The words that could tell of a need."""
    small, units = _small(), words("plain.yml")["unit"]
    return [
        word
        for word in left.split()
        if word.isalpha() and word not in small and word not in units and word != "YEAR" and not _NUMBERS.fullmatch(word)
    ]


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    talk = (words(_FILE)["small"], words("audience.yml")["small_talk"], words("plain.yml")["old"])
    return frozenset(word for some in talk for word in some)


@lru_cache(maxsize=1)
def _people() -> re.Pattern[str]:
    people = words("people.yml")
    forms = (*(form for forms in people["child"].values() for form in forms), *people["adult"], *words("ages.yml")["stages"])
    return re.compile(rf"(?<= ){either(map(re.escape, forms))}(?= )")


@cache
def pattern_of(name: str) -> re.Pattern[str]:
    """A pattern of `words/steering.yml`, to search for in the plain form of a message."""
    return re.compile(rf"(?<= )(?:{words(_FILE)[name]})(?= )")


@lru_cache(maxsize=8)
def _about(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<= )(?:{words(_FILE)['about'][name]})(?= )")


@lru_cache(maxsize=1)
def _ordinals() -> tuple[tuple[int, re.Pattern[str]], ...]:
    data = words(_FILE)
    return tuple(
        (number, re.compile(rf"(?<= )(?:{said.replace('{which}', word)})(?= )"))
        for said in data["which_said"]
        for number, word in data["which"].items()
    )


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The longest name first: "foster carers" before "carers"."""
    data = words(_FILE)
    forms = sorted(((form, name) for name, some in data["called"].items() for form in some), key=lambda it: -len(it[0]))
    return tuple((name, re.compile(rf"(?<= )(?:{data['called_said']}) {re.escape(form)}(?= )")) for form, name in forms)
