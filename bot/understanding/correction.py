"""What a message takes back and what it says instead: "sorry he's 5 not 4", "not Leigh, Aldmoor", "I meant food not money"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from bot.understanding.rules import expanded, macros, words
from bot.understanding.steering import steer
from bot.understanding.understand import Understood
from directory.needs import needs as vocabulary

_FILE = "correction.yml"
LONGEST = 90
"""Characters: a longer message tells a story, and "not" in it takes nothing back."""
_APOSTROPHES = str.maketrans("", "", "'’‘`")
_ONE_MORE_NOT = re.compile(r"\b(?:not|isnt|dont|cant|wont|doesnt)\b")


class Shape(NamedTuple):
    """One way of taking something back."""

    says: re.Pattern[str]
    kinds: frozenset[str]
    firm: bool


class Taken(NamedTuple):
    """The two sides of a correction, in the message's words; either may be empty."""

    meant: str
    taken_back: str
    kinds: frozenset[str]
    firm: bool


def find_correction(text: str) -> Taken | None:
    """The two sides of a correction; None where the message has not the shape of one."""
    said = " ".join(text.translate(_APOSTROPHES).split())
    if len(said) > LONGEST:
        return None
    for shape in _shapes():
        if found := shape.says.fullmatch(said.lower()):
            sides = {name: said[slice(*found.span(name))] if found[name] else "" for name in found.groupdict()}
            unfinished = sides.get("meant", "").lower().rpartition(" ")[2] in words(_FILE)["unfinished"]
            if not unfinished and not any(_ONE_MORE_NOT.search(side.lower()) for side in sides.values()):
                return Taken(_plainest(sides.get("meant", "")), _plainest(sides.get("not", "")), shape.kinds, shape.firm)
    return None


def hear_correction(text: str, understand: Callable[[str], Understood]) -> dict[str, Any] | None:
    """What each side of a correction says; None where the message takes nothing back that could have been understood.

    `{"firm": bool, "meant": side|None, "taken_back": side|None}`, a side `{"words", "needs", "ages", "place", "whom",
    "called", "audience"}`. Both sides speak of one kind of thing: "he's 5, not talking yet" takes no age back.
    """
    taken = find_correction(text)
    if taken is None:
        return None
    meant, back = (_side(side, understand) if side else None for side in (taken.meant, taken.taken_back))
    kinds, kinds_back = _kinds(meant), _kinds(back)
    if meant and back and kinds and kinds_back:
        agreed = kinds & kinds_back
    else:  # words that leave no doubt say what is meant although one side alone is understood: "food, not the other thing"
        agreed = kinds | kinds_back if taken.firm or not (meant and back) else frozenset()
    only_not_me = back is not None and meant is None and back["whom"] == "me"  # "not for me" says no to what is offered
    if only_not_me or not agreed & taken.kinds:
        return None
    return {"firm": taken.firm, "meant": meant, "taken_back": back}


def _side(said: str, understand: Callable[[str], Understood]) -> dict[str, Any]:
    heard = understand(said)
    details = heard.details.as_dict()
    steering = steer(said, details["place"])
    needs = [] if steering.bare else [(it.code, it.confidence) for it in heard.needs] or _named(said)
    return {
        "words": said,
        "needs": [{"code": code, "confidence": sure, "words": said} for code, sure in needs],
        "ages": details["ages"],
        "place": details["place"],
        "whom": steering.whom,
        "called": steering.called or steer(f"for {said}").called,
        "audience": details["audience"] if heard.details.audience_told else None,
    }


def _kinds(side: dict[str, Any] | None) -> frozenset[str]:
    """What a side speaks of."""
    if side is None:
        return frozenset()
    spoken = {"age": side["ages"], "place": side["place"], "who": side["whom"] or side["called"], "need": side["needs"]}
    return frozenset(kind for kind, said in spoken.items() if said)


def _named(said: str) -> list[tuple[str, float]]:
    """The needs that a lone word names where nothing is heard in it ("speech"): by what families read, else by what belongs there."""
    word = re.compile(rf"\b{re.escape(said.lower())}\b")
    for field in ("label", "means"):
        found = [
            need.code
            for need in vocabulary().values()
            if need.area != "safety" and word.search(getattr(need, field).lower())  # danger is never guessed from one word
        ]
        if found and " " not in said:
            return [(code, 1 / len(found)) for code in found]
    return []


def _plainest(side: str) -> str:
    """A side without the words around it that say nothing: "the housing one" is housing."""
    shorter = _bare().sub("", side.strip(" ,.;:!?-"))
    return shorter.strip(" ,.;:!?-") or side


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    return re.compile(words(_FILE)["bare"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _shapes() -> tuple[Shape, ...]:
    every = macros(_FILE)
    kinds = frozenset({"age", "place", "who", "need"})
    return tuple(
        Shape(re.compile(expanded(row["says"], every)), frozenset(row.get("kinds", kinds)), row.get("firm", False))
        for row in words(_FILE)["shapes"]
    )
