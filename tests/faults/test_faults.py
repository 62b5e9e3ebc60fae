"""Parts of Signpost are missing or broken: a plain sentence and the numbers come within two seconds, whatever it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.faults.conftest import ACTIONS, DIRECTORY, RASA, SETTING, Answer, Family, House, gateway_as_set
from tests.faults.throwing import BREAKING
from tests.live.conftest import free_port
from tests.patience import patience
from web_widget import danger

pytestmark = [pytest.mark.live, pytest.mark.slow]

ASKED = "is there a food bank in saltby"
POORLY = "my mum is poorly and i do it all at home"
SUICIDAL = "i want to kill myself"


def assert_plain_with_numbers(answer: Answer, *, status: int) -> None:
    assert answer.status == status, answer.body
    assert "999" in answer.phones
    assert answer.text.strip() and "Traceback" not in str(answer.body)
    assert answer.seconds < patience()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """The database as it is while somebody else writes to it and does not end."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.fixture(autouse=True, scope="module")
def patterns_loaded() -> None:
    danger.load_patterns()


@pytest.fixture
def no_actions(house: House, family: Family) -> Iterator[None]:
    house.end(ACTIONS)
    yield
    house.start(ACTIONS)


def test_rasa_is_down(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING[RASA], str(free_port()))
    family.client = gateway_as_set()
    assert_plain_with_numbers(family.say(ASKED), status=503)
    hurt = family.say(SUICIDAL)
    assert_plain_with_numbers(hurt, status=503)
    assert "116 123" in hurt.phones[:3], "the pattern layer works in the gateway's own process"


def test_the_action_server_is_down(family: Family, no_actions: None) -> None:
    assert_plain_with_numbers(family.say(ASKED), status=503)


def test_danger_that_was_understood_before_the_action_server_failed_leads_to_the_right_people(
    family: Family, no_actions: None
) -> None:
    """The gateway's own patterns read English only: what it says here the assistant told it."""
    answer = family.say("mój mąż mnie bije")
    assert_plain_with_numbers(answer, status=503)
    assert "0808 2000 247" in answer.phones[:3]
    assert "in danger" in answer.text


def test_the_conversations_are_locked(family: Family, house: House) -> None:
    with locked(house.var / "conversations.db"):
        assert_plain_with_numbers(family.say(ASKED), status=200)
        hurt = family.say(SUICIDAL)
        assert_plain_with_numbers(hurt, status=200)
        assert hurt.messages[0]["urgent"], "people to call are shown though nothing could be kept"
    assert family.say("hello").status == 200


def test_a_conversation_cannot_begin_while_the_conversations_are_locked(gateway: httpx.Client, house: House) -> None:
    with locked(house.var / "conversations.db"):
        begun = gateway.post("/api/conversations", json={"audience": None})
    assert begun.status_code == 503 and "999" in [it["phone"] for it in begun.json()["contacts"]]


def test_the_directory_is_down(family: Family) -> None:
    answer = family.say(POORLY)
    assert_plain_with_numbers(answer, status=200)
    assert "look services up" in answer.text


def test_the_encoder_fails_to_load(family: Family, house: House, tmp_path: Path) -> None:
    house.start(DIRECTORY, SIGNPOST_ENCODER=str(tmp_path))
    try:
        assert_plain_with_numbers(family.say(POORLY), status=200)
        hurt = family.say(SUICIDAL)
        assert_plain_with_numbers(hurt, status=200)
        assert hurt.messages[0]["urgent"], "the patterns need no encoder"
    finally:
        house.end(DIRECTORY)


def test_the_index_is_missing_and_cannot_be_made(family: Family, house: House) -> None:
    (house.var / "index").write_text("a file where the folder was")
    house.start(DIRECTORY)
    try:
        assert_plain_with_numbers(family.say(POORLY), status=200)
    finally:
        house.end(DIRECTORY)
        (house.var / "index").unlink()


def test_a_message_makes_a_component_throw(family: Family) -> None:
    assert_plain_with_numbers(family.say(f"{BREAKING} {ASKED}"), status=503)
    hurt = family.say(f"{BREAKING} {SUICIDAL}")
    assert_plain_with_numbers(hurt, status=503)
    assert "116 123" in hurt.phones[:3], "the gateway's own patterns saw it"
    assert family.say("hello").status == 200, "and the conversation goes on"


def test_words_after_are_you_safe_that_nothing_can_read_are_no_yes(family: Family) -> None:
    family.say(SUICIDAL)
    unclear = family.say("dunno really")
    assert unclear.phones[0] == "999" and unclear.messages[0]["urgent"]
