"""What stands beside the measures of understanding: the simplest thing that could work, and what was measured at length before."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from bot.measuring.held import rows
from bot.measuring.tables import HEAD, ratio, row
from bot.understanding.understand import Encoder
from directory.needs import needs

BENCHMARKS = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MEASURED_BY = {
    "needs": "python -m bench.needs --diet",
    "learning": "python -m bench.needs",
    "public": "python -m bench.public",
    "speed": "python -m bench.speed",
}
"""The command that prints a kept table; each takes minutes to hours."""
_KEPT = re.compile(r"<!-- (?P<name>[^:]+): begin -->\n(?P<table>.*?)\n<!-- (?P=name): end -->", re.DOTALL)


def by_description(plain: Encoder, half: str) -> str:
    """How far the published encoder comes alone: each message beside each need's own description, the most alike first."""
    told = [(text, set(codes.split(","))) for text, codes in rows(half, "needs")]
    codes = list(needs())
    described = plain.encode([f"{need.label}: {need.means}" for need in needs().values()])
    ranked = np.argsort(-(plain.encode([text for text, _ in told]) @ described.T), axis=1)
    likely = [[codes[n] for n in order[:3]] for order in ranked]
    first = [some[0] in wanted for some, (_, wanted) in zip(likely, told, strict=True)]
    three = [[len(set(some) & wanted), len(wanted)] for some, (_, wanted) in zip(likely, told, strict=True)]
    lines = [
        f"### Needs by all-MiniLM-L6-v2 alone, message beside description: {len(told)} messages, {half}",
        "",
        *HEAD,
        row("the first guess is one of the needs", np.array(first, float)),
        row("needs recalled in the first three", np.array(three, float), ratio),
    ]
    return "\n".join(lines)


def kept_tables() -> str:
    """The classifiers, the learning curve, public data and speed, as docs/benchmarks.md has them."""
    kept = [(found["name"], found["table"]) for found in _KEPT.finditer(BENCHMARKS.read_text(encoding="utf-8"))]
    of_these = [(name, table, MEASURED_BY[name.split()[0]]) for name, table in kept if name.split()[0] in MEASURED_BY]
    return "\n\n".join(f"### As last measured by `{command}`: {name}\n\n{table}" for name, table, command in of_these)
