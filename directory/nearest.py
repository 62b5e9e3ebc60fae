"""The nearest services to a query: a FAISS index over each service's whole-text vector and its needs side by side.

The inner product of `[whole | needs]` with `[query | what was heard]` is the ranking's linear part, so the nearest are
the best candidates. Every service is looked at, in half precision: at a hundred thousand that takes 3 ms on one core,
which leaves nothing for lists and codes to win (docs/search.md).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from directory.encoder import Vectors

Rows = npt.NDArray[np.int32]


def build_nearest(whole: Vectors, needs: Vectors) -> Any:
    """A FAISS index of n rows, ready to search."""
    width = whole.shape[1] + needs.shape[1]
    index: Any = faiss.IndexScalarQuantizer(width, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    for start in range(0, len(whole), 8192):
        index.add(_joined(whole[start : start + 8192], needs[start : start + 8192]))
    return index


def save_nearest(index: Any, path: Path) -> None:
    """Write it."""
    faiss.write_index(index, str(path))


def load_nearest(path: Path) -> Any:
    """Read it; RuntimeError where it is damaged."""
    return faiss.read_index(str(path))


def nearest(index: Any, query: Vectors, allowed: npt.NDArray[np.bool_], most: int) -> Rows:
    """The rows of the best `most` services among those allowed; all of them where they are no more."""
    count = int(np.count_nonzero(allowed))
    if count <= most:
        return np.flatnonzero(allowed).astype(np.int32)
    options: dict[str, Any] = {}
    if count < len(allowed):
        options["sel"] = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
    parameters = faiss.SearchParameters(**options)
    faiss.omp_set_num_threads(1)  # one query is over before a second thread is awake
    _, rows = index.search(query[None, :].astype(np.float32), most, params=parameters)
    return rows[0][rows[0] >= 0].astype(np.int32)


def _joined(whole: Vectors, needs: Vectors) -> Vectors:
    return np.ascontiguousarray(np.concatenate([whole, needs], axis=1, dtype=np.float32))
