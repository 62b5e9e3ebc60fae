"""All layers together: each can raise, none can silence another, the most urgent is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc

from bot.understanding.language import OFFERED
from bot.understanding.risk import conversation, foreign, patterns
from bot.understanding.risk.classifier import Judged, risk_head, thresholds
from bot.understanding.risk.kinds import Response, Risk, most_urgent
from bot.understanding.risk.wording import words as words_of
from bot.understanding.text import clauses

SURELY_NOW = 0.5
"""From this probability the classifier's word for it is enough that a danger is of this moment."""

FEWEST_WORDS = 3
"""Of fewer words ("im 14") a vector tells nothing; what is plain in two words has its pattern."""


def look_for_risk(doc: Doc, vector: np.ndarray | None, *, language: str = "en", earlier: Sequence[str] = ()) -> Risk | None:
    """The most urgent danger in a message, or None.

    `vector` is the message's sentence vector; None where the encoder is gone: all layers but the classifier look all the
    same. `earlier` are the family's messages before this one, oldest first.
    The classifier reads English; in a language that has no phrases of its own its guess is better than nothing.
    """
    text = doc.text
    reading, head = patterns.read(text), risk_head()
    if head is None or vector is None or language in OFFERED:
        return most_urgent(list(by_hand(text, reading, earlier)))  # the other layers look all the same
    judged = head.judged(reading.words, parts_of(text), vector, [rule.kind for rule, _ in reading.rules])
    return most_urgent([*by_hand(text, reading, earlier, judged), *by_classifier(judged, reading)])


def parts_of(text: str) -> list[list[str]]:
    """The words of each clause; none where it has only one."""
    return [words_of(part) for part in clauses(text)]


def by_hand(text: str, reading: patterns.Reading, earlier: Sequence[str] = (), judged: Judged | None = None) -> Iterator[Risk]:
    """What people wrote down: the patterns, the phrases of other languages, what the messages before make of it.

    A pattern in words that the classifier is sure are harmless ("blood everywhere, the tooth is out") is asked about,
    with the numbers, and not answered as a crisis: it is never silenced.
    """
    doubted = judged is not None and judged.probability < thresholds().doubt
    for risk in patterns.findings(reading):
        yield replace(risk, response="check", confidence=patterns.CONFIDENCE["check"]) if doubted else risk
    yield from in_other_languages(text, reading)
    yield from conversation.risks(text, earlier)


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


def by_classifier(judged: Judged, reading: patterns.Reading) -> Iterator[Risk]:
    """What the classifier sees, above its thresholds."""
    if judged.probability < thresholds().check or len(reading.words) < FEWEST_WORDS:
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
