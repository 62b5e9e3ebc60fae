"""One step of the early help request: what is asked of whom, and what counts as an answer (steps.yml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from directory.files import read_yaml

Audience = Literal["parent", "young_person", "practitioner", "other"]
Kind = Literal["yes_no", "choice", "text", "phone_or_email", "place", "ages"]
AUDIENCES: tuple[str, ...] = get_args(Audience)
KINDS: tuple[str, ...] = get_args(Kind)

SKIP = "skip"
"""The choice that passes over an optional step."""

_FILE = Path(__file__).with_name("steps.yml")


@dataclass(frozen=True)
class Step:
    """One question to one audience; every field is explained at the head of steps.yml."""

    key: str
    kind: Kind
    choices: tuple[str, ...] = ()
    free_text: bool = False
    optional: bool = False
    settled_by: str | None = None
    stops_on: str | None = None
    asked_if: str | None = None
    text_first: bool = False
    max_length: int = 0
    personal: bool = True

    @property
    def offered(self) -> tuple[str, ...]:
        """The ids of the buttons to show: its choices, and `skip` where it may be passed over."""
        return self.choices + ((SKIP,) if self.optional else ())

    @property
    def controls(self) -> bool:
        """Whether it steers the form (consent, the story, the read-back) and is no line to change."""
        return self.settled_by is not None


@cache
def all_steps(audience: str | None) -> tuple[Step, ...]:
    """Every step that `audience` may be asked, in order; an audience we do not know yet is `other`."""
    asked_as = audience if audience in AUDIENCES else "other"
    return tuple(_step(entry, asked_as) for entry in _content()["steps"] if _among(entry, "audiences", asked_as, True))


@cache
def answer_words(meaning: str) -> frozenset[str]:
    """What people type for `yes`, `no` or `skip`: whole answers, lower case."""
    return frozenset(_content()["words"][meaning])


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(_FILE)
    return content


def _step(entry: dict[str, Any], audience: str) -> Step:
    return Step(
        key=entry["key"],
        kind=entry["kind"],
        choices=("yes", "no") if entry["kind"] == "yes_no" else tuple(entry.get("choices", ())),
        free_text=entry.get("free_text", False),
        optional=_among(entry, "optional", audience, False),
        settled_by=entry.get("settled_by"),
        stops_on=entry.get("stops_on"),
        asked_if=entry.get("asked_if"),
        text_first=_among(entry, "text_first", audience, False),
        max_length=entry.get("max_length", 0),
        personal=entry["personal"],
    )


def _among(entry: dict[str, Any], field: str, audience: str, left_out: bool) -> bool:
    named = entry.get(field)
    return left_out if named is None else named == "everyone" or audience in named
