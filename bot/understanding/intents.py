"""What a message is for in the conversation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.language import ENGLISH
from bot.understanding.one_of import STRENGTH, OneOf, fit_one_of
from directory.settings import settings
from directory.spelling import put_right

EXAMPLES = Path(__file__).parents[2] / "nlu_data" / "nlu"

OTHER_LANGUAGE = "other_language"
"""What a message in another language is for, whatever its vector looks like: the encoder reads English."""
UNSURE = "nlu_fallback"
"""Named where no intent is sure enough; no classifier learns it."""
SURE_ENOUGH = 0.25
CLEARLY_FIRST = 0.03
"""By how much the first must lead the second."""
NEED_SPEAKS = 0.5
"""A need this sure says what the message is for, where the intent itself is in doubt."""
IN_DOUBT = 0.6
_MISTAKEN_FOR = frozenset(
    {
        "out_of_scope",
        "ask_details",
        "ask_cost",
        "ask_more",
        "ask_social_services",
        "correct",
        "greet",
        "goodbye",
        "stop",
        OTHER_LANGUAGE,
        UNSURE,
    }
)
"""What a difficulty told in unusual words is most often taken for."""


def settle(ranked: Sequence[tuple[str, float]], needs: Sequence[Mapping[str, Any]], language: str = ENGLISH) -> tuple[str, float]:
    """The intent to act on, from the ranked ones, the needs heard ({"code", "confidence", …}, best first), the language.

    Somebody who tells a difficulty is answered with help even where the wording was taken for something else.
    """
    if language != ENGLISH:
        return OTHER_LANGUAGE, 1.0
    (first, share), (_, second) = ranked[0], ranked[1]
    unsure = share < SURE_ENOUGH or share - second < CLEARLY_FIRST
    name = UNSURE if unsure else first
    told = needs[0]["confidence"] if needs else 0.0
    if (unsure and needs) or (name in _MISTAKEN_FOR and share < IN_DOUBT and told >= NEED_SPEAKS):
        return "describe_difficulty", max(share, told)
    return name, share


def read_examples(folder: Path = EXAMPLES) -> tuple[list[str], list[str]]:
    """Texts and intents of Rasa's training files, read without Rasa."""
    texts, names = [], []
    for file in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.strip().startswith("- "):
                    texts.append(line.strip()[2:].strip())
                    names.append(block["intent"])
    return texts, names


def intents_head() -> OneOf:
    """The head for use outside Rasa: fitted on the same examples, in the same way, and kept under `var/heads`."""
    from directory.encoder import load_encoder

    texts, names = read_examples()
    encoder = load_encoder()
    spelt = [put_right(text) for text in texts]
    key = hashlib.sha256("\n".join([encoder.identity, str(STRENGTH), *spelt, *names]).encode()).hexdigest()[:16]
    kept = settings().var / "heads" / f"intents-{key}.npz"
    if not kept.exists():
        fit_one_of(texts, encoder.encode_uncached(spelt), names).save(kept)
    return OneOf.load(kept)
