"""How well needs, details and intents are heard (`signpost evaluate understanding`)."""

from __future__ import annotations

from collections import Counter

import numpy as np

from bot.measuring.held import rows
from bot.measuring.tables import HEAD, f1, ratio, row
from bot.understanding.heard import heard_in
from bot.understanding.one_of import OneOf
from bot.understanding.plainly import intent_of
from bot.understanding.understand import Understander, Understood

MOST_CONFUSED = 8
HALF_A_TENTH = 0.051
"""Years, with a little for the rounding: as far as an age in tenths may lie from the age itself."""
TELLS = frozenset({"describe_difficulty", "find_service"})
"""Intents that answer a message with services."""


def report(understander: Understander, intents: OneOf, half: str) -> str:
    """The tables in Markdown: needs, messages without a need, details, intents."""
    tables = [needs_table, more_needs_table, spelling_table, no_need_table, details_table, intents_table]
    return "\n\n".join(told for table in tables if (told := table(understander, intents, half)))


def needs_table(understander: Understander, _: OneOf, half: str) -> str:
    """Needs, as most people write of them."""
    return _needs(understander, rows(half, "needs"), f"Needs: {{}} messages, {half}", ("≥ 0.85", "≥ 0.92", "≥ 0.80"))


def more_needs_table(understander: Understander, _: OneOf, half: str) -> str:
    """Needs, of four more writers who came later; empty where this half has no such messages."""
    told = rows(half, "more_needs")
    return (
        _needs(understander, told, f"Needs, four more writers: {{}} messages, {half}", ("≥ 0.85", "≥ 0.92", "≥ 0.80"))
        if told
        else ""
    )


def spelling_table(understander: Understander, _: OneOf, half: str) -> str:
    """Needs, of people who spell badly, each in their own way; empty where this half has no such messages."""
    told = rows(half, "spelling")
    return _needs(understander, told, f"Needs, badly spelt: {{}} messages, {half}", ("", "", "")) if told else ""


def _needs(understander: Understander, told: list[list[str]], title: str, asked: tuple[str, str, str]) -> str:
    """First guess, recall in three, micro-F1; how true the confidences are; the confusions that hurt most."""
    truth = [set(codes.split(",")) for _, codes in told]
    heard = [understander.understand(text) for text, *_ in told]
    pairs = list(zip(heard, truth, strict=True))
    first = np.array([it.ranked_needs[0].code in codes for it, codes in pairs], float)
    three = np.array([[len(codes & {need.code for need in it.ranked_needs[:3]}), len(codes)] for it, codes in pairs], float)
    said = [({need.code for need in it.needs}, codes) for it, codes in pairs]
    counts = np.array([[len(s & t), len(s), len(t)] for s, t in said], float)
    wrong = Counter((sorted(codes)[0], it.ranked_needs[0].code) for it, codes in pairs if it.ranked_needs[0].code not in codes)
    lines = [
        f"### {title.format(len(told))}",
        "",
        *HEAD,
        row("the first guess is one of the needs", first, asked=asked[0]),
        row("needs recalled in the first three", three, ratio, asked[1]),
        row("micro-F1 at the shipped threshold", counts, f1, asked[2]),
        "",
        "Confidence said, and how often it was true: " + "; ".join(_calibration(heard, truth)) + ".",
        "",
        "Most confused (meant → heard): " + "; ".join(f"{a} → {b} ({n})" for (a, b), n in wrong.most_common(MOST_CONFUSED)),
    ]
    return "\n".join(lines)


def no_need_table(understander: Understander, intents: OneOf, half: str) -> str:
    """Messages without a need: none may be taken for one, and none obeyed."""
    told = understander.understand_all([text for text, *_ in rows(half, "noneed")])
    free = [not it.needs for it in told]
    meant = [_intent(it, intents, understander) for it in told]
    lines = [
        f"### Out of scope and small talk: {len(told)} messages, {half}",
        "",
        *HEAD,
        row("no need is heard", np.array(free, float), asked="≥ 0.95"),
        row("not answered with services", np.array([name not in TELLS for name in meant], float), asked="≥ 0.95"),
    ]
    return "\n".join(lines)


def details_table(understander: Understander, _: OneOf, half: str) -> str:
    """Ages, place and who writes: `text, ages, place, audience` a line, `-` for none."""
    told = rows(half, "details")
    found = [it.details for it in understander.understand_all([text for text, *_ in told])]
    ages = [({(age.min, age.max) for age in it.ages}, _ages(said[1])) for it, said in zip(found, told, strict=True)]
    exact = [_same_ages(one, other) for one, other in ages]
    invented = [bool(one) for one, other in ages if not other]
    place = [(it.place or "-").lower() == said[2].lower() for it, said in zip(found, told, strict=True)]
    audience = [it.audience == said[3] for it, said in zip(found, told, strict=True) if said[3] != "-"]
    lines = [
        f"### Details: {len(told)} messages, {half}",
        "",
        *HEAD,
        row("ages exactly right", np.array(exact, float), asked="≥ 0.95"),
        row("an age heard where there is none", np.array(invented, float), asked="≤ 0.01"),
        row("place right", np.array(place, float), asked="≥ 0.95"),
        row("who writes right, where it tells", np.array(audience, float), asked="≥ 0.90"),
    ]
    return "\n".join(lines)


def intents_table(understander: Understander, intents: OneOf, half: str) -> str:
    """The intent of each message said alone."""
    labelled = rows(half, "intents")[1:]
    told = understander.understand_all([text for text, _ in labelled])
    right = [_intent(it, intents, understander) == intent for it, (_, intent) in zip(told, labelled, strict=True)]
    return "\n".join([f"### Intents: {len(right)} messages, {half}", "", *HEAD, row("intent right", np.array(right, float))])


def _calibration(heard: list[Understood], truth: list[set[str]]) -> list[str]:
    """ "0.6 to 0.8: 0.71 of 90", of the five surest needs of each message."""
    said = [(need.confidence, need.code in codes) for it, codes in zip(heard, truth, strict=True) for need in it.ranked_needs]
    bands = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        true = [right for confidence, right in said if low <= confidence < low + 0.2 or (low == 0.8 and confidence >= 1.0)]
        if true:
            bands.append(f"{low:.1f} to {low + 0.2:.1f}: {sum(true) / len(true):.2f} of {len(true)}")
    return bands


def _ages(said: str) -> set[tuple[float, float]]:
    """ "4;13-14" as {(4, 4), (13, 14)}; empty for "-"."""
    if said == "-":
        return set()
    pairs = [part.partition("-") for part in said.split(";")]
    return {(float(low), float(high or low)) for low, _, high in pairs}


def _intent(understood: Understood, intents: OneOf, understander: Understander) -> str:
    assert understood.vector is not None  # noqa: S101 (the local encoder is always there)
    return intent_of(intents.ranked(understood.text, understood.vector), heard_in(understood, understander))[0]


def _same_ages(heard: set[tuple[float, float]], labelled: set[tuple[float, float]]) -> bool:
    """Whether both are the same ages: months and weeks are labelled in tenths of a year, 3 months as 0.2 or 0.3."""
    if len(heard) != len(labelled):
        return False
    pairs = zip(sorted(heard), sorted(labelled), strict=True)
    return all(abs(one - other) <= HALF_A_TENTH for a, b in pairs for one, other in zip(a, b, strict=True))
