"""Rules kept as data: the YAML files of `words/`, their lists of words and their patterns over the plain form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from directory.files import read_yaml

HERE = Path(__file__).parent / "words"
_PLAIN_WORDS = re.compile(r"[a-z0-9][a-z0-9 ]*")
_MACRO = re.compile(r"\{([a-z_]+)\}")
_AHEAD = re.compile(r"\(\?[=!] (?!\))")
_CONDITIONS = ("says", "if", "unless", "not_before", "not_after")


class Rule(NamedTuple):
    """One rule of a file, compiled."""

    kind: str
    name: str
    """What the rule finds, where it has a name (`word: reception`)."""
    find: re.Pattern[str]
    given: re.Pattern[str] | None
    """Unless this is found somewhere in the message, the rule is not used."""
    unless: re.Pattern[str] | None
    """Where this is found anywhere in the message, the rule is not used."""
    not_after: re.Pattern[str] | None
    """What may not stand directly before a match."""
    needs_number: bool
    """Whether it can only match where a number is left."""

    def matches(self, left: str, whole: str) -> Iterator[re.Match[str]]:
        """Its matches in what earlier rules have left of the whole message."""
        if (self.unless and self.unless.search(whole)) or (self.given and not self.given.search(whole)):
            return
        for match in self.find.finditer(left):
            if not (self.not_after and self.not_after.search(left[: match.start()])):
                yield match

    def masked(self, left: str, whole: str) -> str:
        """What it leaves for later rules: the same text, as long as before, with # for the digits it has used."""
        for match in self.matches(left, whole):
            used = re.sub(r"\d", "#", match[0]).replace("YEAR", "year")
            left = left[: match.start()] + used + left[match.end() :]
        return left


@lru_cache(maxsize=16)
def words(name: str) -> dict[str, Any]:
    """The content of a file of `words/`, read once."""
    content: dict[str, Any] = read_yaml(HERE / name)
    return content


def either(alternatives: Iterable[str]) -> str:
    """A group that matches any of the alternatives, the longest first; patterns go before plain words.

    Plain words are grouped by their first letter: where none begins so, a list of hundreds is passed over in one step.
    """
    longest_first = sorted(alternatives, key=len, reverse=True)
    plain = [word for word in longest_first if _PLAIN_WORDS.fullmatch(word)]
    by_letter: dict[str, list[str]] = {}
    for word in plain:
        by_letter.setdefault(word[0], []).append(word[1:])
    grouped = [f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items()]
    return "(?:" + "|".join([*(it for it in longest_first if not _PLAIN_WORDS.fullmatch(it)), *grouped]) + ")"


def expanded(written: str, macros: dict[str, str]) -> str:
    """The pattern with its {macros} written out; KeyError that names one that nobody has written.

    What a pattern looks ahead for is whole tokens too: `(?! day)` does not see "days".
    """
    while _MACRO.search(written):
        written = _MACRO.sub(lambda found: macros[found[1]], written)
    for start in reversed([found.start() for found in _AHEAD.finditer(written)]):
        end = _closing(written, start)
        written = f"{written[: start + 3]}(?:{written[start + 3 : end]})(?= |$){written[end:]}"
    return written


def _closing(written: str, start: int) -> int:
    """Where the group that opens at `start` closes."""
    depth = 0
    for at in range(start, len(written)):
        if written[at - 1] != "\\":
            depth += (written[at] == "(") - (written[at] == ")")
        if depth == 0:
            return at
    raise ValueError(f"A group is never closed in: {written[start : start + 60]}")


def macros(name: str) -> dict[str, str]:
    """The macros of a file: a list of words becomes a group, a pattern stays as it is written."""
    return {key: value if isinstance(value, str) else either(value) for key, value in words(name).get("macros", {}).items()}


def rules(name: str, macros: dict[str, str]) -> tuple[Rule, ...]:
    """The rules of a file, in its order. A rule is `kind: pattern`, or `kind: name` with its pattern under `says`."""
    return tuple(_rule(row, macros) for row in words(name)["rules"])


def _rule(row: dict[str, str], macros: dict[str, str]) -> Rule:
    kind = next(key for key in row if key not in _CONDITIONS)
    written = expanded(row.get("says", row[kind]), macros)
    after = f"(?! {expanded(row['not_before'], macros)}(?= ))" if "not_before" in row else ""
    conditions = {key: expanded(row[key], macros) for key in ("if", "unless", "not_after") if key in row}
    return Rule(
        kind=kind,
        name=row[kind] if "says" in row else "",
        find=re.compile(rf"(?<= )(?:{written})(?= ){after}"),
        given=somewhere(conditions.get("if")),
        unless=somewhere(conditions.get("unless")),
        not_after=re.compile(rf" (?:{conditions['not_after']}) $") if "not_after" in conditions else None,
        needs_number="says" not in row,
    )


def somewhere(written: str | None) -> re.Pattern[str] | None:
    """A pattern to search for in a whole message; None where nothing is written."""
    return re.compile(rf"(?<= )(?:{written})(?= )") if written else None
