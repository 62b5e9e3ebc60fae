"""What is still heard of a message when a part of the understanding broke: its danger, by every layer that works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.understanding.details import Details
from bot.understanding.language import ENGLISH, language_of
from bot.understanding.risk import Risk, look_for_risk
from bot.understanding.steering import steer
from bot.understanding.text import read
from bot.understanding.understand import Encoder
from directory.spelling import put_right


def heard_when_broken(text: str, earlier: Sequence[str], encoder: Encoder) -> dict[str, Any]:
    """The object of `heard.heard_in` with the danger alone, unread otherwise.

    Where no layer of danger works either, what it raises: then the turn fails, and the gateway gives the numbers.
    """
    try:
        language = language_of(text)
    except Exception:  # noqa: BLE001 (whatever broke, danger is looked for all the same)
        language = ENGLISH
    risk = _danger(text, earlier, encoder, language)
    return {
        "text": text,
        "language": language,
        "needs": [],
        "ranked_needs": [],
        "risk": risk.as_dict() if risk else None,
        "details": Details([], [], None, None).as_dict(),
        "read": False,
        "low": False,
        "audience_told": False,
        "steering": steer("", None).as_dict(),
        "correction": None,
        "asked": None,
        "beyond": None,
    }


def _danger(text: str, earlier: Sequence[str], encoder: Encoder, language: str) -> Risk | None:
    """By all layers; by those that need no encoder where one that does is what broke."""
    doc = read(text)
    try:
        return look_for_risk(doc, encoder.encode([put_right(text)])[0], language=language, earlier=earlier)
    except Exception:  # noqa: BLE001
        return look_for_risk(doc, None, language=language, earlier=earlier)
