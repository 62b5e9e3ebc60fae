"""The encoder: texts → unit vectors, with onnxruntime and without torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from directory.encoder_files import EncoderError, adapter_folder, encoder_folder, identity, model_folder
from directory.settings import settings

Vectors = npt.NDArray[np.float32]

CACHE = 4096  # texts; 6 MB of vectors
TOKENS_PER_RUN = 1024  # bounds memory: onnxruntime keeps what its largest run needed
LONGEST = 4000  # characters looked at; 256 tokens are never more in words


class Encoder:
    """An exported model, loaded once per process (90 MB mapped, about 140 MB in use); safe to share among threads."""

    def __init__(self, folder: Path) -> None:
        # Imported here, so that what only needs the types stays quick to start.
        import onnxruntime
        from tokenizers import Tokenizer

        about = json.loads((folder / "encoder.json").read_text())
        self.dimension: int = about["dimension"]
        self.identity: str = about["identity"]
        """Changes with the weights: an index made by another encoder is of no use to this one."""
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = min(2, os.cpu_count() or 1)
        options.inter_op_num_threads = 1
        # Threads that spin while they wait win 0.3 ms here and take it, many times over, from the other processes.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(about["max_tokens"])
        self._tokenizer.no_padding()
        self._cache: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`: float32, (len(texts), dimension), rows of unit length. Repeated texts cost nothing."""
        with self._lock:
            found = {text: self._cache[text] for text in texts if text in self._cache}
            for text in found:
                self._cache.move_to_end(text)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            found |= zip(missing, self.encode_uncached(missing), strict=True)
            with self._lock:
                self._cache.update((text, found[text]) for text in missing)
                while len(self._cache) > CACHE:
                    self._cache.popitem(last=False)
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return np.stack([found[text] for text in texts])

    def forget(self) -> None:
        """Empty the cache: its keys are what families wrote, and some of them have asked for that to be gone."""
        with self._lock:
            self._cache.clear()

    def encode_uncached(self, texts: Sequence[str]) -> Vectors:
        """As `encode`, for many texts that will not be asked for again: an index's."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch([text[:LONGEST] for text in texts])]
        vectors = np.empty((len(texts), self.dimension), np.float32)
        # Short ones with short ones: nothing is padded far.
        order = sorted(range(len(tokens)), key=lambda n: len(tokens[n]))
        start = 0
        while start < len(order):
            end = start + 1
            while end < len(order) and len(tokens[order[end]]) * (end + 1 - start) <= TOKENS_PER_RUN:
                end += 1
            rows = order[start:end]
            vectors[rows] = self._run([tokens[row] for row in rows])
            start = end
        return vectors

    def _run(self, tokens: list[list[int]]) -> Vectors:
        width = max(map(len, tokens))
        ids = np.zeros((len(tokens), width), np.int64)
        mask = np.zeros_like(ids)
        for row, some in enumerate(tokens):
            ids[row, : len(some)] = some
            mask[row, : len(some)] = 1
        result: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return result


def load_encoder() -> Encoder:
    """The configured encoder, exported first (15 s, in a process of its own) where it is missing or out of date.

    EncoderError where the weights are not there or the export fails.
    """
    if not export_current():
        prepare_encoder()
    return Encoder(encoder_folder())


def export_current() -> bool:
    """Whether `<var>/encoder` holds the export of the model and adapter that are configured now."""
    about = encoder_folder() / "encoder.json"
    if not about.exists():
        return False
    return bool(json.loads(about.read_text())["identity"] == identity(model_folder(), adapter_folder()))


def prepare_encoder() -> None:
    """Export the configured model in a process of its own: torch never enters this one."""
    model_folder(), adapter_folder()  # their own clear errors come first
    done = subprocess.run(
        [sys.executable, "-m", "directory.encoder_export"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
        env=os.environ | {"SIGNPOST_VAR": str(settings().var)},  # a relative one would mean another folder there
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise EncoderError(f"The encoder could not be exported: {last[0]}")
