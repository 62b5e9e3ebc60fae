"""The words and letter groups of a message as numbers, beside its sentence vector."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np

BITS = 15
"""Words and letter groups are counted in 2 ** BITS cells each."""
_MASK = (1 << BITS) - 1


@lru_cache(maxsize=20_000)
def _letters_of(word: str) -> frozenset[int]:
    padded = f" {word} "
    return frozenset(crc32(padded[i : i + n].encode()) & _MASK for n in (3, 4, 5) for i in range(len(padded) - n + 1))


def word_cells(said: Sequence[str]) -> np.ndarray:
    """The cells of a message's words, of its pairs, and of its pairs with a word between: sorted, no cell twice."""
    pairs = (f"{a} {b}" for a, b in zip(said, said[1:], strict=False))
    apart = (f"{a} _ {b}" for a, b in zip(said, said[2:], strict=False))
    return np.array(sorted({crc32(gram.encode()) & _MASK for gram in (*said, *pairs, *apart)}), dtype=np.int64)


def letter_cells(said: Sequence[str]) -> np.ndarray:
    """The cells of groups of three to five letters within a message's words: sorted, no cell twice."""
    return np.array(sorted({cell for word in set(said) for cell in _letters_of(word)}), dtype=np.int64)


def weighed(cells: np.ndarray, rarity: np.ndarray) -> np.ndarray:
    """The value of each cell: its rarity, the whole of unit length; zeros where nothing is known."""
    values = rarity[cells].astype(np.float32)
    length = float(np.linalg.norm(values))
    return values / length if length else values
