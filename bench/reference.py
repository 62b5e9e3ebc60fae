"""The bot that `rasa init` makes: made, trained and served as its own documentation says."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import httpx

from bench.running import Running, start, timed

PORT = 5905
RASA = [sys.executable, "-W", "ignore", "-m", "rasa"]
ADDRESS = f"http://127.0.0.1:{PORT}/webhooks/rest/webhook"


def make(folder: Path) -> None:
    """A fresh bot in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    timed([*RASA, "init", "--no-prompt"], folder, {})


def train(folder: Path) -> float:
    """Seconds to train it from nothing: no model, no cache."""
    for old in (folder / "models", folder / ".rasa"):
        shutil.rmtree(old, ignore_errors=True)
    return timed([*RASA, "train"], folder, {})


def serve(folder: Path) -> Running:
    """Serve it with its REST channel."""
    (folder / "credentials.yml").write_text("rest:\n")
    return start([*RASA, "run", "--port", str(PORT)], folder, lambda: say(httpx.Client(), "hello"), {})


def say(client: httpx.Client, text: str) -> bool:
    """Whether it answers `text`."""
    try:
        return bool(client.post(ADDRESS, json={"sender": "bench", "message": text}, timeout=10).json())
    except (httpx.HTTPError, ValueError):
        return False
