"""Layer four: what the conversation's last messages make of this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.understanding.risk import patterns
from bot.understanding.risk.book import Book
from bot.understanding.risk.kinds import HERE, Risk
from bot.understanding.risk.syntax import lines
from bot.understanding.risk.wording import words as words_of
from directory.files import read_yaml

LAST = 6
"""How many of the family's messages before this one are looked at."""
SAD_ENOUGH = 2
"""So many sad ones among them turn words of despair into something to ask about."""
_FRAGMENTS = 2  # a sentence may be typed in this many pieces before this one
_FRAGMENT_WORDS = 8
_ALONE_WORDS = 6  # "please help me", "what do i do now": all that is written, and not the end of a question about the rent
_CONFIDENCE = 0.5


def risks(text: str, earlier: Sequence[str]) -> Iterable[Risk]:
    """What only the messages before this one show; nothing where there are none."""
    before = list(earlier)[-LAST:]
    if not before:
        return
    yield from _said_in_pieces(text, before)
    said = _said(text)
    sad = sum("sad" in _said(message) or "despair" in _said(message) for message in before)
    if "despair" in said and sad >= SAD_ENOUGH:
        yield Risk("suicide", "check", True, "self", False, _CONFIDENCE + min(sad, 4) / 20)
    if _goes_on(text, said) and (danger := _danger_before(before)):
        yield Risk(danger.kind, "check", danger.immediate, danger.whose, False, _CONFIDENCE)


def tells_of_low_mood(text: str) -> bool:
    """Whether a message sounds sad or despairing; by itself that is no danger, and nothing to be puzzled about either."""
    return bool({"sad", "despair"} & _said(text))


def _said_in_pieces(text: str, before: Sequence[str]) -> Iterable[Risk]:
    """Danger in a sentence that was sent in pieces: "my dad", "he hits", "me"."""
    pieces: list[str] = []
    for message in reversed(before[-_FRAGMENTS:]):
        if len(message.split()) > _FRAGMENT_WORDS or message.rstrip()[-1:] in {".", "!", "?"}:
            break
        pieces.insert(0, message)
        reading = patterns.read(" ".join([*pieces, text]))
        yield from patterns.findings(reading, touching=len(words_of(" ".join(pieces))))


def _goes_on(text: str, said: set[str]) -> bool:
    return "goes_on" in said or ("goes_on_alone" in said and len(words_of(text)) <= _ALONE_WORDS)


def _danger_before(before: Sequence[str]) -> Risk | None:
    found = (patterns.look(message) for message in before)
    return max((risk for risk in found if risk), key=lambda risk: risk.urgency, default=None)


def _said(text: str) -> set[str]:
    return {found.label for found in _book().find(words_of(text))}


@lru_cache(maxsize=1)
def _book() -> Book[str]:
    rows = read_yaml(HERE / "conversation.yml")
    return Book([(label, pattern) for label, block in rows.items() for pattern in lines(block)], patterns.lists())
