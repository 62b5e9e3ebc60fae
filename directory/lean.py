"""Keeps the large libraries that a serving process does not use out of its memory."""

from __future__ import annotations

import sys

HEAVY = ("torch", "cupy", "mxnet")
"""Looked for by spaCy's and Rasa's dependencies only to see whether they are there; six seconds and 200 MB for torch."""


def without_heavy_imports(*more: str) -> None:
    """Make `import torch` (and the like) fail at once in this process, unless it was imported already.

    Training and the encoder's export do use torch: they import it before anything that calls this.
    """
    for name in (*HEAVY, *more):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
