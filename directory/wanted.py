"""What a query wants: its words as vectors, the needs heard in them, what answered such messages, whom it names."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from directory.encoder import Encoder, Vectors
from directory.learned import Heard, learned
from directory.names import Names, in_full
from directory.needs import needs
from directory.needs_head import needs_head
from directory.query import Query
from directory.ranking import Wanted, about_a_child, one_need
from directory.spelling import put_right
from directory.weights import weights


def wanted_of(query: Query, encoder: Encoder, called: Names) -> list[Wanted]:
    """What the whole message wants, and then what each of the query's parts does (none where it has no parts)."""
    # The place has its own part in the ranking: left in a short text, it would find whatever is called after it.
    text = query.text if query.text.strip() else " ".join(part.words for part in query.parts)
    texts = [in_full(_without_place(text, query.place)), *(in_full(part.words) for part in query.parts)]
    vectors = encoder.encode([put_right(text) for text in texts])
    named = frozenset(called.in_message(text))
    knows, head = learned(encoder.identity), needs_head(encoder.identity)

    def hear(text: str, vector: Vectors) -> Heard:
        if knows is None or head is None:
            return Heard(np.zeros(len(needs()), np.float32), np.zeros_like(vector))
        return knows.hear(head.hear([text], vector[None, :])[0][0], vector)

    heard = hear(texts[0], vectors[0])
    counts = heard.needs
    at_least = weights()["hearing"]["part_need"] if knows else 1.0
    for part in query.parts:
        if part.need:
            counts = np.maximum(counts, at_least * one_need(part.need))
    whole = Wanted(vectors[0], heard.answer, counts, None, named, _about_a_child(query))
    share = weights()["text"]["message"] if query.text.strip() else 0.0
    lists = [whole]
    for part, own in zip(query.parts, vectors[1:], strict=True):
        mixed = (1 - share) * own + share * vectors[0]
        mixed /= np.linalg.norm(mixed)
        asked = replace(whole, vector=mixed, need=part.need, about_child=about_a_child(query, part.need))
        if part.need:
            answer = knows.answer(mixed) if knows else np.zeros_like(mixed)
            lists.append(replace(asked, answer=answer, needs=one_need(part.need)))
        else:
            of_part = hear(part.words, mixed)
            lists.append(replace(asked, answer=of_part.answer, needs=of_part.needs))
    return lists


def _about_a_child(query: Query) -> bool:
    if not query.parts:
        return about_a_child(query, None)
    return any(about_a_child(query, part.need) for part in query.parts)


def _without_place(text: str, place: str | None) -> str:
    if not place:
        return text
    shorter = re.sub(rf"(?:\b(?:in|near|around|at|from)\s+)?\b{re.escape(place)}\b", " ", text, flags=re.IGNORECASE)
    return " ".join(shorter.split()) or text
