"""What a conversation looks like from outside: Rasa's events turned into the contract's messages and choices."""

from __future__ import annotations

import hashlib
from typing import Any, Iterable

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered, Event, UserUttered

Message = dict[str, Any]

LABEL = "label"
"""Metadata key of a user event that came from a choice: what the family read on it."""
HIDDEN = "hidden"
"""Metadata key of a user event that nobody said, such as the start of the conversation."""


def assistant_message(text: str | None, data: dict[str, Any]) -> Message:
    """One message of the assistant from a Rasa response: its text, buttons, and what the action added under `custom`."""
    custom = data.get("custom") or {}
    return {
        "from": "assistant",
        "text": text or "",
        "urgent": bool(custom.get("urgent", False)),
        "contacts": custom.get("contacts", []),
        "services": custom.get("services", []),
        "choices": [{"id": choice_id(button), "label": button["title"]} for button in data.get("buttons") or []],
    }


def choice_id(button: dict[str, str]) -> str:
    """An opaque name for a button; its payload never leaves the server."""
    return hashlib.sha256(f"{button['title']}\n{button['payload']}".encode()).hexdigest()[:16]


def transcript(events: Iterable[Event]) -> list[Message]:
    """The whole conversation as the family saw it."""
    messages = []
    for event in events:
        if isinstance(event, BotUttered):
            messages.append(assistant_message(event.text, event.data))
        elif isinstance(event, UserUttered) and not (event.metadata or {}).get(HIDDEN):
            said = (event.metadata or {}).get(LABEL) or event.text or ""
            messages.append({**assistant_message(said, {}), "from": "family"})
    return messages


def open_choice(events: Iterable[Event], wanted: str) -> dict[str, str] | None:
    """The button (title, payload) with that choice id among those still open: the latest that were offered."""
    offered: list[dict[str, str]] = []
    fresh = True
    for event in events:
        if isinstance(event, UserUttered):
            fresh = True
        elif isinstance(event, BotUttered) and event.data.get("buttons"):
            if fresh:
                offered, fresh = [], False
            offered += event.data["buttons"]
    return next((button for button in offered if choice_id(button) == wanted), None)


class CollectedMessages(OutputChannel):
    """An output channel that keeps what the assistant says, already in the contract's form."""

    def __init__(self) -> None:
        """Starts empty; `messages` holds what came."""
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa's events."""
        return "signpost"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one response whole: Rasa's own implementation would send its text and its custom part separately."""
        self.messages.append(assistant_message(message.get("text"), message))
