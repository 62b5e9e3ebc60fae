"""Whose the danger is, whether it is now, whether it is over: rules over the words around a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.understanding.risk.book import Found
from bot.understanding.risk.kinds import HERE, Whose, kinds
from bot.understanding.risk.syntax import lines
from directory.files import read_yaml

_FIRST_PERSON = {"i", "me", "myself", "my", "us", "we"}
_HARMS_THEMSELVES = {"suicide", "self_harm", "eating_disorder_danger", "medical_emergency", "missing", "radicalisation"}
"""Kinds in which "i" is the one in danger."""
_THEMSELVES = {"himself", "herself", "themselves", "themself"}


def cue_patterns() -> Iterable[tuple[tuple[str, str], str]]:
    """The patterns of cues.yml, labelled ("cue", what they show)."""
    for cue, patterns in read_yaml(HERE / "cues.yml").items():
        for pattern in lines(patterns):
            yield ("cue", cue), pattern


@dataclass(frozen=True)
class Cues:
    """The cues found in one message."""

    words: list[str]
    seen: dict[str, list[Found]]

    def whose(self, kind: str, span: list[str]) -> Whose:
        """Whose danger of `kind` it is; `span` holds the words that showed it, none where no pattern did."""
        if self.seen.get("client"):
            return "client"
        about, first = self._about(), bool(_FIRST_PERSON & set(span))
        if kind == "perpetrator":
            return "child" if self.seen.get("child") else "other" if self.seen.get("other") else about or "self"
        if span and (
            ("me" in span or "myself" in span) or (kind in _HARMS_THEMSELVES and "i" in span and not _THEMSELVES & set(span))
        ):
            return "self"
        if about and (not first or about == "child"):
            return about
        if about == "other" and not (span and first):
            return about
        if first or self.seen.get("self") or _FIRST_PERSON & set(self.words):
            return "self"
        return about or "other"

    def immediate(self, kind: str, *, said: bool) -> bool:
        """Whether minutes count: the pattern or the words say so, or the kind does, and it is not told as over."""
        if self.past():
            return False
        return said or bool(self.seen.get("now")) or kinds()[kind].now

    def past(self) -> bool:
        """Whether it is told as over, with nothing that says it goes on."""
        return bool(self.seen.get("past")) and not self.seen.get("present")

    def _about(self) -> Whose | None:
        """The child or other person the message speaks of first."""
        child = min((found.start for found in self.seen.get("child", ())), default=None)
        other = min((found.start for found in self.seen.get("other", ())), default=None)
        if child is None and other is None:
            return None
        if other is None or (child is not None and child <= other):
            return "child"
        return "other"
