"""What an action needs of the turn it runs in: what was meant, what is remembered, whom and how to answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from directory.contacts import Contact
from directory.database import now
from directory.languages import Language

Said = list[dict[str, Any]]
"""Choices: {"title": label, "payload": what it means}."""


def understood(tracker: Tracker) -> dict[str, Any]:
    """What was understood of the latest message, as `signpost understand` gives it; empty for a choice."""
    return (tracker.latest_message or {}).get("understanding") or {}


def intent(tracker: Tracker) -> str:
    """The latest message's intent."""
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")


def text(tracker: Tracker) -> str:
    """What was typed."""
    return str((tracker.latest_message or {}).get("text") or "")


def chosen(tracker: Tracker, name: str) -> str | None:
    """The value a choice carries under `name`; None where the message was typed.

    Values come only from payloads the server keeps: no component finds entities in what families type.
    """
    entities = (tracker.latest_message or {}).get("entities") or []
    return next((str(it["value"]) for it in entities if it.get("entity") == name and it.get("value")), None)


def audience(tracker: Tracker) -> str:
    """Who is asking; `other` until it is known."""
    return str(tracker.get_slot("audience") or "other")


def say(
    dispatcher: CollectingDispatcher,
    response: str,
    *,
    contacts: Iterable[Contact] = (),
    services: Iterable[Mapping[str, Any]] = (),
    choices: Said | None = None,
    urgent: bool = False,
    language: Language | None = None,
    **values: Any,
) -> None:
    """Say one of the fixed responses of bot/domain, with what belongs to it; `language` where its words are not English."""
    at = now()
    custom: dict[str, Any] = {
        "urgent": urgent,
        "contacts": [contact.as_dict(at) for contact in contacts],
        "services": [dict(service) for service in services],
    }
    if language:
        custom["language"] = {"code": language.code, "direction": language.direction}
    dispatcher.utter_message(response=response, json_message=custom, buttons=choices or [], **values)


def choice(title: str, intent: str, **carried: str) -> dict[str, str]:
    """A choice that means `intent` with what it carries; its payload never leaves the server."""
    return {"title": title, "payload": f"/{intent}{json.dumps(carried, ensure_ascii=False) if carried else ''}"}


@cache
def words(name: str) -> Any:
    """A data file of this package: `labels`, `people`, `change` or `called`."""
    return yaml.safe_load((Path(__file__).parent / f"{name}.yml").read_text(encoding="utf-8"))
