"""All layers together: each can raise, none can silence another, the most urgent is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from spacy.tokens import Doc

from bot.understanding.risk import conversation, foreign, patterns
from bot.understanding.risk.classifier import risk_head, thresholds
from bot.understanding.risk.kinds import Response, Risk, most_urgent

SURELY_NOW = 0.5
"""From this probability the classifier's word for it is enough that a danger is of this moment."""


def look_for_risk(doc: Doc, vectors: np.ndarray | None, *, language: str = "en", earlier: Sequence[str] = ()) -> Risk | None:
    """The most urgent danger in a message, or None.

    `vectors` holds the sentence vectors of the message, then of each clause; None where the encoder is gone: all
    layers but the classifier look all the same. `earlier` are the family's messages before this one, oldest first.
    """
    text = doc.text
    reading = patterns.read(text)
    seen = [
        *patterns.findings(reading),
        *in_other_languages(text, reading),
        *conversation.risks(text, earlier),
        *(by_classifier(vectors, reading) if vectors is not None and language == "en" else ()),
    ]
    return most_urgent(seen)


def in_other_languages(text: str, reading: patterns.Reading) -> Iterator[Risk]:
    """What the phrases of the ten other languages show."""
    for heard in foreign.listen(text):
        sure = 0.9 if heard.response == "crisis" else 0.6 * heard.likeness
        yield Risk(
            kind=heard.phrase.kind,
            response=heard.response,
            immediate=reading.cues.immediate(heard.phrase.kind, said=heard.phrase.immediate),
            whose="self",
            past=False,
            confidence=sure,
        )


def by_classifier(vectors: np.ndarray, reading: patterns.Reading) -> Iterator[Risk]:
    """What the classifier sees, above its thresholds."""
    head = risk_head()
    if head is None:
        return
    judged = head.judged(reading.words, vectors, [rule.kind for rule, _ in reading.rules])
    if judged.probability < thresholds().check:
        return
    response: Response = "crisis" if judged.probability >= thresholds().crisis else "check"
    kind = max(judged.kinds, key=judged.kinds.__getitem__)
    yield Risk(
        kind=kind,
        response=response,
        immediate=reading.cues.immediate(kind, said=judged.now >= SURELY_NOW),
        whose=reading.cues.whose(kind, []),
        past=reading.cues.past(),
        confidence=judged.probability,
    )
