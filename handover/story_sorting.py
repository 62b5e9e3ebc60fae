"""Which heading a sentence of the family's belongs under, by the plain cues of story_cues.yml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from directory.files import read_yaml
from handover.text import tidy

_FILE = Path(__file__).with_name("story_cues.yml")
_HEADING_OF = {
    "worrying_always": "worrying",
    "would_help": "would_help",
    "worrying": "worrying",
    "working_well": "working_well",
}
_END = re.compile(r"(?<=[.!?…])[\"')]*\s+|\n+")
_TURN = re.compile(r",?\s+(?=(?:but|though|although)\s)", re.IGNORECASE)
_SHORTEST_HALF = 3  # words; less is no sentence of its own
_LONGEST_STRENGTH = 20  # words; see working_well in story_cues.yml


def sentences(message: str) -> list[str]:
    """The sentences of a message as typed; one that turns at a "but" from one heading to another is parted there."""
    found = []
    for sentence in _END.split(tidy(message)):
        words = sentence.strip(" ,;-")
        if any(character.isalnum() for character in words):
            found.extend(_parted(words))
    return found


def sort(sentence: str, shown: tuple[str, ...] = ()) -> str | None:
    """The heading of a sentence; None for talk with the assistant, unless it holds words that `shown` a need."""
    plain = _plain(sentence)
    needed = any(_plain(words) in plain for words in shown)
    if not needed and any(cue.fullmatch(plain.rstrip(" .!?,")) for cue in _cues("left_out")):
        return None
    for name, heading in _HEADING_OF.items():
        if name == "working_well" and len(plain.split()) > _LONGEST_STRENGTH:
            continue
        if any(cue.search(plain) for cue in _cues(name)):
            return heading
    return "worrying"


def _parted(sentence: str) -> list[str]:
    halves = _TURN.split(sentence)
    headings = {sort(half) for half in halves}
    whole = len(headings) == 1 or any(len(half.split()) < _SHORTEST_HALF for half in halves)
    return [sentence] if whole else halves


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


@cache
def _cues(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{cue})(?!\w)") for cue in read_yaml(_FILE)[name])
