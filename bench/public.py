"""On public ground: our featurizer and classifier against the pipeline `rasa init` writes (`python -m bench.public`).

Banking77 and CLINC150, all of their training data and ten examples a class, each pair trained and tested in one run.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench import machine
from bench.report import keep

DATA = Path(__file__).parents[1] / "nlu_data" / "evaluation"
SHOTS, SEED = 10, 7
PUBLISHED = {
    "Banking77": "10-shot: USE 0.842, USE+ConveRT 0.852, CPFT 0.872; all-MiniLM-L6-v2 on MTEB, all data: 0.798",
    "CLINC150": "10-shot: USE 0.909, USE+ConveRT 0.933, CPFT 0.942",
}

# What `rasa init` leaves to the defaults of Rasa 3.6, written out.
RASA_DEFAULT: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "EntitySynonymMapper"},
    {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]

Rows = Sequence[tuple[str, str]]
"""(text, intent)."""


@dataclass(frozen=True)
class Result:
    """One pipeline on one data set."""

    accuracy: float
    training: float
    """Seconds, encoding included."""
    processor: float
    """Seconds of all cores together: other work on the machine changes them little."""


def main() -> None:
    """Measure, print the table and keep it in docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["10-shot", "all"], help="Default: both. All the data takes Rasa's pipeline hours.")
    parser.add_argument("--data", choices=["Banking77", "CLINC150"], help="Default: both.")
    asked = parser.parse_args()
    for name, read in (("Banking77", banking77), ("CLINC150", clinc150)):
        train, test = read()
        for amount in ("10-shot", "all"):
            if asked.only in (None, amount) and asked.data in (None, name):
                print(f"… {name}, {amount}", file=sys.stderr, flush=True)
                some = few(train) if amount == "10-shot" else train
                keep(f"public {name} {amount}", _table(f"{name}, {amount}", our_own(some, test), rasa_default(some, test)))


def _table(name: str, ours: Result, theirs: Result) -> str:
    """One pair: kept by itself, for each takes long."""
    return "\n".join(
        [
            f"**{name}** · {machine.description()} · published: {PUBLISHED[name.partition(',')[0]]}",
            "",
            "| | accuracy | training, s | … of the processor, s |",
            "|---|---|---|---|",
            f"| ours | {ours.accuracy:.4f} | {ours.training:.1f} | {ours.processor:.1f} |",
            f"| Rasa's default | {theirs.accuracy:.4f} | {theirs.training:.1f} | {theirs.processor:.1f} |",
            f"| ours against it | {ours.accuracy - theirs.accuracy:+.4f} | {theirs.training / ours.training:.0f} × as fast "
            f"| {theirs.processor / ours.processor:.0f} × |",
        ]
    )


def banking77() -> tuple[Rows, Rows]:
    """Training and test rows."""

    def read(name: str) -> Rows:
        with (DATA / "banking77" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return [(" ".join(row["text"].split()), row["category"]) for row in csv.DictReader(file)]

    return read("train"), read("test")


def clinc150() -> tuple[Rows, Rows]:
    """Training and test rows of the 150 intents, without those out of scope."""
    parts = json.loads((DATA / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
    return [tuple(row) for row in parts["train"]], [tuple(row) for row in parts["test"]]


def few(rows: Rows) -> Rows:
    """SHOTS of each intent, the same every time."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in rows:
        by_intent[intent].append(text)
    chance = random.Random(SEED)
    return [(text, intent) for intent in sorted(by_intent) for text in chance.sample(by_intent[intent], SHOTS)]


def our_own(train: Rows, test: Rows) -> Result:
    """The encoder in use and the classifier of intents (`bot/understanding/one_of.py`)."""
    from bot.understanding.one_of import fit_one_of
    from directory.encoder import load_encoder

    encoder = load_encoder()
    began, used = time.perf_counter(), time.process_time()
    texts, named = [text for text, _ in train], [intent for _, intent in train]
    head = fit_one_of(texts, encoder.encode_uncached(texts), named)
    training, processor = time.perf_counter() - began, time.process_time() - used
    vectors = encoder.encode_uncached([text for text, _ in test])
    said = [head.ranked(text, vector)[0][0] for (text, _), vector in zip(test, vectors, strict=True)]
    return Result(_share(said, test), training, processor)


def rasa_default(train: Rows, test: Rows) -> Result:
    """Rasa's default pipeline, trained from nothing."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "nlu").mkdir()
        _write(train, folder / "nlu" / "nlu.yml")
        config = {"recipe": "default.v1", "language": "en", "assistant_id": "bench", "pipeline": RASA_DEFAULT}
        (folder / "config.yml").write_text(yaml.safe_dump(config))
        os.environ["RASA_CACHE_DIRECTORY"] = str(folder / "cache")  # what it trained before is not taken up again
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            began, used = time.perf_counter(), time.process_time()
            model = train_nlu(str(folder / "config.yml"), str(folder / "nlu"), str(folder))
            training, processor = time.perf_counter() - began, time.process_time() - used
            agent = Agent.load(model)

        async def ask() -> list[str]:
            return [_first(await agent.parse_message(text)) for text, _ in test]

        return Result(_share(asyncio.run(ask()), test), training, processor)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _first(parsed: dict[str, Any]) -> str:
    """The classifier's first choice, also where the fallback stepped in: every test message has an intent."""
    return next((one["name"] for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback"), "")


def _write(rows: Rows, file: Path) -> None:
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, intent in rows:
        by_intent[intent].append(f"- {text}")
    # Rasa reads an entity's marks [..](..) in examples; public data has brackets of its own.
    nlu = [
        {"intent": intent, "examples": "\n".join(texts).replace("[", "(").replace("]", ")")}
        for intent, texts in by_intent.items()
    ]
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000), encoding="utf-8")


def _share(said: Sequence[str], test: Rows) -> float:
    return sum(one == intent for one, (_, intent) in zip(said, test, strict=True)) / len(test)


if __name__ == "__main__":
    main()
