"""The processes of Signpost, each started and ended by hand, so that any of them can be missing or broken."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.live.conftest import free_port, plain_environment, wait_until

ROOT = Path(__file__).parents[2]
RASA, ACTIONS, DIRECTORY, WEB = "bot.components.serve", "actions.serve", "directory.server", "web_widget.serve"
HEALTH = {RASA: "/signpost/health", ACTIONS: "/health", DIRECTORY: "/health", WEB: "/council.json"}
SETTING = {
    RASA: "SIGNPOST_RASA_PORT",
    ACTIONS: "SIGNPOST_ACTIONS_PORT",
    DIRECTORY: "SIGNPOST_DIRECTORY_PORT",
    WEB: "SIGNPOST_PORT",
}
SECRET = "a secret of the tests, long enough"


@dataclass
class House:
    """A state folder with a trained assistant, and the processes that run on it."""

    var: Path
    ports: dict[str, int] = field(default_factory=lambda: {module: free_port() for module in SETTING})
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        ports = {name: str(self.ports[module]) for module, name in SETTING.items()}
        return plain_environment() | ports | {
            "SIGNPOST_VAR": str(self.var),
            "SIGNPOST_SECRET": SECRET,
            "SIGNPOST_RATE_LIMITS": "off",
            "DATABASE_URL": "",
            "HF_HUB_OFFLINE": "1",
        }  # fmt: skip

    def start(self, module: str, **more: str) -> None:
        """Start a process where it is not running, and wait until it answers; what it says goes to a file of the state folder."""
        if module in self.processes:
            return
        with (self.var / f"{module}.out").open("ab") as said:
            self.processes[module] = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", module],
                cwd=ROOT, env=self.environment | more, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
            )  # fmt: skip
        assert wait_until(lambda: self.answers(module), 300), (self.var / f"{module}.out").read_text()[-2000:]

    def end(self, module: str) -> None:
        """End a process as a crash would."""
        if process := self.processes.pop(module, None):
            process.kill()
            process.wait()

    def answers(self, module: str) -> bool:
        """Whether it is there; the directory is, and says that it is not ready, where its encoder or index is broken."""
        status = httpx.get(f"http://127.0.0.1:{self.ports[module]}{HEALTH[module]}", headers=self.key(), timeout=2).status_code
        return status == 200 or module == DIRECTORY

    def converses(self) -> bool:
        """Whether a conversation can begin: a first turn loads what the later ones need."""
        trial = f"http://127.0.0.1:{self.ports[RASA]}/signpost/conversations/trial"
        begun = httpx.post(trial, json={"audience": None}, headers=self.key(), timeout=30).status_code == 201
        return begun and httpx.delete(trial, headers=self.key(), timeout=30).status_code == 204

    def key(self) -> dict[str, str]:
        from directory.settings import derived_key

        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SIGNPOST_SECRET", SECRET)
            return {"X-Signpost-Key": derived_key("internal").hex()}


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Trained once for all of these tests, with all the rules and words and a part that breaks (training.py)."""
    encoder = "from directory.encoder import load_encoder; load_encoder()"
    subprocess.run([sys.executable, "-c", encoder], cwd=ROOT, env=plain_environment(), check=True, timeout=300)
    made = House(tmp_path_factory.mktemp("trained"))
    (made.var / "encoder").symlink_to(ROOT / "var" / "encoder")
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", "tests.faults.training"],
                          cwd=ROOT, env=made.environment, capture_output=True, text=True, timeout=900)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return made


@pytest.fixture(scope="module")
def house(trained: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Rasa and the action server at work; the directory and the web application are there once a test starts them."""
    made = House(tmp_path_factory.mktemp("house"))
    for folder in ("models", "encoder"):
        (made.var / folder).symlink_to(trained.var / folder)
    made.start(RASA)
    made.start(ACTIONS)
    assert wait_until(made.converses, 120)
    yield made
    for module in list(made.processes):
        made.end(module)


@dataclass
class Answer:
    """What came back for a message, and how long it took."""

    status: int
    body: dict[str, Any]
    seconds: float

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.body.get("messages", [])

    @property
    def text(self) -> str:
        return "\n".join([*(message["text"] for message in self.messages), self.body.get("detail", "")])

    @property
    def phones(self) -> list[str]:
        """The numbers, in the order in which they are read."""
        people = [*(it for message in self.messages for it in message["contacts"]), *self.body.get("contacts", [])]
        return [it["phone"] or it["text"] or it["name"] for it in people]


class Family:
    """Somebody who talks through the public gateway."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        begun = client.post("/api/conversations", json={"audience": None})
        assert begun.status_code == 201, begun.text
        self.id, self.token = begun.json()["conversation"], begun.json()["token"]
        self.last = Answer(201, begun.json(), 0.0)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def say(self, text: str) -> Answer:
        return self._post({"text": text})

    def choose(self, label: str) -> Answer:
        choices = {it["label"]: it["id"] for message in self.last.messages for it in message["choices"]}
        assert label in choices, f"{label!r} is not among {list(choices)} after: {self.last.text}"
        return self._post({"choice": choices[label]})

    def delete(self) -> int:
        return self.client.delete(f"/api/conversations/{self.id}", headers=self.headers).status_code

    def _post(self, body: dict[str, str]) -> Answer:
        began = time.monotonic()
        answer = self.client.post(f"/api/conversations/{self.id}/messages", json=body, headers=self.headers)
        self.last = Answer(answer.status_code, answer.json(), time.monotonic() - began)
        return self.last


@pytest.fixture
def gateway(house: House, monkeypatch: pytest.MonkeyPatch) -> httpx.Client:
    """The gateway in this process, made as the running service makes it."""
    for name, value in house.environment.items():
        if name.startswith("SIGNPOST_"):
            monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return gateway_as_set()


def gateway_as_set() -> httpx.Client:
    from web_widget.app import create_app
    from web_widget.wiring import from_settings

    app = create_app(from_settings())
    return httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://signpost.test")


@pytest.fixture
def family(gateway: httpx.Client) -> Family:
    return Family(gateway)
