"""Labelled texts to compare with: what a text is like, it is about.

Their vectors are kept along the axes in which they differ most, and there as codes, four bits a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from directory.encoder import Vectors

NEAREST = 20
GROUP = 64  # texts that are looked at together
SHARPNESS = 0.05  # cosine by which a neighbour must be nearer to count e times as much
VALUES = 256  # that a piece may take
AXES = 128  # of 384: a third of the time to compare, and as right; 96 lose a point of the needs recalled in three
PIECES = 64  # of a vector, a byte each


@dataclass(frozen=True)
class Neighbours:
    """The labelled texts of one encoder."""

    axes: npt.NDArray[np.float16]
    """(dimension, kept)."""
    codebooks: npt.NDArray[np.float16]
    """(pieces, 256, kept / pieces): the values that a piece of a vector may take."""
    codes: npt.NDArray[np.uint8]
    """(texts, pieces)."""
    labels: npt.NDArray[np.bool_]
    """(texts, labels)."""

    @cached_property
    def vectors(self) -> Vectors:
        """(texts, kept), as the codes have them."""
        rows = [book[code] for book, code in zip(self.codebooks, self.codes.T, strict=True)]
        return np.ascontiguousarray(np.concatenate(rows, axis=1, dtype=np.float32))

    @cached_property
    def _along(self) -> Vectors:
        return self.axes.astype(np.float32)

    def shares(self, vectors: Vectors) -> Vectors:
        """(n, labels): the share of the nearest texts that has each label, the nearer counting more, for (n, dimension)."""
        likeness = vectors @ self._along @ self.vectors.T
        nearest = most(likeness)
        weight = np.exp((np.take_along_axis(likeness, nearest, axis=1) - 1) / SHARPNESS)
        weight /= weight.sum(axis=1, keepdims=True)
        result: Vectors = np.einsum("tn,tnc->tc", weight, self.labels[nearest].astype(np.float32))
        return result

    def as_arrays(self) -> dict[str, Any]:
        """For `np.savez`."""
        packed = np.packbits(self.labels, axis=1)
        return {
            "axes": self.axes,
            "codebooks": self.codebooks,
            "neighbours": self.codes,
            "labels": packed,
            "label_count": self.labels.shape[1],
        }

    @staticmethod
    def from_arrays(stored: Mapping[str, Any]) -> Neighbours:
        """From what `as_arrays` wrote."""
        labels = np.unpackbits(stored["labels"], axis=1, count=int(stored["label_count"])).astype(bool)
        return Neighbours(stored["axes"], stored["codebooks"], stored["neighbours"], labels)


def most(likeness: Vectors) -> npt.NDArray[np.int64]:
    """(n, NEAREST) where each row of (n, texts) is greatest, in no order.

    What is among the greatest is in one of the NEAREST groups with the greatest members: to look through these alone takes
    a fifth of the time.
    """
    n, texts = likeness.shape
    groups = texts // GROUP
    if groups <= NEAREST:
        return np.argpartition(-likeness, NEAREST, axis=1)[:, :NEAREST]
    grouped = groups * GROUP  # the few that are left over are looked through as well
    best = likeness[:, :grouped].reshape(n, GROUP, groups).max(axis=1)
    chosen = np.argpartition(-best, NEAREST, axis=1)[:, :NEAREST]
    members = (chosen[:, :, None] + groups * np.arange(GROUP)).reshape(n, -1)
    among = np.hstack([members, np.broadcast_to(np.arange(grouped, texts), (n, texts - grouped))])
    likely = np.take_along_axis(likeness, among, axis=1)
    return np.take_along_axis(among, np.argpartition(-likely, NEAREST, axis=1)[:, :NEAREST], axis=1)


def fit_neighbours(vectors: Vectors, truth: Vectors) -> Neighbours:
    """Take up (n, dimension) vectors and their (n, labels) truth, coded by a product quantiser (Jégou and others, 2011)."""
    import faiss

    kept = min(AXES, vectors.shape[1])
    axes = np.linalg.svd(vectors, full_matrices=False)[2][:kept].T
    along = np.ascontiguousarray(vectors @ axes)
    pieces = min(PIECES, kept)
    quantiser = faiss.ProductQuantizer(kept, pieces, 8)
    quantiser.train(along[np.arange(max(len(along), VALUES)) % len(along)])  # it asks for as many as it makes
    books = faiss.vector_to_array(quantiser.centroids).reshape(pieces, VALUES, -1)
    codes = quantiser.compute_codes(along)
    return Neighbours(axes.astype(np.float16), books.astype(np.float16), codes, truth.astype(bool))
