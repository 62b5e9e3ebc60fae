"""What the conversation remembers of the family, and how a message adds to it or corrects it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.turn import chosen, intent, text, understood

MAX_STORY = 40
"""Messages kept as the story: more than a family writes, and an end to what an attacker can pile up."""

OWN_NEED = {"mind.parent": "mind.child"}
"""What a young person tells of themself in the words a parent would use is the young person's need, not a parent's."""
WEAK = 0.6
"""A need less than this share as sure as the surest is left out: a family is better served by few groups that fit."""

TELLING = frozenset({"describe_difficulty", "find_service", "correct", "give_audience", "give_age", "give_place", "danger_check"})
"""Intents of messages that may tell of a need, and belong to the story if they do."""


@dataclass(frozen=True)
class Memory:
    """All that later turns build on; each field is a slot of the same name."""

    needs: tuple[dict[str, Any], ...] = ()
    """{"code", "words"} of the needs that were told last."""
    ages: tuple[dict[str, float], ...] = ()
    """{"min", "max"} in years."""
    place: str | None = None
    audience: str | None = None
    story: tuple[str, ...] = ()
    """What the family told, message by message, in their words."""
    shown: tuple[str, ...] = field(default=())
    """Ids of the services they have been shown for these needs."""

    @classmethod
    def of(cls, tracker: Tracker) -> Memory:
        """What the tracker's slots hold."""
        return cls(
            needs=tuple(tracker.get_slot("needs") or ()),
            ages=tuple(tracker.get_slot("ages") or ()),
            place=tracker.get_slot("place"),
            audience=tracker.get_slot("audience"),
            story=tuple(tracker.get_slot("story") or ()),
            shown=tuple(tracker.get_slot("shown") or ()),
        )

    def as_events(self) -> list[EventType]:
        """The slot events that keep it."""
        return [
            SlotSet("needs", list(self.needs)),
            SlotSet("ages", list(self.ages)),
            SlotSet("place", self.place),
            SlotSet("audience", self.audience),
            SlotSet("story", list(self.story)),
            SlotSet("shown", list(self.shown)),
        ]


def remember(memory: Memory, tracker: Tracker) -> Memory:
    """The memory after the latest message: what it says anew replaces, what it does not mention stays."""
    if need := chosen(tracker, "need"):
        return replace(memory, needs=({"code": need, "words": " ".join(memory.story[-1:])},), shown=())
    heard = understood(tracker)
    details = heard.get("details") or {}
    kept = replace(
        memory,
        ages=tuple(details.get("ages") or ()) or memory.ages,
        place=details.get("place") or memory.place,
        audience=_audience(memory, heard, said_so=intent(tracker) == "give_audience"),
    )
    if intent(tracker) not in TELLING:
        return kept
    found = heard.get("needs") or ()
    enough = WEAK * max((need["confidence"] for need in found), default=0)
    own = OWN_NEED if kept.audience == "young_person" else {}
    needs = tuple(
        {"code": own.get(need["code"], need["code"]), "words": need["words"]} for need in found if need["confidence"] >= enough
    )
    tells = bool(needs) or intent(tracker) in {"describe_difficulty", "find_service"}
    if not tells:
        return replace(kept, shown=())  # an age or a place changes what fits, so all may be shown again
    story = (*memory.story, text(tracker))[-MAX_STORY:]
    return replace(kept, needs=needs or ({"code": None, "words": text(tracker)},), story=story, shown=())


def _audience(memory: Memory, heard: dict[str, Any], said_so: bool) -> str | None:
    """Who asks: what they chose or said themselves stands; what a message tells only fills the gap, and a guess nothing."""
    told = (heard.get("details") or {}).get("audience") if heard.get("audience_told") else None
    return (told or memory.audience) if said_so else (memory.audience or told)
