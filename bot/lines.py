"""Lines of a stream, worked on in batches of what is there already: one at a time for who types, many for a file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, Queue
from typing import TextIO, TypeVar

AT_ONCE = 64
"""Lines of a batch, at most."""

Result = TypeVar("Result")


def worked_on(stream: TextIO, work: Callable[[Sequence[str]], Sequence[Result]]) -> Iterator[Result]:
    """What `work` makes of each line, in order; nobody who waits for an answer waits for another line."""
    waiting: Queue[str | None] = Queue(maxsize=2 * AT_ONCE)
    threading.Thread(target=_read, args=(stream, waiting), daemon=True, name="lines").start()
    line = waiting.get()
    while line is not None:
        lines = [line]
        try:
            while len(lines) < AT_ONCE and (line := waiting.get_nowait()) is not None:
                lines.append(line)
        except Empty:
            line = ""  # more may come
        yield from work(lines)
        if line is not None:
            line = waiting.get()


def _read(stream: TextIO, waiting: Queue[str | None]) -> None:
    try:
        for line in stream:
            waiting.put(line.rstrip("\n"))
    finally:
        waiting.put(None)
