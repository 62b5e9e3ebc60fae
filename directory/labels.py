"""What the services' words tell of each, as columns beside the index: whom it is only for, the ages said, its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from directory.classify import Classified, classify
from directory.service import KINDS

ONLY = ("older_people", "adults", "professionals")
"""The audiences that a child's family cannot use a service of."""


@dataclass(frozen=True)
class Labels:
    """Columns of n services."""

    only: npt.NDArray[np.float32]
    """(n, len(ONLY)): how surely it is for these alone."""
    min_age: npt.NDArray[np.float32]
    max_age: npt.NDArray[np.float32]
    """Years; 0 and infinity where nothing is said."""
    ages_sure: npt.NDArray[np.bool_]
    """Said as numbers."""
    kind: npt.NDArray[np.int8]
    """A place in `service.KINDS`; -1 where nothing tells."""
    little_help: npt.NDArray[np.bool_]

    def as_arrays(self) -> dict[str, Any]:
        """For `np.savez`."""
        return {f"label_{name}": getattr(self, name) for name in self.__dataclass_fields__}

    @staticmethod
    def from_arrays(stored: Any) -> Labels:
        """From what `as_arrays` wrote; KeyError where it is of an older form."""
        return Labels(**{name: stored[f"label_{name}"] for name in Labels.__dataclass_fields__})


def label_services(names: Sequence[str], texts: Sequence[str], known: tuple[Labels, npt.NDArray[np.int64]] | None) -> Labels:
    """Label n services; `known` is the last index's labels and, for each service, its row there (-1: read it anew)."""
    made = Labels(
        only=np.zeros((len(names), len(ONLY)), np.float32),
        min_age=np.zeros(len(names), np.float32),
        max_age=np.full(len(names), np.inf, np.float32),
        ages_sure=np.zeros(len(names), bool),
        kind=np.full(len(names), -1, np.int8),
        little_help=np.zeros(len(names), bool),
    )
    anew = np.arange(len(names))
    if known:
        last, row = known
        same = row >= 0
        for name in Labels.__dataclass_fields__:
            getattr(made, name)[same] = getattr(last, name)[row[same]]
        anew = np.flatnonzero(~same)
    for n in anew.tolist():
        _put(made, n, classify(names[n], texts[n]))
    return made


def _put(made: Labels, n: int, said: Classified) -> None:
    only = said.only
    made.only[n] = [only.get(who, 0.0) for who in ONLY]
    made.min_age[n] = said.min_age or 0
    if said.max_age is not None:
        made.max_age[n] = said.max_age + 0.99
    made.ages_sure[n] = said.ages_sure
    made.kind[n] = KINDS.index(said.kind) if said.kind else -1
    made.little_help[n] = said.little_help
