"""What `signpost understand` says of a message is what the running assistant acts on."""

import json
import sqlite3
import subprocess
import sys

import pytest

from tests.live.conftest import ROOT

pytestmark = [pytest.mark.live, pytest.mark.slow]

MESSAGES = [
    "she won't eat owt but crisps and school say she only has five words",
    "my 4 year old hits everyone at nursery and im at my wits end, we're in Aldmoor",
    "no food in and the rent is due, also my lad got suspended",
    "im 14 and i cant face school",
    "Y4 pupil, EHCNA refused at panel, parents want advice",
    "what is a lead professional?",
    "when are the bins collected",
    "moje dziecko nie chce spać",
    "my dad hits me",
    "no heating",
    "hello",
]


def test_the_command_and_the_assistant_understand_alike(product) -> None:
    for message in MESSAGES:
        product.converse().say(message)
    command = [sys.executable, "-m", "bot.cli", "understand", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=product.environment, input="\n".join(MESSAGES), capture_output=True, text=True, check=True
    )
    told = {line["text"]: line for line in map(json.loads, done.stdout.splitlines())}
    heard = parsed(product)
    for message in MESSAGES:
        ours = told[message]
        for part in ("language", "needs", "ranked_needs", "risk", "details"):
            assert rounded(heard[message]["understanding"][part]) == rounded(ours[part]), (message, part)
        if not ours["risk"]:  # danger comes before whatever else a message is for
            assert heard[message]["intent"]["name"] == ours["intent"], message


def parsed(product) -> dict[str, dict]:
    """What the assistant kept of each message, by its text."""
    with sqlite3.connect(product.var / "conversations.db") as kept:
        events = [json.loads(data) for (data,) in kept.execute("select data from events where type_name = 'user'")]
    return {event["text"]: event["parse_data"] for event in events if event.get("text")}


def rounded(value):
    """The same with its numbers to three places: two processes add in another order."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: rounded(it) for key, it in value.items()}
    return [rounded(it) for it in value] if isinstance(value, list) else value
