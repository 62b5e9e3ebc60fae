"""What a conversation looks like from outside: Rasa's events turned into the contract's messages and choices."""

from __future__ import annotations

import hashlib
from typing import Any, Iterable, Sequence

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered

Message = dict[str, Any]

LABEL = "label"
"""Metadata key of a user event that came from a choice: what the family read on it."""
HIDDEN = "hidden"
"""Metadata key of a user event that nobody said, such as the start of the conversation."""


def assistant_message(text: str | None, data: dict[str, Any]) -> Message:
    """One message of the assistant from a Rasa response: its text, buttons, and what the action added under `custom`."""
    custom = data.get("custom") or {}
    message = {
        "from": "assistant",
        "text": text or "",
        "urgent": bool(custom.get("urgent", False)),
        "contacts": custom.get("contacts", []),
        "services": custom.get("services", []),
        "choices": [{"id": choice_id(button), "label": button["title"]} for button in data.get("buttons") or []],
    }
    return message | ({"language": custom["language"]} if custom.get("language") else {})


def danger_heard(events: Sequence[Event]) -> dict[str, Any] | None:
    """The danger understood in the latest message: {"kind", "immediate", "audience"}; None where there was none."""
    latest = next((event for event in reversed(events) if isinstance(event, UserUttered)), None)
    risk = ((latest.parse_data or {}).get("understanding") or {}).get("risk") if latest else None
    if not risk:
        return None
    who = (event.value for event in reversed(events) if isinstance(event, SlotSet) and event.key == "audience")
    return {"kind": risk["kind"], "immediate": risk["immediate"], "audience": next(who, None)}


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


def open_choices(events: Iterable[Event]) -> list[dict[str, str]]:
    """The buttons (title, payload) that may be pressed now.

    Those offered last stay open while other things are written, until one is pressed. An answer to a question
    (`/answer`) is open only while the question is: pressed later it would answer another one.
    """
    offered: list[dict[str, str]] = []
    fresh = True
    for event in events:
        if isinstance(event, UserUttered):
            pressed = LABEL in (event.metadata or {})
            offered = [] if pressed else [button for button in offered if not button["payload"].startswith("/answer")]
            fresh = True
        elif isinstance(event, BotUttered) and event.data.get("buttons"):
            if fresh:
                offered, fresh = [], False
            offered += event.data["buttons"]
    return offered


def chosen_button(buttons: Iterable[dict[str, str]], wanted: str) -> dict[str, str] | None:
    """The button with that choice id; None where it is not among them."""
    return next((button for button in buttons if choice_id(button) == wanted), None)


def typed_button(buttons: Iterable[dict[str, str]], text: str) -> dict[str, str] | None:
    """The button whose words somebody typed instead of pressing it; None where they are nobody's."""
    return next((button for button in buttons if _bare(button["title"]) == _bare(text)), None)


def _bare(words: str) -> str:
    return "".join(character for character in words.lower() if character.isalnum())


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
