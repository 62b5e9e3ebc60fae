"""Marked words go through every path, crashes included: afterwards they are in no output and in no file but the live stores."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.conftest import ACTIONS, DIRECTORY, ROOT, WEB, Family, House
from tests.faults.test_faults import locked
from tests.faults.throwing import BREAKING

pytestmark = [pytest.mark.live, pytest.mark.slow]

MARK = "zanzibarmarmalade"
CONVERSATIONS = {"conversations.db", "conversations.db-wal"}


def holding(folder: Path) -> set[str]:
    """The files below a folder that hold the mark, in whatever case and encoding: outputs, stores, journals, caches."""
    wanted = [form for word in (MARK, MARK.upper()) for form in (word.encode(), word.encode("utf-16-le"))]
    files = [file for file in folder.rglob("*") if file.is_file() and not {"models", "encoder"} & set(file.parts)]
    return {file.name for file in files if any(form in file.read_bytes() for form in wanted)}


@pytest.fixture(scope="module")
def marked(house: House) -> Iterator[Family]:
    """A family whose every message bore the mark, through all that can go right and wrong; every process writes to a file."""
    house.start(DIRECTORY)
    house.start(WEB)
    family = Family(httpx.Client(base_url=f"http://127.0.0.1:{house.ports[WEB]}", timeout=30))
    sends_a_request(family)
    for text in (
        f"my son {MARK} is 4 and hits everyone, we're in Aldmoor",
        f"no he is 5 {MARK}",
        f"{MARK} i want to kill myself",
        f"no {MARK}",
        f"Potrzebuję pomocy {MARK}",
        f"/restart {MARK}",
        f"{BREAKING} {MARK}",
        f"{BREAKING} {MARK} i want to kill myself",
        MARK * 200,
    ):
        family.say(text)
    goes_in_at_the_other_doors(family.client)
    house.end(DIRECTORY)
    family.say(f"{MARK} and the directory is gone")
    house.end(ACTIONS)
    family.say(f"{MARK} and the actions too")
    house.start(ACTIONS)
    with locked(house.var / "conversations.db"):
        family.say(f"{MARK} while it is locked")
    house.start(DIRECTORY)
    yield family


def sends_a_request(family: Family) -> None:
    family.say(f"{MARK} is there a food bank in saltby")
    for label in ("Yes, pass it on", "Yes, I agree", "That's right"):
        family.choose(label)
    family.say(MARK)
    family.say(f"{MARK}@example.org")
    for label in ("No message, please", "Skip", "Skip", "Skip", "Send it"):
        family.choose(label)
    assert "Your reference is" in family.last.text


def goes_in_at_the_other_doors(client: httpx.Client) -> None:
    client.post("/chat/messages", data={"text": f"{MARK} without javascript"})
    client.get("/directory", params={"q": f"{MARK} food"})
    client.get("/api/search", params={"q": MARK, "near": MARK})
    client.post("/api/conversations", json={"audience": MARK})
    client.post("/api/conversations", content=f'{{"audience": "{MARK}', headers={"Content-Type": "application/json"})
    client.get(f"/{MARK}")
    client.get("/api/conversations/x/messages", headers={"Authorization": f"Bearer {MARK}"})


def test_no_output_and_no_file_but_the_live_conversations_holds_what_was_written(marked: Family, house: House) -> None:
    """The store of requests is no exception: what families write is encrypted there."""
    found = holding(house.var)
    assert found, "the mark is found where it may be: the search works"
    assert found <= CONVERSATIONS


def test_after_a_delete_the_stores_hold_nothing_either_deleted_pages_and_journal_included(marked: Family, house: House) -> None:
    Family(marked.client).say("something else altogether")
    assert marked.delete() == 204
    # What was said without JavaScript was a conversation of its own: it goes as an idle one does.
    command = [sys.executable, "-m", "bot.cli", "purge", "--idle-hours", "0"]
    done = subprocess.run(command, env=house.environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and MARK not in done.stdout + done.stderr
    assert holding(house.var) == set()
