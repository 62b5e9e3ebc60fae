"""The early help request as it stands in the conversation's slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from directory.languages import english_name
from handover.consent import Consent
from handover.form import Step, next_step
from handover.story import Story

CONSENT = "_consent"
"""Key of `answers` under which the words agreed to are kept, with their moment."""

LANGUAGE = "language"
"""Key of `answers` under which the conversation's language is kept, where it was another than English."""


@dataclass(frozen=True)
class Request:
    """What has been answered so far; `editing` is the part being changed just now."""

    audience: str
    answers: dict[str, Any] = field(default_factory=dict)
    story: Story = field(default_factory=Story)
    editing: str | None = None
    """`change` or `take_out` of the story, `line` of the read-back, or None."""

    @classmethod
    def of(cls, tracker: Tracker) -> Request:
        """The request in the tracker's slots."""
        return cls(
            audience=str(tracker.get_slot("audience") or "other"),
            answers=dict(tracker.get_slot("answers") or {}),
            story=Story.from_dict(tracker.get_slot("story_lines")),
            editing=tracker.get_slot("editing"),
        )

    def as_events(self) -> list[EventType]:
        """The slot events that keep it."""
        return [
            SlotSet("answers", self.answers),
            SlotSet("story_lines", self.story.as_dict()),
            SlotSet("editing", self.editing),
        ]

    @property
    def step(self) -> Step | None:
        """The question that is open; None when the form has come to an end."""
        return next_step(self.audience, self.given)

    @property
    def given(self) -> dict[str, Any]:
        """The answers alone, by step."""
        return {key: value for key, value in self.answers.items() if key != CONSENT}

    @property
    def consent(self) -> Consent | None:
        """The consent given, or None."""
        kept = self.answers.get(CONSENT)
        return Consent.from_dict(kept) if kept else None


def with_interpreter(answers: dict[str, Any], language: str | None) -> dict[str, Any]:
    """The answers with an interpreter for the conversation's language among them, unless that was answered already."""
    return {LANGUAGE: language, "interpreter": english_name(language), **answers} if language else answers
