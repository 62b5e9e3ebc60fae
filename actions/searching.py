"""Asking the directory for the few services that fit what is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from actions.memory import Memory
from actions.turn import words
from directory.client import DirectoryClient

MAX_NEEDS = 3
"""Needs answered at once; more are offered as choices."""
PER_NEED = 3
ALONE = 4
"""Services shown when there is only one need."""
NEARER_KM = 8.0


@lru_cache(maxsize=1)
def directory() -> DirectoryClient:
    """The directory server's client, with its kept-alive connection."""
    return DirectoryClient()


def search(memory: Memory) -> list[dict[str, Any]]:
    """A group for each need, `{"need": code|null, "services": [ServiceCard]}`; DirectoryUnavailable where nobody answers.

    Where it was asked for somebody ("what about dads?"), what there is for them comes first, as a group with "called".
    """
    query = query_of(memory)
    found = [directory().search(query | {"day": day})["groups"] for day in memory.narrowed.get("days") or (None,)]
    groups = [_together(some, query["top"]) for some in zip(*found, strict=True)]
    if _of_their_own(memory):
        groups[0]["called"] = memory.narrowed["called"]
    return groups


def query_of(memory: Memory) -> dict[str, Any]:
    """The Query (docs/architecture.md) of what is remembered."""
    said, narrowed, theirs = in_their_words(memory), memory.narrowed, _of_their_own(memory)
    parts = [{"need": need["code"], "words": f"{need['words']} {said}".strip()} for need in memory.needs]
    parts = [*theirs, *(part for part in parts if part["need"] not in [it["need"] for it in theirs])][:MAX_NEEDS]
    codes = [part["need"] for part in parts]
    only_some = memory.shown or any(narrowed.get(name) for name in ("days", "online", "free", "near"))
    return {
        "text": f"{memory.story[-1]} {said}".strip() if memory.story else parts[0]["words"],
        "parts": parts,
        "ages": list(memory.ages),
        "place": memory.place,
        "audience": memory.audience,
        "free": bool(narrowed.get("free")),
        "online": bool(narrowed.get("online")),
        "within_km": nearer_than(memory) if narrowed.get("near") and memory.place else None,
        "top": PER_NEED if len(parts) > 1 else ALONE,
        "exclude": list(memory.shown),
        # What comes after the best, or is left of them, must help with this need: better none than something else.
        "answers": codes if only_some and all(codes) else [],
    }


def _of_their_own(memory: Memory) -> list[dict[str, Any]]:
    """The part of the query for whom it was asked, where there is help for such people as such."""
    named = words("called").get(memory.narrowed.get("called"))
    return [{"need": named["need"], "words": named["words"]}] if named else []


def in_their_words(memory: Memory) -> str:
    """What is asked for beside the need, for the likeness of meaning: "for dads", "for me, as a parent", their own words."""
    said = words("labels")["searched_with"]
    called, own = memory.narrowed.get("called"), memory.narrowed.get("words")
    oneself = memory.whom == "me" and memory.audience in (None, "parent", "other")
    parts = [said["me"] if oneself else "", said["called"].format(called=called) if called else "", own or ""]
    return " ".join(part for part in parts if part)


def nearer_than(memory: Memory) -> float:
    """Kilometres: less than the farthest of those on show, and never so far that it is a journey."""
    farthest = max((it["km"] for it in memory.on_show if it.get("km")), default=NEARER_KM)
    return float(min(NEARER_KM, 0.99 * farthest))


def _together(groups: tuple[Mapping[str, Any], ...], top: int) -> dict[str, Any]:
    """One group out of those of several days, each service once, taken in turn."""
    services: dict[str, Any] = {}
    for row in zip_longest(*(group["services"] for group in groups)):
        services |= {service["id"]: service for service in row if service and service["id"] not in services}
    return {"need": groups[0]["need"], "services": list(services.values())[:top]}
