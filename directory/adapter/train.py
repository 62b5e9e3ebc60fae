"""Trains the one adapter that needs, danger, intents and search share: `python -m directory.adapter.train`.

A message is drawn to texts about its need (a service, the vocabulary's words, another message) and away from the other
texts of the batch that share none of its needs; its needs and its danger must be told from its vector, and of a turn
what it is for; and what the frozen encoder knows of services is kept: the likeness among the batch's texts must stay what it was, so that two
services of one need remain two services.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from directory.adapter.batches import ASKING, Batch, batches
from directory.adapter.examples import NEARBY, Example, dangers, listings, meanings, messages, services, turns, written_to
from directory.encoder_files import model_folder
from directory.files import DATA
from directory.needs import needs
from directory.spelling import put_right

TEMPERATURE = 0.05
NEEDS, DANGER, INTENT, KEEP = 6.0, 3.0, 0.5, 8.0  # weights: needs, danger and intent told, what must stay as it was
RATE, HEADS_RATE = 1e-3, 2e-2
RANK = 16
ADAPTED = r".*encoder\.layer\.\d+\..*(query|key|value|dense)"  # every linear layer but the pooler's, which nothing uses
LONGEST_MESSAGE, LONGEST_TEXT = 64, 72  # tokens
TOGETHER = 16  # texts that run at once
SEED = 7
KINDS = (*NEARBY, "medical_emergency")
LOSSES = ("drawn", "needs", "danger", "intent", "kept")


def main() -> None:
    """Train from the committed data and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "adapter")
    parser.add_argument("--epochs", type=float, default=5.0)
    parser.add_argument("--start", type=Path, help="An adapter to go on from; default: none, from the encoder as it is.")
    parser.add_argument("--rate", type=float, default=RATE, help="The adapter's highest rate of learning.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", nargs="*", default=[], help="Voices (files of messages) to leave out, for measuring.")
    parser.add_argument("--without-pack", action="store_true", help="Leave Westmere's services out, for measuring.")
    asked = parser.parse_args()
    looked_at = dangers(asked.without)
    asking = messages(asked.without) + written_to() * 3 + [one for one in looked_at if one.needs]
    told = services(() if asked.without_pack else ("westmere",)) + listings() + meanings() * 3
    random.seed(SEED)
    network = Network(sorted({one.intent for one in turns()}), asked.start)
    train(network, batches(asking, looked_at, turns(), told), int(asked.epochs * len(asking) / ASKING), asked)


def train(network: Network, endless: Iterator[Batch], steps: int, asked: argparse.Namespace) -> None:
    """Fit the network to so many of the batches, and save its adapter."""
    import torch

    torch.set_num_threads(asked.threads)
    optimiser = torch.optim.AdamW(network.learned(asked.rate), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [asked.rate, HEADS_RATE], total_steps=steps, pct_start=0.1)
    began, smooth = time.monotonic(), np.zeros(len(LOSSES))
    for step, batch in zip(range(steps), endless, strict=False):
        losses = network.losses(batch)
        sum(losses).backward()
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        now = np.array([loss.item() for loss in losses])
        smooth = now if step == 0 else 0.95 * smooth + 0.05 * now
        if step % 20 == 0:
            said = " ".join(f"{name} {value:.3f}" for name, value in zip(LOSSES, smooth, strict=True))
            print(f"{step}/{steps} {said} {time.monotonic() - began:.0f} s", flush=True)
    network.save(asked.out)


