"""Layer one: hand-written patterns for danger that is plain in the words.

Needs neither the encoder nor any model, so that the web gateway can look in its own process when all else is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.risk.book import Book, Found
from bot.understanding.risk.cues import Cues, cue_patterns
from bot.understanding.risk.guards import effect_on, guard_patterns
from bot.understanding.risk.kinds import HERE, Response, Risk, most_urgent
from bot.understanding.risk.syntax import lines
from bot.understanding.risk.wording import words as words_of
from directory.files import read_yaml

CONFIDENCE = {"crisis": 0.95, "check": 0.6}
"""How sure a pattern is; a reviewer wrote it, so it is no measured probability."""
SECTIONS: dict[str, tuple[Response, bool]] = {
    "crisis now": ("crisis", True),
    "crisis": ("crisis", False),
    "check now": ("check", True),
    "check": ("check", False),
    "check alone": ("check", False),
}
ALONE = "check alone"
"""The section of bare topics: `domestic abuse` says something where it is all that somebody writes, nothing in a question."""
FEW = 5
"""So many words a message of a bare topic has at most."""


@dataclass(frozen=True)
class Rule:
    """What a pattern says when it is found."""

    kind: str
    response: Response
    immediate: bool
    alone: bool = False
    """Only where the message is hardly more than these words."""


@dataclass(frozen=True)
class Reading:
    """The words of a message, with every pattern found in them."""

    words: list[str]
    rules: list[tuple[Rule, Found]]
    guards: dict[tuple[str, str], list[Found]]
    cues: Cues


def look(text: str) -> Risk | None:
    """The most urgent danger that is plain in the words of `text`, or None."""
    return most_urgent(list(findings(read(text))))


def read(text: str) -> Reading:
    """A message's words, and every rule, guard and cue found in them."""
    words = words_of(text)
    rules: list[tuple[Rule, Found]] = []
    seen: dict[tuple[str, str], list[Found]] = defaultdict(list)
    cues: dict[str, list[Found]] = defaultdict(list)
    for found in book().find(words):
        what, *rest = found.label
        if what == "rule":
            rules.append((rest[0], found))
        elif what == "guard":
            seen[rest[0], rest[1]].append(found)
        else:
            cues[rest[0]].append(found)
    return Reading(words, rules, seen, Cues(words, cues))


def findings(reading: Reading, touching: int = 0) -> Iterable[Risk]:
    """The risks found, after the guards; with `touching` only those that lie across the end of so many words.

    What lies wholly behind it was read by itself, with the guards of its own beginning.
    """
    for rule, found in reading.rules:
        if touching and not found.start < touching < found.end:
            continue
        if rule.alone and len(reading.words) > FEW:
            continue
        effect = effect_on(found, rule.kind, reading.guards, reading.words)
        if effect == "drop":
            continue
        over = reading.cues.past()  # told as something over: asked about, not answered as a crisis
        response: Response = "check" if effect == "check" or over else rule.response
        span = reading.words[found.start : found.end]
        yield Risk(
            kind=rule.kind,
            response=response,
            immediate=reading.cues.immediate(rule.kind, said=rule.immediate),
            whose=reading.cues.whose(rule.kind, span),
            past=over,
            confidence=CONFIDENCE[response],
        )


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The word lists of words.yml, those named inside others opened."""
    raw = read_yaml(HERE / "words.yml")

    def opened(name: str) -> frozenset[str]:
        inside = [str(word) for word in raw[name]]
        return frozenset(w for word in inside for w in (opened(word[1:-1]) if word.startswith("{") else [word]))

    return {name: opened(name) for name in raw}


@lru_cache(maxsize=1)
def book() -> Book:
    """Every pattern of danger, guard and cue."""
    return Book([*rule_patterns(), *guard_patterns(), *cue_patterns()], lists())


def rule_patterns() -> Iterable[tuple[tuple[str, Rule], str]]:
    """The patterns of phrases/*.yml, labelled ("rule", Rule)."""
    for path in sorted((HERE / "phrases").glob("*.yml")):
        rows = read_yaml(path)
        for section, (response, immediate) in SECTIONS.items():
            for pattern in lines(rows.get(section, "")):
                yield ("rule", Rule(rows["kind"], response, immediate, section == ALONE)), pattern
