"""The one way in: a message goes in, all that was understood of it comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

import numpy as np

from bot.understanding.details import Details, find_details
from bot.understanding.language import ENGLISH, language_of
from bot.understanding.needs import NeedHeard, hear_needs
from bot.understanding.risk import Risk, look_for_risk
from bot.understanding.text import clauses, read

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
    """Understands messages with one encoder; a turn encodes once, the message and its clauses in one batch."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def understand(self, text: str, earlier: Sequence[str] = ()) -> Understood:
        """What `text` means, after the family's `earlier` messages (oldest first).

        Where the encoder cannot be asked, what needs no vectors (patterns of danger, ages, places) still works.
        """
        doc = read(text)
        parts = clauses(text)
        language = language_of(text)
        vectors = self._vectors([text, *parts])
        ranked, heard = hear_needs(text, parts, vectors) if vectors is not None else ([], [])
        return Understood(
            text=text,
            language=language,
            needs=heard if language == ENGLISH else [],
            ranked_needs=ranked[:RANKED],
            risk=look_for_risk(doc, vectors, language=language, earlier=earlier),
            details=find_details(doc),
            vector=vectors[0] if vectors is not None else None,
        )

    def _vectors(self, texts: list[str]) -> np.ndarray | None:
        try:
            return self._encoder.encode(texts)
        except ConnectionError:
            return None