class Network:
    """The encoder with its adapter, and the heads that are only needed while it learns."""

    def __init__(self, intents: list[str], start: Path | None) -> None:
        import torch
        from peft import LoraConfig, PeftModel, get_peft_model
        from transformers import AutoModel, AutoTokenizer

        torch.manual_seed(SEED)
        self._tokenizer = AutoTokenizer.from_pretrained(str(model_folder()))
        config = LoraConfig(r=RANK, lora_alpha=2 * RANK, lora_dropout=0.05, target_modules=ADAPTED)
        encoder = AutoModel.from_pretrained(str(model_folder()))
        self._network: Any = (
            PeftModel.from_pretrained(encoder, str(start), is_trainable=True) if start else get_peft_model(encoder, config)
        )
        self._network.train()
        width = self._network.config.hidden_size
        self._needs = torch.nn.Linear(width, len(needs()))
        self._danger = torch.nn.Linear(width, 1 + len(KINDS))
        self._intents = intents
        self._intent = torch.nn.Linear(width, len(intents))
        torch.nn.init.zeros_(self._intent.weight)
        torch.nn.init.zeros_(self._needs.weight)
        torch.nn.init.zeros_(self._danger.weight)
        torch.nn.init.constant_(self._needs.bias, -3.0)
        self._known: dict[str, Any] = {}

    def learned(self, rate: float) -> list[dict[str, Any]]:
        """The parameters, as the optimiser's two groups: adapter and heads."""
        adapter = [weight for weight in self._network.parameters() if weight.requires_grad]
        return [
            {"params": adapter, "lr": rate},
            {"params": [*self._needs.parameters(), *self._danger.parameters(), *self._intent.parameters()], "lr": HEADS_RATE},
        ]

    def losses(self, batch: Batch) -> list[Any]:
        """What is wrong still, weighted: one for each of LOSSES."""
        import torch
        from torch.nn.functional import binary_cross_entropy_with_logits as wrong
        from torch.nn.functional import cross_entropy

        before = torch.tensor(self._frozen([text for _, text in batch.answers]))
        typed = [put_right(one.text) for one in (*batch.asking, *batch.judged, *batch.turns)]
        said = self._vectors(typed, LONGEST_MESSAGE)
        said, spoken = said[: -len(batch.turns)], said[-len(batch.turns) :]
        texts = self._vectors([text for _, text in batch.answers], LONGEST_TEXT)
        asking = said[: len(batch.asking)]
        likeness = (asking @ texts.T / TEMPERATURE).masked_fill(torch.tensor(batch.must_not_part()), -1e4)
        wanted = torch.arange(len(asking))
        drawn = (cross_entropy(likeness, wanted) + cross_entropy(likeness.T, wanted)) / 2
        truth, known = _needs_of([*batch.asking, *batch.judged])
        needs_wrong = (wrong(self._needs(said), torch.tensor(truth), reduction="none") * torch.tensor(known)).sum()
        looked_at = [one for one in batch.judged if one.danger is not None]
        dangers_of = torch.tensor(_danger_of(looked_at))
        judged = self._danger(said[len(batch.asking) :][[one.danger is not None for one in batch.judged]])
        meant = torch.tensor([self._intents.index(one.intent) for one in batch.turns])
        misheard = cross_entropy(self._intent(spoken), meant)
        kept = ((texts @ texts.T - before @ before.T) ** 2).mean()
        told = NEEDS * needs_wrong / max(known.sum(), 1)
        return [drawn, told, DANGER * wrong(judged, dangers_of), INTENT * misheard, KEEP * kept]

    def save(self, out: Path) -> None:
        """Write the adapter, in half precision and without a path of this machine."""
        from safetensors.torch import load_file, save_file

        self._network.peft_config["default"].base_model_name_or_path = "sentence-transformers/all-MiniLM-L6-v2"
        self._network.save_pretrained(str(out))
        (out / "README.md").unlink(missing_ok=True)
        file = str(out / "adapter_model.safetensors")
        save_file({name: weight.half() for name, weight in load_file(file).items()}, file, {"format": "pt"})

    def _vectors(self, texts: list[str], longest: int) -> Any:
        """Unit vectors; short texts run with short ones, so that little is padded."""
        import torch

        order = np.argsort([len(text) for text in texts], kind="stable")
        found = []
        for some in np.array_split(order, max(1, len(texts) // TOGETHER)):
            tokens = self._tokenizer(
                [texts[n] for n in some], padding=True, truncation=True, max_length=longest, return_tensors="pt"
            )
            with torch.autocast("cpu", torch.bfloat16):
                words = self._network(**tokens)[0]
            mask = tokens["attention_mask"].unsqueeze(-1).float()
            found.append((words.float() * mask).sum(1) / mask.sum(1))
        return torch.nn.functional.normalize(torch.cat(found)[np.argsort(order)], dim=1)

    def _frozen(self, texts: list[str]) -> Any:
        """What the encoder says before it is adapted; a text comes up many times and is encoded once."""
        import torch

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            with torch.no_grad(), self._network.disable_adapter():
                self._network.eval()
                self._known.update(zip(new, self._vectors(new, LONGEST_TEXT).numpy(), strict=True))
                self._network.train()
        return np.stack([self._known[text] for text in texts])


def _needs_of(examples: list[Example]) -> tuple[Any, Any]:
    """(examples, needs) which needs they hold, and which of that is known, as 0 and 1."""
    truth = np.array([[code in one.needs for code in needs()] for one in examples], np.float32)
    known = truth if not examples else np.maximum(truth, [[float(one.complete)] for one in examples]).astype(np.float32)
    return truth, known


def _danger_of(examples: list[Example]) -> Any:
    """(examples, 1 + kinds): whether there is a danger, and of which kind."""
    return np.array([[bool(one.danger), *(one.danger == kind for kind in KINDS)] for one in examples], np.float32)


if __name__ == "__main__":
    main()
