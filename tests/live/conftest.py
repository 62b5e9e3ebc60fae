"""The whole product, started once for these tests by its own command, in a state folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.live.conversation import Conversation

ROOT = Path(__file__).parents[2]


@dataclass
class Product:
    """A running Signpost: its address, its state folder, its environment, its process."""

    address: str
    var: Path
    environment: dict[str, str]
    process: subprocess.Popen

    def converse(self, audience: str | None = None) -> Conversation:
        """Begin a conversation through the public gateway."""
        return Conversation(self.address, audience)

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess:
        """Run the `signpost` command against this Signpost's state."""
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", *arguments],
            cwd=ROOT, env=self.environment | extra, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def process_of(self, module: str) -> psutil.Process:
        """The process that serves `module`."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            if module in child.cmdline():
                return child
        raise LookupError(f"No process serves {module}.")


@pytest.fixture(scope="session")
def product(tmp_path_factory) -> Iterator[Product]:
    var = tmp_path_factory.mktemp("signpost")
    ports = [free_port() for _ in range(4)]
    environment = os.environ | {
        "SIGNPOST_VAR": str(var),
        "SIGNPOST_SECRET": "a secret of the tests, long enough",
        "DATABASE_URL": "",
        "SIGNPOST_COUNCIL": "westmere",
        "SIGNPOST_RATE_LIMITS": "off",
        "SIGNPOST_PORT": str(ports[0]),
        "SIGNPOST_RASA_PORT": str(ports[1]),
        "SIGNPOST_ACTIONS_PORT": str(ports[2]),
        "SIGNPOST_DIRECTORY_PORT": str(ports[3]),
    }
    share_what_is_trained(var)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = first_lines(process)
    address = f"http://127.0.0.1:{ports[0]}"
    assert address in said, f"signpost up did not come up:\n{said}"
    yield Product(address, var, environment, process)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0, "Ctrl-C ends cleanly"
    assert not [port for port in ports if in_use(port)], "and leaves no process behind"


def share_what_is_trained(var: Path) -> None:
    """Train and export once per checkout: the tests link to what lies in the usual state folder."""
    subprocess.run([sys.executable, "-m", "bot.cli", "train"], cwd=ROOT, check=True, timeout=400, env=plain_environment())
    for folder in ("models", "encoder"):
        (var / folder).symlink_to(ROOT / "var" / folder)


def plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}


def first_lines(process: subprocess.Popen, patience: float = 240) -> str:
    """What it prints until it is ready, or ends."""
    said, until = "", time.monotonic() + patience
    while time.monotonic() < until:
        line = process.stdout.readline()
        said += line
        if not line or "is ready" in line:
            break
    return said


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def in_use(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition, patience: float = 60) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            if condition():
                return True
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    return False
