"""How fast messages are understood: against the bare encoder, and within a turn (`python -m bench.speed`)."""

from __future__ import annotations

import io
import json
import random
import statistics
import subprocess
import sys
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

LIBRARY = "sentence-transformers' `encode()`, one at a time"
MESSAGES, ROUNDS, TURNS, SEED = 1000, 3, 300, 7


def main() -> None:
    """Measure, print and keep in docs/benchmarks.md."""
    encoder = load_encoder()
    understander, intents = Understander(encoder), intents_head()
    texts = random.Random(SEED).sample([one.text for one in messages()], MESSAGES)

    def all_of_them() -> None:
        stream = io.StringIO("".join(f"{text}\n" for text in texts))
        assert len(list(worked_on(stream, lambda some: understood(some, understander, intents)))) == MESSAGES  # noqa: S101

    candidates: dict[str, Callable[[], object]] = {
        "`signpost understand`": all_of_them,
        "our own encoder (onnxruntime), one at a time": lambda: [encoder.encode_uncached([text]) for text in texts],
        "our own encoder, in batches": lambda: encoder.encode_uncached(texts),
    }
    all_of_them()
    taken: dict[str, list[float]] = {name: [] for name in (*candidates, LIBRARY)}
    for _ in range(ROUNDS):  # in turn, so that a noisy minute falls on all
        taken[LIBRARY].append(bare_seconds(texts))
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


def bare_seconds(texts: list[str]) -> float:
    """Seconds of the published library with the same weights, one text at a time.

    In a process of its own: torch, which it needs, is kept out of Signpost's.
    """
    adapter = adapter_folder()
    told = json.dumps({"model": str(model_folder()), "adapter": str(adapter) if adapter else None, "texts": texts})
    done = subprocess.run([sys.executable, "-c", _BARE], input=told, capture_output=True, text=True, check=True)  # noqa: S603
    return float(done.stdout.split()[-1])


_BARE = """
import json, sys, time
from sentence_transformers import SentenceTransformer
told = json.load(sys.stdin)
model = SentenceTransformer(told["model"], device="cpu")
if told["adapter"]:
    model.load_adapter(told["adapter"])
for text in told["texts"][:20]:
    model.encode(text, show_progress_bar=False)
began = time.perf_counter()
for text in told["texts"]:
    model.encode(text, show_progress_bar=False)
print(time.perf_counter() - began)
"""


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
