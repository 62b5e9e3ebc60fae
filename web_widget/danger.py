"""Danger seen by the gateway itself, when everything behind it is gone."""

from __future__ import annotations

from web_widget.configuration import configured
from web_widget.conversations import Contact
from web_widget.problems import Problem


def emergency_contacts() -> list[Contact]:
    """The emergency numbers, whatever else is broken."""
    return configured().contacts()


def danger_seen(text: str) -> list[Contact] | None:
    """The people to call where the pattern layer sees danger in `text`; None where it sees none, or cannot look."""
    # TODO(safety): to be connected to bot.understanding.risk
    return None


def unanswered(text: str = "") -> Problem:
    """The problem for a message that the assistant could not answer: the right people where it tells of danger."""
    people = danger_seen(text) if text else None
    return Problem("danger-unavailable", people) if people else Problem("assistant-unavailable")
