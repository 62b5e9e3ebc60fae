"""The index: every service's vectors, kept in files that are built beside the old ones and swapped in.

`<var>/index/current` names the folder in use. A folder holds `whole.npy` (a vector for each service's whole text),
`sentences.npy` (a vector for each sentence), `rows.npz` (whose they are, their needs, what their words tell) and
`whole.faiss` (`directory.nearest`). The last index is also the cache: a text that is in it is not read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from filelock import FileLock
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.encoder import Encoder, Vectors
from directory.labels import Labels, label_services
from directory.learned import FILE, learned
from directory.nearest import build_nearest, load_nearest, save_nearest
from directory.records import Service, ServiceNeed
from directory.service_needs import known_needs, settled_needs, write_told
from directory.settings import settings

FORMAT = 3  # raise it when the files or the texts that are encoded change
SENTENCES = 12  # of a service at most; what matters is said early
SHORTEST = 15  # characters; "Free." says nothing of its own
COMMON = 4  # services; a sentence that more of them hold ("Please see our website.") tells none of them apart

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

Halves = npt.NDArray[np.float16]
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
    whole: Halves
    """(n, dimension) unit vectors of half precision, in the file."""
    nearest: Any
    """To be asked with `directory.nearest`."""
    sentences: Halves
    """(m, dimension), the sentences of service i at `starts[i]:starts[i + 1]`; the first is its name."""
    starts: npt.NDArray[np.int64]
    needs: Vectors
    """(n, needs): how surely and how chiefly each is answered, 0 to 1."""
    labels: Labels


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
    fitted = FILE.stat().st_mtime_ns if FILE.exists() else 0
    digest = hashlib.sha256(f"{FORMAT} {encoder_identity} {fitted}".encode())
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
            whole=np.load(folder / "whole.npy", mmap_mode="r"),
            nearest=load_nearest(folder / "whole.faiss"),
            sentences=np.load(folder / "sentences.npy", mmap_mode="r"),
            starts=rows["starts"],
            needs=rows["needs"].astype(np.float32),
            labels=Labels.from_arrays(rows),
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
    chosen = select(Service.key, Service.name, Service.summary, Service.description, Service.eligibility)
    rows = session.execute(chosen.where(Service.status == "active").order_by(Service.key)).all()
    whole_texts: list[str] = []
    said_by: list[list[str]] = []
    for row in rows:
        text, its_sentences = texts_of(row.name, row.summary, row.description)
        whole_texts.append(text)
        said_by.append(its_sentences)
    sentences, starts = _telling(said_by)
    texts = [*whole_texts, *sentences]
    hashes = np.array([_hash(encoder.identity, text) for text in texts], np.uint64)
    last = current_index()
    vectors, encoded = _vectors(texts, hashes, encoder, last, progress)
    keys = [row.key for row in rows]
    whole, said_vectors = vectors[: len(rows)], vectors[len(rows) :]
    number = {key: position for position, key in enumerate(keys)}
    said, names_any, corrected = known_needs(session, number)
    knows = learned(encoder.identity)
    told = knows.service_needs(whole, said_vectors, starts) if knows and keys else None
    if told is not None:
        write_told(session, keys, told, names_any)
    needs = settled_needs(told, said, names_any, corrected)
    read = [f"{text} {row.eligibility}" for text, row in zip(whole_texts, rows, strict=True)]
    read_hashes = np.array([_hash("labels", text) for text in read], np.uint64)
    labels = label_services([row.name for row in rows], read, _known_labels(last, read_hashes))
    arrays = {"starts": starts, "hashes": hashes, "read_hashes": read_hashes, "needs": needs.astype(np.float16)}
    _write(fingerprint(session, encoder.identity), keys, whole, said_vectors, needs, arrays | labels.as_arrays())
    return Built(len(rows), len(texts), encoded, time.perf_counter() - began)


def _telling(said_by: list[list[str]]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The sentences of all services less those that too many share (never a name), and where each service's begin."""
    shared = Counter(sentence for said in said_by for sentence in set(said[1:]))
    sentences: list[str] = []
    starts = [0]
    for said in said_by:
        sentences += [said[0], *(sentence for sentence in said[1:] if shared[sentence] <= COMMON)]
        starts.append(len(sentences))
    return sentences, np.array(starts, np.int64)


def _vectors(
    texts: Sequence[str], hashes: Hashes, encoder: Encoder, last: Index | None, progress: Progress | None
) -> tuple[Vectors, int]:
    """A vector for each text, from the last index where it has it; and how many had to be encoded."""
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    missing = np.ones(len(texts), bool)
    if last and last.keys and last.whole.shape[1] == encoder.dimension:
        row = _rows_of(_array(last, "hashes"), hashes)
        missing = row < 0
        old = row[~missing]
        whole = old < len(last.keys)
        kept = np.empty((len(old), encoder.dimension), np.float32)
        kept[whole] = last.whole[old[whole]]
        kept[~whole] = last.sentences[old[~whole] - len(last.keys)]
        vectors[~missing] = kept
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


def _known_labels(last: Index | None, hashes: Hashes) -> tuple[Labels, npt.NDArray[np.int64]] | None:
    """The last index's labels, and the row of each text there (-1: not there)."""
    return (last.labels, _rows_of(_array(last, "read_hashes"), hashes)) if last and last.keys else None


def _rows_of(known: Hashes, wanted: Hashes) -> npt.NDArray[np.int64]:
    """Where each of `wanted` stands in `known`; -1 where it does not."""
    order = np.argsort(known)
    at = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
    found = order[at]
    return np.where(known[found] == wanted, found, -1)


def _array(index: Index, name: str) -> Hashes:
    array: Hashes = np.load(index.folder / "rows.npz")[name]
    return array


def _write(mark: str, keys: list[str], whole: Vectors, sentences: Vectors, needs: Vectors, arrays: dict[str, Any]) -> None:
    root = _root()
    folder = root / f"{mark}-{os.getpid()}-{time.time_ns()}"
    folder.mkdir()
    save_nearest(build_nearest(whole, needs), folder / "whole.faiss")
    np.save(folder / "whole.npy", whole.astype(np.float16))
    np.save(folder / "sentences.npy", sentences.astype(np.float16))
    np.savez(folder / "rows.npz", keys=np.array(keys, dtype=str), **arrays)
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
