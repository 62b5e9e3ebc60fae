"""Lines of a stream, worked on in batches of what is there already: one at a time for who types, many for a file."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, Queue
from typing import TextIO, TypeVar

AT_ONCE = 32
"""Lines of a batch, at most."""
WORKERS = 2
"""One batch is encoded, which needs no lock of Python's, while the other is read by the rules."""

Result = TypeVar("Result")


def worked_on(stream: TextIO, work: Callable[[Sequence[str]], Sequence[Result]]) -> Iterator[Result]:
    """What `work` makes of each line, in order; nobody who waits for an answer waits for another line."""
    running: deque[Future[Sequence[Result]]] = deque()
    with ThreadPoolExecutor(WORKERS) as pool:
        for lines, more in _batches(stream):
            running.append(pool.submit(work, lines))
            while running and (len(running) >= WORKERS or not more):
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def _batches(stream: TextIO) -> Iterator[tuple[list[str], bool]]:
    """The lines that are there, without their ends, and whether more are."""
    waiting: Queue[str | None] = Queue(maxsize=4 * AT_ONCE)
    threading.Thread(target=_read, args=(stream, waiting), daemon=True, name="lines").start()
    line = waiting.get()
    while line is not None:
        lines = [line]
        try:
            while len(lines) < AT_ONCE and (following := waiting.get_nowait()) is not None:
                lines.append(following)
        except Empty:
            yield lines, False
            line = waiting.get()
        else:
            ended = len(lines) < AT_ONCE
            yield lines, not ended
            if ended:
                return
            line = waiting.get()


def _read(stream: TextIO, waiting: Queue[str | None]) -> None:
    try:
        for line in stream:
            waiting.put(line.rstrip("\n"))
    finally:
        waiting.put(None)
