"""What the web application asks of the assistant: start, say, read back, forget."""

from __future__ import annotations

from typing import Any, Protocol

Message = dict[str, Any]
"""A message as design.md has it: from, text, urgent, contacts, services, choices."""

Contact = dict[str, Any]
"""A contact as design.md has it: name, phone, text, url, hours, open_now."""


class UnknownConversation(Exception):
    """There is no such conversation: it was deleted, or forgotten after a day."""


class ChoiceNotOpen(Exception):
    """The answer was never offered in this conversation, or its question is over."""


class AssistantUnavailable(Exception):
    """The assistant did not answer: it is not running, took too long, or something in the turn failed.

    `danger` where it had understood one before it failed: {"kind", "immediate", "audience"}.
    """

    def __init__(self, why: str, danger: dict[str, Any] | None = None) -> None:
        super().__init__(why)
        self.danger = danger


class Conversations(Protocol):
    """The conversations the assistant holds; every call may raise AssistantUnavailable."""

    def start(self, conversation: str, audience: str | None) -> list[Message]:
        """Open a conversation under an id of the gateway's choosing; its greeting."""

    def say(self, conversation: str, *, text: str | None = None, choice: str | None = None) -> list[Message]:
        """Pass on what the family wrote or chose; only the new messages. UnknownConversation, ChoiceNotOpen."""

    def transcript(self, conversation: str) -> list[Message]:
        """Everything said so far, the family's own words too. UnknownConversation."""

    def forget(self, conversation: str) -> None:
        """Delete all of it. UnknownConversation."""

    def ready(self) -> bool:
        """Whether the assistant can answer now; within a second, never raises."""
