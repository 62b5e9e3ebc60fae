"""Where Rasa's trained model lies, what it is made from, and whether that has changed since."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from directory.settings import Settings

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config.yml"
DOMAIN = ROOT / "bot" / "domain"
TRAINING_DATA = (ROOT / "nlu_data" / "nlu", ROOT / "nlu_data" / "rules")
MODEL_NAME = "signpost"
_CODE = (
    ROOT / "bot" / "components",
    ROOT / "bot" / "understanding" / "intents.py",
    ROOT / "directory" / "encoder.py",
    ROOT / "requirements.txt",
)


def models_folder(at: Settings) -> Path:
    """The folder of trained models."""
    return at.var / "models"


def model_file(at: Settings) -> Path:
    """The trained model's archive."""
    return models_folder(at) / f"{MODEL_NAME}.tar.gz"


def is_current(at: Settings) -> bool:
    """Whether a model is there and was trained from exactly what lies in the tree now."""
    mark = _mark(at)
    return model_file(at).exists() and mark.exists() and mark.read_text() == fingerprint()


def note_trained(at: Settings) -> None:
    """Remember what the model that was just trained was made from."""
    _mark(at).write_text(fingerprint())


def fingerprint() -> str:
    """A hash over every file the model depends on, and the Python it was trained with."""
    digest = hashlib.sha256(sys.version.encode())
    for place in (CONFIG, DOMAIN, *TRAINING_DATA, *_CODE):
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and file.suffix in {".yml", ".py", ".txt"}:
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _mark(at: Settings) -> Path:
    return models_folder(at) / f"{MODEL_NAME}.trained-from"
