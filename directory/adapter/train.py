"""Trains the one adapter that needs, danger and search share: `python -m directory.adapter.train`.

A message is drawn to texts about its need (a service, the vocabulary's words, another message) and away from the other
texts of the batch that share none of its needs. What the frozen encoder knows of services is kept: the likeness among
the batch's texts must stay what it was, so that two services of one need remain two services.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import numpy as np

from directory.adapter.examples import Example, dangers, listings, meanings, messages, sentences, services, written_to
from directory.encoder_files import model_folder
from directory.files import DATA

BATCH = 32
TEMPERATURE = 0.05
KEEP = 8.0  # weight of what must stay as it was
RATE = 5e-4
RANK = 8
LONGEST_MESSAGE, LONGEST_TEXT = 56, 72  # tokens
SEED = 7


def main() -> None:
    """Train from the committed data and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA / "adapter")
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--start", type=Path, help="An adapter to go on from.")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], help="Voices (files of messages) to leave out, for measuring.")
    parser.add_argument("--without-pack", action="store_true", help="Leave Westmere's services out, for measuring.")
    asked = parser.parse_args()
    heard = messages(asked.without) + written_to() * 3 + dangers()
    told = services(() if asked.without_pack else ("westmere",)) + listings() + meanings() * 3
    train(heard, told, asked.out, asked.epochs, asked.threads, asked.start)


def train(heard: list[Example], told: list[Example], out: Path, epochs: float, threads: int, start: Path | None = None) -> None:
    """Fit the adapter to messages `heard` and texts `told`, and save it in `out`."""
    import torch
    from peft import LoraConfig, PeftModel, get_peft_model
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(SEED)
    torch.set_num_threads(threads)
    random.seed(SEED)
    tokenizer = AutoTokenizer.from_pretrained(str(model_folder()))
    network: Any = AutoModel.from_pretrained(str(model_folder()))
    config = LoraConfig(r=RANK, lora_alpha=2 * RANK, lora_dropout=0.05, target_modules=["query", "value"])
    network = PeftModel.from_pretrained(network, str(start), is_trainable=True) if start else get_peft_model(network, config)

    def vectors(texts: list[str], longest: int) -> Any:
        tokens = tokenizer(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with torch.autocast("cpu", torch.bfloat16):
            words = network(**tokens)[0]
        mask = tokens["attention_mask"].unsqueeze(-1).float()
        return torch.nn.functional.normalize((words.float() * mask).sum(1) / mask.sum(1), dim=1)

    def frozen(texts: list[str]) -> Any:
        """What the encoder says before it is adapted; a text comes up many times and is encoded once."""
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            with torch.no_grad(), network.disable_adapter():
                network.eval()
                known.update(zip(new, vectors(new, LONGEST_TEXT).numpy(), strict=True))
                network.train()
        return np.stack([known[text] for text in texts])

    known: dict[str, Any] = {}
    steps = int(epochs * len(heard) / BATCH)
    batches = _batches(heard, told)
    learned = [weight for weight in network.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    network.train()
    began, smooth = time.monotonic(), 0.0
    for step in range(steps):
        asked, answers, against = next(batches)
        before = torch.tensor(frozen(answers))
        questions, texts = vectors(asked, LONGEST_MESSAGE), vectors(answers, LONGEST_TEXT)
        likeness = (questions @ texts.T / TEMPERATURE).masked_fill(torch.tensor(against), -1e4)
        wanted = torch.arange(len(asked))
        drawn = torch.nn.functional.cross_entropy(likeness, wanted) + torch.nn.functional.cross_entropy(likeness.T, wanted)
        kept = ((texts @ texts.T - before @ before.T) ** 2).mean()
        (drawn / 2 + KEEP * kept).backward()
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        smooth = drawn.item() / 2 if step == 0 else 0.95 * smooth + 0.05 * drawn.item() / 2
        if step % 20 == 0:
            print(f"{step}/{steps} {smooth:.3f} {kept.item():.4f} {time.monotonic() - began:.0f} s", flush=True)
    network.peft_config["default"].base_model_name_or_path = "sentence-transformers/all-MiniLM-L6-v2"  # no path of this machine
    network.save_pretrained(str(out))
    (out / "README.md").unlink(missing_ok=True)


def _batches(heard: list[Example], told: list[Example]) -> Any:
    """Endless batches: messages, a text for each, and which pairs must not be told apart (they share a need)."""
    by_need: dict[str, list[Example]] = {}
    for one in told:
        for rank, code in enumerate(one.needs[:2]):
            by_need.setdefault(code, []).extend([one] * (2 - rank))
    by_name = {one.group: one for one in told}
    spoken: dict[str, list[Example]] = {}
    for one in heard:
        spoken.setdefault(one.needs[0] if one.needs else "", []).append(one)
    waiting: list[Example] = []
    while True:
        if len(waiting) < BATCH:
            waiting += random.sample(heard, len(heard))
        chosen, waiting = waiting[:BATCH], waiting[BATCH:]
        answers = [_answer(one, by_need, by_name, spoken) for one in chosen]
        against = [
            [row != column and bool(set(one.needs) & set(other.needs)) for column, (other, _) in enumerate(answers)]
            for row, one in enumerate(chosen)
        ]
        yield [one.text for one in chosen], [text for _, text in answers], against


def _answer(
    one: Example, by_need: dict[str, list[Example]], by_name: dict[str, Example], spoken: dict[str, list[Example]]
) -> tuple[Example, str]:
    """A text that answers the message: its own listing, else one about its need; sometimes another message."""
    if one.answers:
        return by_name[one.answers], by_name[one.answers].text
    code = one.needs[0] if random.random() < 0.8 else random.choice(one.needs)
    if random.random() < 0.15:
        other = random.choice(spoken.get(code) or [one])
        return other, other.text
    found = random.choice(by_need[code])
    parts = list(sentences(found))
    return found, random.choice(parts) if parts and random.random() < 0.3 else found.text


if __name__ == "__main__":
    main()
