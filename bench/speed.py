"""How fast messages are understood: against the bare encoder, and within a turn (`python -m bench.speed`)."""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Callable

from bench import machine
from bench.report import keep
from bot.commands import understood
from bot.lines import worked_on
from bot.understanding.heard import heard_in
from bot.understanding.intents import intents_head
from bot.understanding.plainly import intent_of
from bot.understanding.understand import Understander
from directory.adapter.examples import messages
from directory.encoder import Encoder, load_encoder
from directory.encoder_files import adapter_folder, model_folder

MESSAGES, ROUNDS, TURNS, SEED = 1000, 3, 300, 7


def main() -> None:
    """Measure, print and keep in docs/benchmarks.md."""
    encoder = load_encoder()
    understander, intents = Understander(encoder), intents_head()
    texts = random.Random(SEED).sample([one.text for one in messages()], MESSAGES)
    bare = _bare()

    def all_of_them() -> None:
        stream = io.StringIO("".join(f"{text}\n" for text in texts))
        assert len(list(worked_on(stream, lambda some: understood(some, understander, intents)))) == MESSAGES  # noqa: S101

    candidates: dict[str, Callable[[], object]] = {
        "`signpost understand`": all_of_them,
        "sentence-transformers' `encode()`, one at a time": lambda: [bare(text) for text in texts],
        "our own encoder (onnxruntime), one at a time": lambda: [encoder.encode_uncached([text]) for text in texts],
        "our own encoder, in batches": lambda: encoder.encode_uncached(texts),
    }
    all_of_them()
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(ROUNDS):  # in turn, so that a noisy minute falls on all
        for name, run in candidates.items():
            encoder.forget()
            began = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - began)
    rates = {name: MESSAGES / statistics.median(times) for name, times in taken.items()}
    ours = rates["`signpost understand`"]
    lines = [
        machine.description(),
        "",
        f"| over {MESSAGES} messages | a second | `signpost understand` against it |",
        "|---|---|---|",
        *(f"| {name} | {rate:.0f} | {ours / rate:.2f} |" for name, rate in rates.items()),
        "",
        f"Within a turn, everything but the encoding: {_turn(encoder, texts[:TURNS]):.1f} ms (median of {TURNS}; ≤ 5 asked).",
    ]
    keep("speed", "\n".join(lines))


def _bare() -> Callable[[str], object]:
    """The published library with the same weights."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder()), device="cpu")
    if adapter := adapter_folder():
        model.load_adapter(str(adapter))
    return lambda text: model.encode(text, show_progress_bar=False)


def _turn(encoder: Encoder, texts: list[str]) -> float:
    """Milliseconds from the vectors to all that the conversation is told."""
    understander, intents = Understander(encoder), intents_head()
    taken = []
    for text in texts:
        understander.understand(text)  # its vectors are kept
        began = time.perf_counter()
        heard = understander.understand(text)
        assert heard.vector is not None  # noqa: S101 (the local encoder is always there)
        intent_of(intents.ranked(text, heard.vector), heard_in(heard, understander))
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    main()
