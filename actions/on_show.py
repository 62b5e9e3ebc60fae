"""The services of the last answer: which of them is meant, and what their records say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from actions.memory import Memory
from bot.understanding.steering import telling_words
from directory.cards import Asked, card
from directory.database import now, session
from directory.places import find_place
from directory.query import Ages
from directory.service import ServiceRecord
from directory.settings import settings
from directory.store import read_records

_PAGES = "/directory/services/"


def put_on_show(groups: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """What is remembered of the services of these groups, in the order in which they are read."""
    cards = [service for group in groups for service in group["services"]]
    return tuple({"key": _key(it), "name": it["name"], "km": it.get("distance_km")} for it in cards)


def meant_of(memory: Memory, steering: Mapping[str, Any], said: str) -> dict[str, Any] | None:
    """The service a message means: by its place in the answer, by words of its name, else the one looked at last.

    None where none is meant, or more than one could be.
    """
    on_show = memory.on_show
    if number := steering.get("which"):
        at = number - 1 if number > 0 else len(on_show) - 1
        return on_show[at] if at < len(on_show) else None
    heard = set(telling_words(said))
    shared = [len(heard & set(telling_words(it["name"]))) for it in on_show]
    most = max(shared, default=0)
    if most and shared.count(most) == 1:
        return on_show[shared.index(most)]
    if steering.get("several"):
        return None
    return next((it for it in on_show if it.get("looked_at")), None) or (on_show[0] if len(on_show) == 1 else None)


def looked_at(memory: Memory, key: str) -> tuple[dict[str, Any], ...]:
    """What is on show, with the one looked at last marked: "how do I join?" is about it."""
    return tuple({**it, "looked_at": it["key"] == key} for it in memory.on_show)


def records(keys: Sequence[str]) -> list[ServiceRecord]:
    """The records of these keys in their order, without those that are gone; SQLAlchemyError where the database fails."""
    with session() as opened:
        found = read_records(opened, keys)
    return [found[key] for key in keys if key in found and found[key].status == "active"]


def card_of(record: ServiceRecord, memory: Memory) -> dict[str, Any]:
    """The ServiceCard of a record, as it is shown to this family."""
    ages = tuple(Ages(age["min"], age["max"]) for age in memory.ages)
    need = next((code for code in memory.codes if code in record.needs), None)
    point = find_place(memory.place) if memory.place else None
    return card(record, Asked(now(), settings().council, need, ages, point))


def _key(service: Mapping[str, Any]) -> str:
    """`source/id`, out of the address of its page."""
    return unquote(str(service.get("page") or service["id"]).removeprefix(_PAGES))
