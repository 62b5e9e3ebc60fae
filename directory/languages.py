"""The languages besides English: their fixed words, how they are written, and what a worker calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from directory.files import DATA, read_yaml

Direction = Literal["ltr", "rtl"]
DIRECTIONS: tuple[str, ...] = get_args(Direction)

MESSAGE = ("help_is_free", "how_to_get_it", "you_may_write", "interpreter", "in_danger")
"""The lines of the whole message, in the order in which they are said."""
IN_DANGER = ("in_danger", "interpreter")
"""What is said where danger was heard."""
MACHINE_WRITTEN = "machine_written"
"""The line that says so, as long as no person has checked the others."""


@dataclass(frozen=True)
class Line:
    """One line of fixed words."""

    text: str
    means: str
    """Its English, for a reviewer; no family is shown it."""


@dataclass(frozen=True)
class Language:
    """A language that has fixed words (data/languages.yml)."""

    code: str
    """ISO 639-1, which is also its BCP 47 tag."""
    name: str
    """What its speakers call it."""
    english_name: str
    direction: Direction
    written_by: str
    """`machine`, or whose role it is."""
    approved_by: str | None
    """The role of the person who read and checked it; None until then."""
    date: date | None
    words: Mapping[str, Line]

    @property
    def checked(self) -> bool:
        """Whether a person has checked the words: their role and the date are written down."""
        return bool(self.approved_by and self.date)

    def say(self, names: tuple[str, ...] = MESSAGE) -> str:
        """The lines by their names, each on a line of its own, with the mark of a machine's words where it is due."""
        said = names if self.checked else (*names, MACHINE_WRITTEN)
        return "\n".join(self.words[name].text for name in said)


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """Every language that has fixed words, by its code."""
    return MappingProxyType({code: _language(code, entry) for code, entry in _content()["languages"].items()})


def english_name(code: str) -> str | None:
    """What a worker calls the language of a code, whether it has words here or not; None where nobody knows it."""
    known = languages().get(code)
    return known.english_name if known else _content()["others"].get(code)


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(DATA / "languages.yml")
    return content


def _language(code: str, entry: dict[str, Any]) -> Language:
    words = {name: Line(line["text"], line["means"]) for name, line in entry["words"].items()}
    return Language(code=code, **{**entry, "words": MappingProxyType(words)})
