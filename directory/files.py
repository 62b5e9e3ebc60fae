"""Where the directory's data files and council packs lie, and how YAML and CSV are read."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DATA = HERE / "data"
COUNCILS = HERE / "councils"

# The C loader is ten times quicker; PyYAML wheels have it, a build from source may not.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; OSError or yaml.YAMLError where it cannot be read."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (the loader is a safe one)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header; every value is a stripped string, never None."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]
