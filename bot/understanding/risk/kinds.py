"""The fourteen kinds of danger, and what is said of one that was seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from directory.files import read_yaml

HERE = Path(__file__).parent

Response = Literal["crisis", "check"]
Whose = Literal["self", "child", "other", "client"]


@dataclass(frozen=True)
class Kind:
    """One kind of danger, as `kinds.yml` describes it."""

    name: str
    order: int
    """0 is the most pressing: it is answered where two kinds are equally sure."""
    now: bool
    """Minutes count by the nature of the kind."""
    alike: frozenset[str]
    """Kinds whose answer names the same people; the kind itself is among them."""


@dataclass(frozen=True)
class Risk:
    """Danger seen in a message."""

    kind: str
    response: Response
    """`crisis`: sure, the crisis answer. `check`: unsure, a short caring check that carries the numbers."""
    immediate: bool
    """In danger now: 999 comes first."""
    whose: Whose
    """The writer, their child, somebody else, or a family a practitioner works with."""
    past: bool
    """Told as something that is over."""
    confidence: float
    """0 to 1, of the layer that saw it most surely."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, with exactly the keys of the contract of `signpost understand`."""
        return {
            "kind": self.kind,
            "response": self.response,
            "immediate": self.immediate,
            "whose": self.whose,
            "past": self.past,
            "confidence": round(self.confidence, 3),
        }

    @property
    def urgency(self) -> tuple[bool, bool, float, int]:
        """What orders two risks: the greater is answered."""
        return (self.response == "crisis", self.immediate, round(self.confidence, 2), -kinds()[self.kind].order)


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """All kinds by name, the most pressing first."""
    rows = read_yaml(HERE / "kinds.yml")
    return {
        name: Kind(name, order, row["now"], frozenset([name, *row["alike"]])) for order, (name, row) in enumerate(rows.items())
    }


def same_people(one: str, other: str) -> bool:
    """Whether the two kinds are answered with the same people to call."""
    return other in kinds()[one].alike or one in kinds()[other].alike


_SECONDED = 0.05  # what each further sign of a kind adds to its surest one


def most_urgent(seen: Sequence[Risk]) -> Risk | None:
    """The risk to answer: the surest and most pressing; of several as pressing, the kind that most speaks for."""
    if not seen:
        return None
    votes: dict[str, float] = defaultdict(float)
    for risk in seen:
        votes[risk.kind] = max(votes[risk.kind], risk.confidence) + _SECONDED
    answer = max(seen, key=lambda risk: (risk.response == "crisis", votes[risk.kind], risk.urgency))
    return replace(answer, immediate=any(risk.immediate for risk in seen if risk.response == answer.response))
