"""A progress bar for what takes longer than two seconds; nothing at all for what does not, or where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

PATIENCE = 2.0  # seconds

Told = Callable[[int, int | None], None]
"""Called with how many are done, and of how many where that is known."""


@contextmanager
def progress_bar(what: str, patience: float = PATIENCE) -> Iterator[Told]:
    """A bar on standard error while the block lasts."""
    began = time.monotonic()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bar = Progress(*columns, console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty())
    task = bar.add_task(what, total=None)

    def tell(done: int, of: int | None = None) -> None:
        if not bar.live.is_started and not bar.disable and time.monotonic() - began >= patience:
            bar.start()
        bar.update(task, completed=done, total=of)

    try:
        yield tell
    finally:
        bar.stop()
