"""What happens when parts of Signpost die while a family is talking to it."""

import subprocess
import sys
import time

import httpx
import pytest

from tests.live.conftest import ROOT, plain_environment, wait_until
from tests.patience import patience

pytestmark = [pytest.mark.live, pytest.mark.slow]


@pytest.mark.parametrize("module", ["bot.components.serve", "actions.serve", "directory.server"])
def test_a_part_that_dies_comes_back_and_the_conversation_goes_on(product, module: str) -> None:
    talk = product.converse("parent").say("is there a food bank in saltby")
    product.process_of(module).kill()
    began = time.monotonic()
    answer = talk.post({"text": "and something for my 3 year old"})
    assert time.monotonic() - began < 4 * patience()
    if answer.status_code != 200:
        problem = answer.json()
        assert answer.status_code == 503
        assert "999" in [contact["phone"] for contact in problem["contacts"]]
        assert "Traceback" not in answer.text
    assert wait_until(lambda: talk.post({"text": "is there a toddler group"}).status_code == 200, 90)
    assert wait_until(lambda: httpx.get(f"{product.address}/healthz").status_code == 200, 60)
    assert "food bank" in str(talk.whole()), "what was said before is still there"


def up(**environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT,
        env=plain_environment() | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_port_in_use_is_one_clear_sentence_with_the_fix(product) -> None:
    tried = up(SIGNPOST_PORT=product.environment["SIGNPOST_PORT"])
    assert tried.returncode == 1
    assert "cannot be used" in tried.stderr
    assert "SIGNPOST_PORT=" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_an_unknown_council_is_one_clear_sentence(tmp_path) -> None:
    tried = up(SIGNPOST_COUNCIL="atlantis", SIGNPOST_VAR=str(tmp_path))
    assert tried.returncode == 1
    assert "council pack" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_only_the_web_application_can_be_reached_from_outside(product) -> None:
    import psutil

    for child in psutil.Process(product.process.pid).children(recursive=True):
        for connection in child.net_connections(kind="inet"):
            if connection.status == psutil.CONN_LISTEN:
                assert connection.laddr.ip == "127.0.0.1"


def test_no_log_holds_what_a_family_wrote(product) -> None:
    product.converse().say("marked sentence pomegranate ladder")
    for file in (product.var / "log").iterdir():
        assert "pomegranate" not in file.read_text(errors="replace"), file.name
