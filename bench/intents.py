"""The candidates for naming intents, trained on nlu_data/nlu and measured on nlu_data/heldback."""

from __future__ import annotations

import asyncio
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.understanding.intents import read_examples
from bot.understanding.one_of import fit_one_of
from directory.encoder import load_encoder
from directory.spelling import put_right

ROOT = Path(__file__).parents[1]
HELD_BACK = ROOT / "nlu_data" / "heldback" / "intents.tsv"


def table() -> str:
    """A Markdown table: accuracy, seconds to train, milliseconds to predict one."""
    lines = [
        "### Intents",
        "",
        "| candidate | accuracy on held-back data | training, s | one prediction, ms |",
        "|---|---|---|---|",
    ]
    for name, candidate in (
        ("logistic regression over the vector, words and letters (shipped)", _regression),
        ("DIET over MiniLM", _diet),
    ):
        accuracy, training, prediction = candidate()
        lines.append(f"| {name} | {accuracy:.3f} | {training:.1f} | {prediction:.2f} |")
    return "\n".join(lines)


def held_back() -> list[tuple[str, str]]:
    """(text, intent), never trained on."""
    rows = [line.split("\t") for line in HELD_BACK.read_text(encoding="utf-8").splitlines()[1:]]
    return [(text, intent) for text, intent in rows]


def _regression() -> tuple[float, float, float]:
    texts, names = read_examples()
    encoder = load_encoder()
    vectors = encoder.encode_uncached([put_right(text) for text in texts])
    asked = encoder.encode_uncached([put_right(text) for text, _ in held_back()])
    began = time.perf_counter()
    head = fit_one_of(texts, vectors, names)
    trained = time.perf_counter()
    said = [head.ranked(text, vector)[0][0] for (text, _), vector in zip(held_back(), asked, strict=True)]
    done = time.perf_counter()
    right = [ours == intent for ours, (_, intent) in zip(said, held_back(), strict=True)]
    return float(np.mean(right)), trained - began, (done - trained) * 1000 / len(said)


def _diet() -> tuple[float, float, float]:
    """DIET on the same features, in a model of understanding alone."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    var = ROOT / "var" / "bench" / "diet"
    var.mkdir(parents=True, exist_ok=True)
    config: dict[str, Any] = {
        "recipe": "default.v1",
        "language": "en",
        "assistant_id": "bench",
        "pipeline": [
            {"name": "bot.components.hearing.Hearing"},
            {"name": "DIETClassifier", "epochs": 100, "entity_recognition": False, "random_seed": 42},
        ],
    }
    (var / "config.yml").write_text(yaml.safe_dump(config))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        began = time.perf_counter()
        model = train_nlu(str(var / "config.yml"), str(ROOT / "nlu_data" / "nlu"), str(var))
        trained = time.perf_counter()
        agent = Agent.load(model)

    async def all_of_them() -> list[str]:
        return [(await agent.parse_message(text))["intent"]["name"] for text, _ in held_back()]

    began_asking = time.perf_counter()
    said = asyncio.run(all_of_them())
    done = time.perf_counter()
    right = [ours == intent for ours, (_, intent) in zip(said, held_back(), strict=True)]
    return float(np.mean(right)), trained - began, (done - began_asking) * 1000 / len(said)
