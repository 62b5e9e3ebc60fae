"""A thing that keeps a council pack from going live, or that somebody should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["must", "look"]


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it should be."""

    severity: Severity
    """`must`: the pack cannot go live like this. `look`: somebody should look; it may be right."""
    what: str
    fix: str
    """What to do about it, in a sentence."""
