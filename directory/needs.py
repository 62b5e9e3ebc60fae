"""The vocabulary of needs: what a family can be struggling with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from directory.files import DATA, read_yaml


@dataclass(frozen=True)
class Need:
    """One need of `data/needs.yml`."""

    code: str
    """`area.need`; stable, never reused for another meaning."""
    label: str
    """What a family reads."""
    means: str
    """What belongs here, for whoever labels a message or a service."""

    @property
    def area(self) -> str:
        """The code's first half: `early_years`, `family`, `mind` …"""
        return self.code.partition(".")[0]


@lru_cache(maxsize=1)
def needs() -> Mapping[str, Need]:
    """All needs by code, in the order of the file."""
    rows = read_yaml(DATA / "needs.yml")["needs"]
    return MappingProxyType({row["code"]: Need(row["code"], row["label"], row["means"]) for row in rows})


def need(code: str) -> Need:
    """The need with this code; KeyError that names the code where there is none."""
    try:
        return needs()[code]
    except KeyError:
        raise KeyError(f"{code!r} is not a need: the codes are in {DATA / 'needs.yml'}") from None
