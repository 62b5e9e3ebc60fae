"""The index: every service's vectors, kept in files that are built beside the old ones and swapped in.

`<var>/index/current` names the folder in use. A folder holds `whole.faiss` (a vector for each service's whole text),
`sentences.npy` (a vector for each sentence) and `rows.npz` (whose they are). The last index is also the cache: a text
that is in it is not encoded again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt
from filelock import FileLock
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.encoder import Encoder, Vectors
from directory.records import Service, ServiceNeed
from directory.settings import settings

FORMAT = 1  # raise it when the files or the texts that are encoded change
SENTENCES = 12  # of a service at most; what matters is said early
SHORTEST = 15  # characters; "Free." says nothing of its own

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

Hashes = npt.NDArray[np.uint64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Index:
    """A loaded index; it stays good while a newer one is swapped in."""

    folder: Path
    fingerprint: str
    """Of the services it was built from, and the encoder."""
    keys: list[str]
    """`source/id` of each service, in the order of its rows."""
    whole: Any
    """faiss.IndexFlatIP of n unit vectors; inner product is the cosine."""
    sentences: Vectors
    """(m, dimension), the sentences of service i at `starts[i]:starts[i + 1]`."""
    starts: npt.NDArray[np.int64]

    def whole_vectors(self) -> Vectors:
        """The n whole-text vectors, without a copy."""
        rows, width = self.whole.ntotal, self.whole.d
        return faiss.rev_swig_ptr(self.whole.get_xb(), rows * width).reshape(rows, width)


@dataclass(frozen=True)
class Built:
    """What a build did."""

    services: int
    texts: int
    encoded: int
    """Texts that were not in the last index."""
    seconds: float


def texts_of(name: str, summary: str, description: str) -> tuple[str, list[str]]:
    """What is encoded of a service: its whole text, and its sentences (the name is the first)."""
    whole = " ".join(filter(None, (f"{name}.", summary, description)))
    said = [part.strip() for part in _SENTENCE.split(f"{summary}\n{description}")]
    return whole, [name, *(part for part in said if len(part) >= SHORTEST)][:SENTENCES]


def fingerprint(session: Session, encoder_identity: str) -> str:
    """Changes when any service in use, a worker's word on its needs or the encoder does."""
    digest = hashlib.sha256(f"{FORMAT} {encoder_identity}".encode())
    services = select(Service.key, Service.checksum, Service.council).where(Service.status == "active")
    for row in session.execute(services.order_by(Service.key)):
        digest.update(f"{row.key}\t{row.checksum}\t{row.council}\n".encode())
    worker = select(ServiceNeed.service_key, ServiceNeed.code, ServiceNeed.confidence)
    for row in session.execute(worker.where(ServiceNeed.by == "worker").order_by(ServiceNeed.service_key)):
        digest.update(f"{row.service_key}\t{row.code}\t{row.confidence}\n".encode())
    return digest.hexdigest()[:20]


def current_index() -> Index | None:
    """The index in use, or None where there is none that can be read."""
    pointer = _root() / "current"
    try:
        folder = _root() / pointer.read_text().strip()
        about = json.loads((folder / "about.json").read_text())
        rows = np.load(folder / "rows.npz")
        return Index(
            folder=folder,
            fingerprint=about["fingerprint"],
            keys=rows["keys"].tolist(),
            whole=faiss.read_index(str(folder / "whole.faiss")),
            sentences=np.load(folder / "sentences.npy", mmap_mode="r"),
            starts=rows["starts"],
        )
    except (OSError, KeyError, ValueError, RuntimeError):  # half-written or of an older form: built again
        return None


def build_index(session: Session, encoder: Encoder, progress: Progress | None = None) -> Built:
    """Build the index of all active services beside the one in use, then swap it in; readers never see half of one.

    `progress` is told (texts encoded, texts to encode). One build at a time, over all processes.
    """
    _root().mkdir(parents=True, exist_ok=True)
    with FileLock(_root() / "lock"):
        return _build(session, encoder, progress)


