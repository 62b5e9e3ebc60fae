"""The one way in: a message goes in, all that was understood of it comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

import numpy as np

from bot.understanding.audience_head import log_shares
from bot.understanding.details import Details, find_details
from bot.understanding.language import ENGLISH, language_of
from bot.understanding.needs import NeedHeard, hear_needs, hear_parts, hear_wholes
from bot.understanding.risk import Risk, look_for_risk
from bot.understanding.text import read
from directory.spelling import put_right

NO_ROWS = np.empty((0, 0), np.float32)
Heard = tuple[list[NeedHeard], list[NeedHeard]]
"""Every need, and those that are sure enough."""
RANKED = 5  # how many needs are reported in order, whatever their confidence


class Encoder(Protocol):
    """Whatever turns texts into sentence vectors: the local encoder, or the directory server's."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(len(texts), dimension) float32 rows of unit length."""


@dataclass(frozen=True)
class Understood:
    """What one message means. `as_dict` is the contract of `signpost understand`, less the intent."""

    text: str
    language: str
    needs: list[NeedHeard]
    """Those above the shipped threshold, best first; none in another language, which the encoder does not read."""
    ranked_needs: list[NeedHeard]
    risk: Risk | None
    details: Details
    vector: np.ndarray | None = field(repr=False)
    """The message's sentence vector; None where the encoder could not be asked."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, field by field as the contract names them."""
        return {
            "text": self.text,
            "language": self.language,
            "needs": [asdict(need) for need in self.needs],
            "ranked_needs": [{"code": need.code, "confidence": need.confidence} for need in self.ranked_needs],
            "risk": self.risk.as_dict() if self.risk else None,
            "details": self.details.as_dict(),
        }


class Understander:
    """Understands messages with one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def understand(self, text: str, earlier: Sequence[str] = ()) -> Understood:
        """What `text` means, after the family's `earlier` messages (oldest first).

        Where the encoder cannot be asked, what needs no vectors (patterns of danger, ages, places) still works.
        """
        return self.understand_all([text], earlier)[0]

    def understand_all(self, texts: Sequence[str], earlier: Sequence[str] = ()) -> list[Understood]:
        """What each of the texts means by itself: all are encoded in one batch, then the parts of those that need it."""
        vectors = self._vectors(texts)
        if vectors is None or not texts:
            return [self._understood(text, earlier, None, ([], [])) for text in texts]
        wholes = hear_wholes(texts, vectors)
        parts = [hear_parts(text, whole) for text, whole in zip(texts, wholes, strict=True)]
        asked = [some.texts if some.want_vectors(whole) else [] for some, whole in zip(parts, wholes, strict=True)]
        of_parts = self._vectors([part for some in asked for part in some])
        ends = np.cumsum([len(some) for some in asked])
        return [
            self._understood(text, earlier, vectors[n], hear_needs(text, wholes[n], parts[n], _rows(of_parts, ends, n)))
            for n, text in enumerate(texts)
        ]

    def _understood(self, text: str, earlier: Sequence[str], vector: np.ndarray | None, heard: Heard) -> Understood:
        doc, language = read(text), language_of(text)
        return Understood(
            text=text,
            language=language,
            needs=heard[1] if language == ENGLISH else [],
            ranked_needs=heard[0][:RANKED],
            risk=look_for_risk(doc, vector, language=language, earlier=earlier),
            details=find_details(doc, log_shares(text, vector) if language == ENGLISH else None),
            vector=vector,
        )

    def _vectors(self, texts: Sequence[str]) -> np.ndarray | None:
        if not texts:
            return NO_ROWS
        try:
            return self._encoder.encode([put_right(text) for text in texts])
        except ConnectionError:
            return None


def _rows(of_parts: np.ndarray | None, ends: np.ndarray, number: int) -> np.ndarray:
    """The rows of one message's parts; none where the encoder went away in between."""
    if of_parts is None:
        return NO_ROWS
    return of_parts[ends[number - 1] if number else 0 : ends[number]]
