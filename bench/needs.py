"""Which classifier hears needs best, and what more messages bring (`python -m bench.needs`).

All are fitted to the messages that are learnt from and measured on the dev voices; `signpost evaluate understanding`
reports others. The adapter has seen every one of those messages: only what the encoder says without it shows what
fewer of them would do.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bench import machine
from bench.report import keep
from bot.evaluate import plain_encoder
from directory.adapter.examples import DEV, Example, heldback_needs, messages
from directory.encoder import Encoder, Vectors, load_encoder
from directory.fit import labels
from directory.lexical import cells_in
from directory.linear import sigmoid
from directory.needs import needs
from directory.spelling import put_right
from directory.views import Views
from directory.views_fit import each_label, fit_views

SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
SEED, HIDDEN, ROUNDS = 7, 256, 30
DIET_MESSAGES, DIET_EPOCHS = 4000, 30


@dataclass(frozen=True)
class Set:
    """Messages with their vectors and needs."""

    texts: list[str]
    vectors: Vectors
    truth: Vectors

    def some(self, rows: Sequence[int]) -> Set:
        """The same for these rows alone."""
        return Set([self.texts[row] for row in rows], self.vectors[rows], self.truth[rows])


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print both tables and keep them in docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diet", action="store_true", help="DIET too, on fewer messages: some minutes of Rasa's training.")
    asked = parser.parse_args(arguments)
    heard, dev = messages(), [one for one in heldback_needs(DEV) if one.needs]
    lines = [machine.description(), "", *_header("classifier, fitted to all messages")]
    plain = plain_encoder()
    for name, encoder in (("the encoder as published", plain), ("adapted", load_encoder())):
        train, test = _read(heard, encoder), _read(dev, encoder)
        lines += [_row(f"{what}, {name}", said, test.truth) for what, said in _classifiers(train, test).items()]
    if asked.diet:
        few = train.some(random.Random(SEED).sample(range(len(train.texts)), DIET_MESSAGES))
        lines.append(_row(f"DIET, adapted, {DIET_MESSAGES} messages", _diet(few, test), test.truth))
        lines.append(_row(f"the four views, adapted, the same {DIET_MESSAGES}", _four_views(few, test), test.truth))
    keep("needs", "\n".join(lines))
    train, test = _read(heard, plain), _read(dev, plain)
    lines = [*_header("messages, the four views, the encoder as published")]
    order = random.Random(SEED).sample(range(len(train.texts)), len(train.texts))
    for share in SHARES:
        some = train.some(order[: int(share * len(order))])
        lines.append(_row(f"{len(some.texts)}", _four_views(some, test), test.truth))
    keep("learning", "\n".join(lines))


def _header(first: str) -> list[str]:
    return [f"| {first} | first need right | in the first three | micro-F1 |", "|---|---|---|---|"]


def _read(examples: Sequence[Example], encoder: Encoder) -> Set:
    texts = [one.text for one in examples]
    return Set(texts, encoder.encode_uncached([put_right(text) for text in texts]), labels(examples))


def _classifiers(train: Set, test: Set) -> dict[str, Vectors]:
    """(messages, needs) log-odds of each candidate."""
    odds = _views(train).log_odds([cells_in(text) for text in test.texts], test.vectors)
    vector, near, words, letters = odds
    return {
        "logistic regression, one against the rest": vector,
        "20 nearest neighbours": near,
        f"a network of {HIDDEN} hidden units": _network(train, test),
        "mean of regression and neighbours": _odds((sigmoid(vector) + sigmoid(near)) / 2),
        "words": words,
        "groups of letters": letters,
        "the four views (shipped)": odds.mean(axis=0),
    }


def _views(train: Set) -> Views:
    return fit_views([cells_in(text) for text in train.texts], train.vectors, train.truth, each_label(train.truth))


def _four_views(train: Set, test: Set) -> Vectors:
    result: Vectors = _views(train).log_odds([cells_in(text) for text in test.texts], test.vectors).mean(axis=0)
    return result


def _odds(shares: Vectors) -> Vectors:
    clipped = np.clip(shares, 1e-4, 1 - 1e-4)
    result: Vectors = np.log(clipped / (1 - clipped))
    return result


def _network(train: Set, test: Set) -> Vectors:
    from sklearn.neural_network import MLPClassifier

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it could go on
        model = MLPClassifier((HIDDEN,), max_iter=ROUNDS, random_state=SEED).fit(train.vectors, train.truth)
    return _odds(np.asarray(model.predict_proba(test.vectors), np.float32))


def _diet(train: Set, test: Set) -> Vectors:
    """Rasa's DIET on the same vectors: it knows one label a message, the chief need."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    chief = [list(needs())[int(row.argmax())] for row in train.truth]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        by_need: dict[str, list[str]] = {}
        for text, code in zip(train.texts, chief, strict=True):
            by_need.setdefault(code, []).append("- " + " ".join(text.replace("[", "(").replace("]", ")").split()))
        nlu = [{"intent": code, "examples": "\n".join(texts)} for code, texts in by_need.items()]
        (Path(folder) / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True, width=10_000))
        pipeline: list[dict[str, Any]] = [
            {"name": "bot.components.hearing.Hearing"},
            {
                "name": "DIETClassifier",
                "epochs": DIET_EPOCHS,
                "entity_recognition": False,
                "random_seed": SEED,
                "ranking_length": 0,
            },
        ]
        config = {"recipe": "default.v1", "language": "en", "assistant_id": "bench", "pipeline": pipeline}
        (Path(folder) / "config.yml").write_text(yaml.safe_dump(config))
        agent = Agent.load(train_nlu(str(Path(folder) / "config.yml"), str(Path(folder) / "nlu.yml"), folder))

        async def ask() -> list[dict[str, float]]:
            return [_ranking(await agent.parse_message(text)) for text in test.texts]

        said = asyncio.run(ask())
    return _odds(np.array([[one.get(code, 0.0) for code in needs()] for one in said], np.float32))


def _ranking(parsed: dict[str, Any]) -> dict[str, float]:
    return {one["name"]: one["confidence"] for one in parsed["intent_ranking"]}


def _row(name: str, odds: Vectors, truth: Vectors) -> str:
    order = odds.argsort(axis=1)[:, ::-1]
    first = np.take_along_axis(truth, order[:, :1], axis=1).mean()
    three = np.take_along_axis(truth, order[:, :3], axis=1).sum() / truth.sum()
    return f"| {name} | {first:.3f} | {three:.3f} | {_best_f1(odds, truth):.3f} |"


def _best_f1(odds: Vectors, truth: Vectors) -> float:
    """At the threshold that suits each candidate best: they are compared, not shipped."""

    def f1(threshold: float) -> float:
        said = odds >= threshold
        return 2 * float((said * truth).sum()) / float(said.sum() + truth.sum())

    measure: Callable[[float], float] = f1
    return max(measure(threshold) for threshold in np.quantile(odds, np.linspace(0.9, 0.995, 60)))


if __name__ == "__main__":
    main()
