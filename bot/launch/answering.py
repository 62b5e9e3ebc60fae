"""Whether Signpost really answers: a real message through the public gateway."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from directory.settings import Settings

TRIAL = "hello"


def address(at: Settings) -> str:
    """Where a browser on this machine finds Signpost."""
    return f"http://{'127.0.0.1' if at.host in {'0.0.0.0', '::'} else at.host}:{at.port}"  # noqa: S104 (compared, not bound)


def answers(at: Settings) -> bool:
    """Whether a message gets an answer now; the trial conversation is deleted."""
    base = f"{address(at)}/api/conversations"
    try:
        with httpx.Client(timeout=10) as client:
            begun = client.post(base, json={"audience": None})
            if begun.status_code != 201:
                return False
            conversation, token = begun.json()["conversation"], begun.json()["token"]
            mine = {"Authorization": f"Bearer {token}"}
            answer = client.post(f"{base}/{conversation}/messages", json={"text": TRIAL}, headers=mine)
            client.delete(f"{base}/{conversation}", headers=mine)
            return answer.status_code == 200 and bool(answer.json()["messages"])
    except httpx.HTTPError:
        return False


def wait_until_answering(at: Settings, still_running: Callable[[], bool], patience: float = 180.0) -> bool:
    """Wait for the first real answer; False when the processes ended or `patience` seconds passed."""
    until = time.monotonic() + patience
    while time.monotonic() < until and still_running():
        if answers(at):
            return True
        time.sleep(0.25)
    return False
