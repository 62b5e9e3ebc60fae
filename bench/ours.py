"""Signpost itself, served for measuring from a state folder of its own."""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from pathlib import Path

import httpx

from bench.running import Running, start, timed

ROOT = Path(__file__).parents[1]
PORTS = {
    "SIGNPOST_PORT": "8900",
    "SIGNPOST_RASA_PORT": "5915",
    "SIGNPOST_ACTIONS_PORT": "5955",
    "SIGNPOST_DIRECTORY_PORT": "5956",
}
ADDRESS = f"http://127.0.0.1:{PORTS['SIGNPOST_PORT']}/api/conversations"
MESSAGE = "my 4 year old hits everyone at nursery and im at my wits end, we're in Aldmoor"


def environment(var: Path) -> dict[str, str]:
    """Where this Signpost keeps its state and listens."""
    return {"SIGNPOST_VAR": str(var), "SIGNPOST_SECRET": "x" * 64, "DATABASE_URL": "", "SIGNPOST_RATE_LIMITS": "off", **PORTS}


def prepare(var: Path) -> None:
    """All that is not Rasa's training: the encoder's export and the services."""
    var.mkdir(parents=True, exist_ok=True)
    timed([sys.executable, "-m", "bot.cli", "train"], ROOT, environment(var))


def train(var: Path) -> float:
    """Seconds to train Rasa's own model from nothing."""
    shutil.rmtree(ROOT / ".rasa", ignore_errors=True)
    return timed([sys.executable, "-W", "ignore", "-m", "bot.components.train"], ROOT, environment(var))


def serve(var: Path) -> Running:
    """Start it as a council would."""
    os.chdir(ROOT)
    command = [sys.executable, "-m", "bot.cli", "up"]
    return start(command, ROOT, lambda: Conversation().ask(MESSAGE), environment(var))


class Conversation:
    """One conversation through the public gateway."""

    def __init__(self) -> None:
        """Not begun until the first message."""
        self._client = httpx.Client(timeout=20)
        self._address = ""
        self._headers: dict[str, str] = {}

    def ask(self, text: str) -> bool:
        """Whether `text` is answered with services."""
        try:
            if not self._address:
                begun = self._client.post(ADDRESS, json={"audience": "parent"}).json()
                self._address = f"{ADDRESS}/{begun['conversation']}/messages"
                self._headers = {"Authorization": f"Bearer {begun['token']}"}
            messages = self._client.post(self._address, json={"text": text}, headers=self._headers).json()["messages"]
            return any(message["services"] for message in messages)
        except (httpx.HTTPError, ValueError, KeyError):
            return False


def widget_kilobytes() -> float:
    """All that the widget loads, each file compressed, in kB (1,000 bytes)."""
    static = ROOT / "web_widget" / "static"
    files = [static / "signpost.js", *sorted((static / "widget").rglob("*"))]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files if file.is_file()) / 1000
