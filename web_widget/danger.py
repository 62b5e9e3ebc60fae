"""Danger seen by the gateway itself, in its own process, when everything behind it is gone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread
from typing import Any

from directory.contacts import for_danger
from directory.database import now
from directory.lean import without_heavy_imports
from web_widget.cleaning import LONGEST
from web_widget.configuration import configured
from web_widget.conversations import Contact
from web_widget.problems import Problem

log = logging.getLogger("signpost.web")

_look: Callable[[str], Any] | None = None
"""The pattern layer of bot.understanding, once it is loaded."""


def emergency_contacts() -> list[Contact]:
    """The emergency numbers, whatever else is broken."""
    return configured().contacts()


def danger_seen(text: str) -> list[Contact] | None:
    """The people to call where the pattern layer sees danger in `text`; None where it sees none, or cannot look."""
    return _people(_seen(text)) or None


def unanswered(text: str, heard: dict[str, Any] | None = None) -> Problem:
    """The problem for a message that the assistant could not answer: the right people where it tells of danger.

    `heard`: the danger that the assistant understood before it failed; the pattern layer looks all the same.
    """
    people = _people(heard) or _people(_seen(text))
    return Problem("danger-unavailable", people) if people else Problem("assistant-unavailable")


def _seen(text: str) -> dict[str, Any] | None:
    """The danger that the pattern layer sees; None where it sees none, or cannot look."""
    try:
        risk = _look(text[:LONGEST]) if _look else None
    except Exception as fault:  # noqa: BLE001 (whatever broke: this is the last net, and the numbers are still to be said)
        log.error("The pattern layer failed: %s", type(fault).__name__)  # its message may quote the family
        return None
    return {"kind": risk.kind, "immediate": risk.immediate} if risk else None


def _people(danger: dict[str, Any] | None) -> list[Contact]:
    """The people to call in this danger, the emergency numbers after them; empty where there is none to speak of."""
    if not danger:
        return []
    try:
        moment = now()
        found = for_danger(
            danger["kind"], danger.get("audience"), moment, configured().council, immediate=bool(danger.get("immediate"))
        )
    except Exception as fault:  # noqa: BLE001 (the usual numbers are said instead)
        log.error("The people to call could not be looked up: %s", type(fault).__name__)
        return []
    told: dict[str, Contact] = {}
    for contact in [*(person.as_dict(moment) for person in found), *emergency_contacts()]:
        told.setdefault(contact["name"], contact)
    return list(told.values())


def load_patterns() -> None:
    """Load the pattern layer, which takes seconds; until it is there, failures carry the usual emergency numbers."""
    global _look
    without_heavy_imports()  # spaCy would load torch, 150 MB, only to ask which version it is
    try:
        from bot.understanding.risk import patterns

        patterns.look("")  # reads its book of patterns now, not while somebody waits
        _look = patterns.look
    except Exception as fault:  # noqa: BLE001 (the web application must start without it)
        log.error("The pattern layer could not be loaded: %s", type(fault).__name__)


def load_patterns_meanwhile() -> None:
    """Load the pattern layer while families are served already."""
    Thread(target=load_patterns, name="patterns", daemon=True).start()