def pointer_age() -> float:
    """When the index in use was swapped in (seconds since 1970); 0 where there is none. Cheap: one look at a file."""
    try:
        return (_root() / "current").stat().st_mtime
    except OSError:
        return 0.0


def _build(session: Session, encoder: Encoder, progress: Progress | None) -> Built:
    began = time.perf_counter()
    chosen = select(Service.key, Service.name, Service.summary, Service.description)
    rows = session.execute(chosen.where(Service.status == "active").order_by(Service.key)).all()
    whole_texts: list[str] = []
    sentences: list[str] = []
    starts = [0]
    for row in rows:
        whole, said = texts_of(row.name, row.summary, row.description)
        whole_texts.append(whole)
        sentences += said
        starts.append(len(sentences))
    texts = [*whole_texts, *sentences]
    hashes = np.array([_hash(encoder.identity, text) for text in texts], np.uint64)
    vectors, encoded = _vectors(texts, hashes, encoder, progress)
    _write(fingerprint(session, encoder.identity), [row.key for row in rows], vectors, np.array(starts), hashes)
    return Built(len(rows), len(texts), encoded, time.perf_counter() - began)


def _vectors(texts: Sequence[str], hashes: Hashes, encoder: Encoder, progress: Progress | None) -> tuple[Vectors, int]:
    """A vector for each text, from the last index where it has it; and how many had to be encoded."""
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    missing = np.ones(len(texts), bool)
    if cached := _cache(encoder.dimension):
        order, known, old = cached
        at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        missing = known[at] != hashes
        vectors[~missing] = old[order[at[~missing]]]
    _, first, again = np.unique(hashes[missing], return_index=True, return_inverse=True)
    wanted = np.flatnonzero(missing)[first]
    fresh = np.empty((len(wanted), encoder.dimension), np.float32)
    for start in range(0, len(wanted), 512):
        some = wanted[start : start + 512]
        fresh[start : start + len(some)] = encoder.encode_uncached([texts[n] for n in some])
        if progress:
            progress(start + len(some), len(wanted))
    vectors[missing] = fresh[again]
    return vectors, len(wanted)


def _cache(dimension: int) -> tuple[npt.NDArray[np.int64], Hashes, Vectors] | None:
    """The last index's vectors by hash: the sorting order, the sorted hashes, the vectors. None where it has none."""
    last = current_index()
    if last is None or not last.keys or last.whole.d != dimension:
        return None
    hashes = np.load(last.folder / "rows.npz")["hashes"]
    order = np.argsort(hashes)
    return order, hashes[order], np.concatenate([last.whole_vectors(), last.sentences])


def _write(mark: str, keys: list[str], vectors: Vectors, starts: npt.NDArray[np.int64], hashes: Hashes) -> None:
    root = _root()
    folder = root / f"{mark}-{os.getpid()}-{time.time_ns()}"
    folder.mkdir()
    whole = faiss.IndexFlatIP(vectors.shape[1])
    whole.add(np.ascontiguousarray(vectors[: len(keys)]))
    faiss.write_index(whole, str(folder / "whole.faiss"))
    np.save(folder / "sentences.npy", vectors[len(keys) :])
    np.savez(folder / "rows.npz", keys=np.array(keys, dtype=str), starts=starts, hashes=hashes)
    (folder / "about.json").write_text(json.dumps({"fingerprint": mark, "services": len(keys)}))
    pointer = root / f"current.{os.getpid()}"
    pointer.write_text(folder.name)
    pointer.replace(root / "current")
    # Those who have an older folder open keep its files until they let go.
    for old in root.iterdir():
        if old.is_dir() and old != folder:
            shutil.rmtree(old, ignore_errors=True)


def _hash(encoder_identity: str, text: str) -> int:
    digest = hashlib.blake2b(f"{encoder_identity}\t{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _root() -> Path:
    return settings().var / "index"
