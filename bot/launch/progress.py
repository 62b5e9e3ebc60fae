"""Showing what takes longer than a moment, and hiding libraries' noise."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(stderr=True, highlight=False)


@contextmanager
def step(doing: str, done: str | None = None) -> Iterator[None]:
    """Show `doing` with a spinner while the block runs, then one line with the time it took."""
    began = time.monotonic()
    if sys.stderr.isatty():
        with console.status(f"{doing} …"):
            yield
    else:
        console.print(f"{doing} …")
        yield
    taken = time.monotonic() - began
    if taken >= 2 or done:
        console.print(f"{done or doing}: {taken:.0f} s")
