"""The commands about understanding and forgetting: understand, fit, evaluate, purge."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import click

from bot.danger_words import fingerprint
from directory.commands import commands as directory_commands

if TYPE_CHECKING:  # what the other commands start without
    from bot.understanding.one_of import OneOf
    from bot.understanding.understand import Understander


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
def understand(as_json: bool) -> None:
    """Understand messages: one a line on standard input, what was understood a line out."""
    from bot.lines import worked_on
    from bot.understanding.intents import intents_head
    from bot.understanding.understand import Understander
    from directory.encoder import load_encoder

    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a line in another encoding is a line all the same
    understander, intents = Understander(load_encoder()), intents_head()
    for found in worked_on(sys.stdin, lambda texts: understood(texts, understander, intents)):
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else in_words(found))


def understood(texts: Sequence[str], understander: Understander, intents: OneOf) -> list[dict[str, Any]]:
    """The object of `signpost understand` for each text."""
    from bot.understanding.heard import heard_in
    from bot.understanding.plainly import intent_of

    found = []
    for heard in understander.understand_all(texts):
        ranked = intents.ranked(heard.text, heard.vector) if heard.vector is not None else []
        intent = intent_of(ranked, heard_in(heard, understander))[0] if ranked else None
        found.append(heard.as_dict() | {"intent": intent})
    return found


def in_words(found: dict[str, Any]) -> str:
    """One line a person can read."""
    needs = ", ".join(f"{need['code']} {need['confidence']:.2f}" for need in found["needs"]) or "no need"
    risk = f"{found['risk']['kind']} ({found['risk']['response']})" if found["risk"] else "no risk"
    return f"{found['intent']} · {needs} · {risk} · {found['details']}"


@lru_cache(maxsize=1)
def _understander() -> Any:
    from bot.understanding.understand import Understander
    from directory.encoder import load_encoder

    return Understander(load_encoder())


def heard_for_search(text: str) -> dict[str, Any]:
    """What a message tells of a search: its needs with their words, ages, place and who asks."""
    return told_of(_understander().understand(text))


def told_of(understood: Any) -> dict[str, Any]:
    """What an `Understood` tells of a search, as a part of its Query."""
    from bot.understanding.details import ages_to_search

    heard = understood.as_dict()
    details = heard["details"]
    return {
        "parts": [{"need": need["code"], "words": need["words"]} for need in heard["needs"]],
        "ages": ages_to_search(details),
        "place": details["place"],
        "audience": details["audience"],
    }


_OF_THE_DIRECTORY = {command.name: command for command in directory_commands(heard_for_search, fingerprint)}
search = _OF_THE_DIRECTORY["search"]
"""`signpost search`, hearing needs and details before it searches."""
check = _OF_THE_DIRECTORY["check"]
"""`signpost check`, which looks at the words said in danger too."""


@click.command()
def fit() -> None:
    """Fit what needs, search, who writes, questions and danger have learned from nlu_data, and write it as small data."""
    from bot.understanding.asked_fit import fit_asked
    from bot.understanding.audience_fit import fit_audience
    from bot.understanding.beyond_fit import fit_beyond
    from bot.understanding.place import names_as_typed
    from bot.understanding.risk.fit import fit_risk
    from directory.encoder import load_encoder
    from directory.fit import fit_needs, fit_search
    from directory.spelling_fit import fit_vocabulary

    encoder = load_encoder()
    fits = {
        "vocabulary": lambda: fit_vocabulary(names_as_typed()),
        "needs": lambda: fit_needs(encoder),
        "search": lambda: fit_search(encoder),
        "audience": lambda: fit_audience(encoder),
        "asked": lambda: fit_asked(encoder),
        "beyond": lambda: fit_beyond(encoder),
        "risk": fit_risk,
    }
    for name, made in fits.items():
        click.echo(f"{name}: " + ", ".join(f"{key} {value:.3f}" for key, value in made().items()))


@click.command()
@click.option("--idle-hours", default=24.0, show_default=True, help="Forget conversations idle for so long.")
def purge(idle_hours: float) -> None:
    """Forget idle conversations and requests whose time is over. The running service does this by itself too."""
    from bot.launch.forgetting import forget

    conversations, requests = forget(idle_hours)
    click.echo(f"Forgotten: {conversations} events of idle conversations, {requests} requests.")
