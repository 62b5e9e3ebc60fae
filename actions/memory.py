"""What the conversation remembers of the family, and of the answer it gave last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

MAX_STORY = 40
"""Messages kept as the story: more than a family writes, and an end to what an attacker can pile up."""


@dataclass(frozen=True)
class Memory:
    """All that later turns build on; each field is a slot of the same name."""

    needs: tuple[dict[str, Any], ...] = ()
    """{"code", "words"} of the needs that were told last."""
    ages: tuple[dict[str, float], ...] = ()
    """{"min", "max"} in years."""
    place: str | None = None
    audience: str | None = None
    whom: str | None = None
    """Whom it is for: "me", or the plain name of a child or a grown-up ("daughter", "mum"); None where it was not said."""
    narrowed: Mapping[str, Any] = field(default_factory=dict)
    """What of it all is wanted: "days" (0 for Monday), "online", "free", "near", "called" ("dads"), "words" in their own."""
    story: tuple[str, ...] = ()
    """What the family told, message by message, in their words."""
    likely: tuple[str, ...] = ()
    """Codes of the needs that were likeliest when a difficulty was told, surest first."""
    shown: tuple[str, ...] = ()
    """Ids of the services they have been shown for these needs."""
    on_show: tuple[dict[str, Any], ...] = ()
    """{"key", "name", "km"} of the services of the last answer, in the order in which they were read."""
    asked_already: tuple[str, ...] = ()
    """Details (age, place) that were asked for or set aside: nothing is asked twice."""
    asked: str | None = None
    """The question that is open: age, place, who, about or what to change; need or service to choose; only free ones; person once one was named."""
    after_danger: bool = False
    """Whether danger was answered before: from then on there are no menus, and the offer of a person stays."""

    @classmethod
    def of(cls, tracker: Tracker) -> Memory:
        """What the tracker's slots hold."""
        kept: dict[str, Any] = {it.name: tracker.get_slot(it.name) for it in fields(cls)}
        held: dict[str, Any] = {name: tuple(it) if isinstance(it, list) else it for name, it in kept.items() if it}
        return cls(**held)

    def as_events(self) -> list[EventType]:
        """The slot events that keep it."""
        kept = {it.name: getattr(self, it.name) for it in fields(self)}
        return [SlotSet(name, list(value) if isinstance(value, tuple) else value) for name, value in kept.items()]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the needs."""
        return tuple(need["code"] for need in self.needs if need["code"])
