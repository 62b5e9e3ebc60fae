"""The needs a message holds, how surely, and the words that showed each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.understanding.steering import telling_words
from bot.understanding.text import adds, clauses
from directory.encoder_files import adapter_folder, identity, model_folder
from directory.lexical import cells_in
from directory.needs_head import NeedsHead, needs_head

PART_SURE, WHOLE_FROM, LIFTED_TO = 0.6, 0.2, 0.5
"""A need that a part of a message says so surely is heard with the third of these, where the whole hears it at all with the
second: three needs in one message share its one vector. A part believed at its own word costs more than it finds."""
ADDED_SURE = 0.9
"""Where one matter is added to another ("…, also my lad got suspended"), a part is heard by itself from here on."""
HINT = -2.0
"""Log-odds, in the words and letters of a part, from which its vector is worth asking for."""
HINT_OF_ANOTHER = 1.0
"""The same, of a need that the whole message does not tell of."""
NEVER_SILENT = 0.97
"""A need heard so surely is heard although the words around it are those of none: "can you help with my gas bill"."""
BEST_ALONE = 0.25
"""Where no need is sure enough, the likeliest is heard from here on: somebody who tells a difficulty is not asked again."""


@dataclass(frozen=True)
class NeedHeard:
    """One need, with the words of the message that showed it most."""

    code: str
    confidence: float
    """Probability, 0 to 1, that a reader would say this need is in the message."""
    words: str


@lru_cache(maxsize=1)
def head() -> NeedsHead:
    """The head for the encoder in use; ValueError where it was made for another."""
    found = needs_head(identity(model_folder(), adapter_folder()))
    if found is None:
        raise ValueError("The needs head was made with another encoder, or for another vocabulary of needs: run `signpost fit`.")
    return found


@dataclass(frozen=True)
class WholeHeard:
    """What a message as a whole says of needs, before its parts are looked at."""

    sure: np.ndarray
    """(needs,) probabilities."""
    none: float
    """How surely it holds no need."""

    @property
    def by_half(self) -> np.ndarray:
        """(needs,) those that a part may lift."""
        result: np.ndarray = (self.sure > WHOLE_FROM) & (self.sure < LIFTED_TO)
        return result

    @property
    def tells_parts_apart(self) -> bool:
        """Whether its parts would change anything: two needs to share the words among, or one that is heard by half."""
        if self.none >= head().no_need_from:
            return False
        return bool(self.by_half.any() or (self.sure >= head().threshold).sum() > 1)


@dataclass(frozen=True)
class Parts:
    """The parts of a message, and what their words and letters say."""

    texts: list[str]
    odds: np.ndarray
    """(parts, needs) log-odds."""
    own_matters: bool
    """Whether one is added to another, so that each may be a matter of its own."""

    def want_vectors(self, whole: WholeHeard) -> bool:
        """Whether a need that the whole hears by half may be said surely by one of them, or one is added."""
        if not self.texts:
            return False
        said = self.odds.max(axis=0)
        another = self.own_matters and bool((said[whole.sure < head().threshold] > HINT_OF_ANOTHER).any())
        return another or bool((said[whole.by_half] > HINT).any())


def hear_parts(text: str, whole: WholeHeard) -> Parts:
    """The parts of a message, none where they would change nothing."""
    texts = clauses(text)
    own_matters = adds(text) and whole.none < head().no_need_from
    if not whole.tells_parts_apart and not own_matters:
        texts = []
    views, needs = head().views, len(head().codes)
    cells = [cells_in(part) for part in texts]
    odds = [(views.words.log_odds(one.words) + views.letters.log_odds(one.letters))[:needs] / 2 for one in cells]
    return Parts(texts, np.array(odds).reshape(len(texts), needs), own_matters)


def hear_wholes(texts: Sequence[str], vectors: np.ndarray) -> list[WholeHeard]:
    """What each of the texts says, from its (texts, dimension) vectors."""
    confidences, none = head().hear(texts, vectors)
    return [WholeHeard(sure, float(share)) for sure, share in zip(confidences, none, strict=True)]


def hear_needs(text: str, whole: WholeHeard, parts: Parts, of_parts: np.ndarray) -> tuple[list[NeedHeard], list[NeedHeard]]:
    """Every need, surest first, and of these the ones that are sure enough: none where the message holds none.

    `of_parts` holds a vector for each of the parts; none where they do not `want_vectors`.
    """
    sure, says = whole.sure, parts.odds
    if len(of_parts):
        says = head().views.of_vector.confidences(of_parts)[:, : len(head().codes)]
        lifted = (says.max(axis=0) > PART_SURE) & (sure > WHOLE_FROM) & (parts.odds.max(axis=0) > HINT)
        sure = np.where(lifted, np.maximum(sure, LIFTED_TO), sure)
        if parts.own_matters:
            sure = np.where(_by_themselves(parts, of_parts), np.maximum(sure, ADDED_SURE), sure)
    shown = [parts.texts[n] for n in _telling(parts, says).argmax(axis=0)] if parts.texts else [text] * len(sure)
    every = [NeedHeard(code, float(sure[n]), shown[n]) for n, code in enumerate(head().codes)]
    every.sort(key=lambda need: -need.confidence)
    if whole.none >= head().no_need_from and every[0].confidence < NEVER_SILENT:
        return every, []
    enough = [need for need in every if need.confidence >= head().threshold]
    return every, enough or [need for need in every[:1] if need.confidence >= BEST_ALONE]


def _telling(parts: Parts, says: np.ndarray) -> np.ndarray:
    """(parts, needs) what the parts say, without those that only name somebody and an age: "i'm 15" shows no need."""
    tell = np.array([bool(telling_words(part)) for part in parts.texts])
    result: np.ndarray = np.where(tell[:, None], says, -np.inf) if tell.any() else says
    return result


def _by_themselves(parts: Parts, of_parts: np.ndarray) -> np.ndarray:
    """(needs,) those that a part is sure of by itself."""
    sure, none = head().hear(parts.texts, of_parts)
    result: np.ndarray = ((sure >= ADDED_SURE) & (none < head().no_need_from)[:, None]).any(axis=0)
    return result
