"""Trains Rasa's model from config.yml, bot/domain and nlu_data, as a process of its own."""

from __future__ import annotations

import logging
import os
import sys
import warnings

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1")
warnings.simplefilter("ignore")

from directory.lean import without_heavy_imports  # noqa: E402

without_heavy_imports()

from rasa.model_training import train  # noqa: E402

from bot.launch.model import CONFIG, DOMAIN, MODEL_NAME, TRAINING_DATA, models_folder  # noqa: E402
from directory.settings import settings  # noqa: E402


def main() -> int:
    """Train; 0 when a model was written."""
    logging.basicConfig(level=logging.WARNING)
    result = train(
        domain=str(DOMAIN),
        config=str(CONFIG),
        training_files=[str(folder) for folder in TRAINING_DATA],
        output=str(models_folder(settings())),
        fixed_model_name=MODEL_NAME,
        force_training=True,  # whether training is needed was decided before this process was started
    )
    return 0 if result.model else 1


if __name__ == "__main__":
    sys.exit(main())
