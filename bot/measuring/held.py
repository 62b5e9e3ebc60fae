"""The held-back messages: `dev`, by which thresholds are chosen, and `test`, which is only reported."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parents[2] / "nlu_data"
FOLDERS = {"dev": DATA / "dev", "test": DATA / "heldback"}


def rows(half: str, name: str) -> list[list[str]]:
    """The columns of each line of one file; none where this half has no such file."""
    file = FOLDERS[half] / f"{name}.tsv"
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
