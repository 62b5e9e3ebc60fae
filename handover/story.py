"""The family's story in their own words, under the three headings of Signs of Safety."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from handover.story_sorting import sentences, sort
from handover.text import tidy

Heading = Literal["worrying", "working_well", "would_help"]
HEADINGS: tuple[str, ...] = get_args(Heading)
"""What is worrying you, what is working well, what would help: in this order."""

LONGEST_LINE = 1000  # characters
MOST_LINES = 40  # under one heading; a story longer than that is not read


@dataclass(frozen=True)
class Story:
    """Lines under each heading, each of them words that the family typed, in the order they typed them."""

    worrying: tuple[str, ...] = ()
    working_well: tuple[str, ...] = ()
    would_help: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, list[str]]:
        """As plain JSON, for a slot: heading → lines."""
        return {heading: list(self.under(heading)) for heading in HEADINGS}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any] | None) -> Story:
        """Back from `as_dict`; a heading that is missing is empty."""
        return cls(**{heading: tuple((kept or {}).get(heading, ())) for heading in HEADINGS})

    def under(self, heading: str) -> tuple[str, ...]:
        """The lines of one heading; ValueError where there is no such heading."""
        if heading not in HEADINGS:
            raise ValueError(f"There is no such heading in a story. Use one of {', '.join(HEADINGS)}.")
        lines: tuple[str, ...] = getattr(self, heading)
        return lines


def write_story(messages: Iterable[str], needs: Iterable[Mapping[str, Any]] = ()) -> Story:
    """Sort what the family typed, oldest first, under the headings; nothing is added, and nothing said differently.

    `needs` as understood ({"code", "words", …}): a sentence that showed a need is kept, even one like small talk.
    """
    shown = tuple(words for need in needs if (words := str(need.get("words") or "").strip()))
    story = Story()
    for message in messages:
        for sentence in sentences(message):
            heading = sort(sentence, shown)
            if heading:
                story = add_line(story, heading, sentence)
    return story


def add_line(story: Story, heading: str, line: str) -> Story:
    """`story` with `line` at the end of `heading`; unchanged if it is there already, is empty, or the heading is full.

    A line longer than LONGEST_LINE is cut there. ValueError where there is no such heading.
    """
    words = tidy(line).replace("\n", " ")[:LONGEST_LINE]
    lines = story.under(heading)
    if not words or words in lines or len(lines) >= MOST_LINES:
        return story
    return replace(story, **{heading: (*lines, words)})


def remove_line(story: Story, heading: str, number: int) -> Story:
    """`story` without line `number` (from 0) of `heading`; unchanged where there is no such line.

    ValueError where there is no such heading.
    """
    lines = story.under(heading)
    return replace(story, **{heading: tuple(line for at, line in enumerate(lines) if at != number)})


def numbered_lines(story: Story) -> list[tuple[str, int, str]]:
    """Every line as (heading, number, words), in reading order: what "take something out" chooses from."""
    return [(heading, number, line) for heading in HEADINGS for number, line in enumerate(story.under(heading))]
