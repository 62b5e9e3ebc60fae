"""The weights of the search: `data/search.yml`, the one place where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from directory.files import DATA, read_yaml


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Any]:
    """What the file says, read once."""
    found: Mapping[str, Any] = read_yaml(DATA / "search.yml")
    return found
