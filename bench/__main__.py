"""`make bench`: prints the table and keeps the last one in docs/benchmarks.md."""

from __future__ import annotations

import statistics
import sys
import time

import httpx

from bench import intents, machine, needs, ours, reference, search, speed
from bench.report import Row, write

TURNS = 60
PAUSE = 0.02


def main() -> None:
    """Make both bots, train both, serve both side by side, and compare."""
    var = ours.ROOT / "var" / "bench"
    other = var / "rasa-init"
    show("making the bot of `rasa init`")
    reference.make(other)
    show("training both from nothing")
    ours.prepare(var / "ours")
    trainings = [(ours.train(var / "ours"), reference.train(other)) for _ in range(1)]
    rows = [ratio("training Rasa's own model from nothing, s", trainings, 0.5)]
    show("starting each, alone, to its first answer")
    starts = []
    for _ in range(2):
        mine = ours.serve(var / "ours")
        mine.stop()
        theirs = reference.serve(other)
        theirs.stop()
        starts.append((mine.seconds_to_first_answer, theirs.seconds_to_first_answer))
    rows.append(ratio("start to first answer, trained and installed, s", starts, 0.8))
    show("serving both, taking turns")
    theirs, mine = reference.serve(other), ours.serve(var / "ours")
    try:
        turns = take_turns()
        rows.insert(0, ratio('one whole search turn against its "hello", ms', turns, 1.0))
        rows.append(ratio("memory of all processes together (PSS), MiB", [(mine.memory(), theirs.memory())], 1.5))
    finally:
        mine.stop()
        theirs.stop()
    rows.append(Row("the widget, compressed, all it loads, kB", ours.widget_kilobytes(), None, 20.0))
    show("comparing intent classifiers")
    write(machine.description(), rows, intents.table())
    show("the search at three sizes")
    search.main()
    show("understanding: how fast, and what was compared")
    speed.main()
    needs.main([])


def take_turns() -> list[tuple[float, float]]:
    """Milliseconds of one turn of each, in turn, so that a noisy moment falls on both."""
    client, taken = httpx.Client(), []
    for number in range(TURNS + 5):
        if number % 20 == 0:
            conversation = ours.Conversation()
            conversation.ask(ours.MESSAGE)
        mine = milliseconds(lambda: conversation.ask(f"{ours.MESSAGE} {number}"))  # noqa: B023 (called at once)
        time.sleep(PAUSE)
        theirs = milliseconds(lambda: reference.say(client, "hello"))
        time.sleep(PAUSE)
        if number >= 5:
            taken.append((mine, theirs))
    return taken


def milliseconds(turn: object) -> float:
    """How long `turn()` takes; RuntimeError where it gets no answer."""
    began = time.perf_counter()
    if not turn():  # type: ignore[operator]
        raise RuntimeError("A turn got no answer.")
    return (time.perf_counter() - began) * 1000


def ratio(name: str, pairs: list[tuple[float, float]], limit: float) -> Row:
    """The medians of ours and theirs."""
    return Row(name, statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), limit)


def show(doing: str) -> None:
    """Say what takes long."""
    print(f"… {doing}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
