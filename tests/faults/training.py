"""Trains the assistant for these tests, as a process of its own: all its rules and words, few examples, and a part that breaks."""

import os
import sys
from pathlib import Path

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1")

from directory.lean import without_heavy_imports  # noqa: E402

without_heavy_imports()

import yaml  # noqa: E402
from rasa.model_training import train  # noqa: E402

from bot.launch.model import CONFIG, DOMAIN, MODEL_NAME, TRAINING_DATA, models_folder  # noqa: E402
from directory.settings import settings  # noqa: E402

EXAMPLES = 3
"""Of each intent: enough to train with; what is understood well is tested elsewhere."""


def main() -> int:
    models = models_folder(settings())
    models.mkdir(parents=True, exist_ok=True)
    config = yaml.safe_load(CONFIG.read_text())
    config["pipeline"].insert(0, {"name": "tests.faults.throwing.Throwing"})
    (models / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    examples, rules = TRAINING_DATA
    (models / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": few(examples)}, allow_unicode=True))
    trained = train(
        domain=str(DOMAIN),
        config=str(models / "config.yml"),
        training_files=[str(models / "nlu.yml"), str(rules)],
        output=str(models),
        fixed_model_name=MODEL_NAME,
        force_training=True,
    )
    return 0 if trained.model else 1


def few(folder: Path) -> list[dict[str, str]]:
    blocks = [block for file in sorted(folder.glob("*.yml")) for block in yaml.safe_load(file.read_text())["nlu"]]
    return [
        {"intent": block["intent"], "examples": "".join(f"{line}\n" for line in block["examples"].splitlines()[:EXAMPLES])}
        for block in blocks
    ]


if __name__ == "__main__":
    sys.exit(main())
