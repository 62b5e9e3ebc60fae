"""Tidies what a feed sends before anybody reads it: words are plain, numbers are finite, nothing is endless."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from directory.cleaning import plain_text

DEEPEST = 12  # levels; a service's address within its location within its service is 6
LONGEST_LIST = 500
LARGEST_INTEGER = 2**53  # past it JSON readers disagree on what was written
LARGEST_RECORD = 200_000  # characters of JSON kept of what has no column of its own


def tidied(value: Any, depth: int = 0, keep_empty: bool = False) -> Any:
    """`value` with clean strings and, unless told otherwise, without what is empty; None where nothing is left."""
    if isinstance(value, str):
        return plain_text(value) or ("" if keep_empty else None)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_INTEGER else str(value)[:40]
    if depth >= DEEPEST:
        return None
    if isinstance(value, Mapping):
        pairs = ((plain_text(str(key))[:100], tidied(part, depth + 1, keep_empty)) for key, part in value.items())
        kept = {key: part for key, part in pairs if key and (keep_empty or part is not None)}
        return kept if kept or keep_empty else None
    parts = (tidied(part, depth + 1, keep_empty) for part in list(value)[:LONGEST_LIST])
    several = [part for part in parts if keep_empty or part is not None]
    return several if several or keep_empty else None


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in a list; an object alone is a list of one; anything else holds none."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (part for part in value if isinstance(part, dict))


def text(said: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that holds words or a number."""
    for name in names:
        value = said.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value):
            return str(value)
    return ""


def small_enough(said: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """`said` without its largest parts where the whole is too large to keep, and those parts' names."""
    sizes = {name: len(json.dumps(part, ensure_ascii=False)) for name, part in said.items()}
    dropped: list[str] = []
    while sum(sizes.values()) > LARGEST_RECORD:
        largest = max(sizes, key=lambda name: sizes[name])
        dropped.append(largest)
        del sizes[largest]
    return {name: part for name, part in said.items() if name in sizes}, dropped
