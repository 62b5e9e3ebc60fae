"""/healthz: which parts of Signpost are well, asked all at once and answered within about a second."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import httpx
from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from directory.database import engine
from directory.settings import Settings
from web_widget.configuration import configured
from web_widget.conversations import Conversations

health = Blueprint("health", __name__)

PATIENCE = 1.0  # seconds for any one part

# Its own few threads: a part that hangs must not take a thread that answers families.
_askers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="health")


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    """200 where every part is well, 503 otherwise; names the parts, and nothing about them that is private."""
    asked = {name: _askers.submit(is_well) for name, is_well in configured().parts.items()}
    wait(asked.values(), timeout=PATIENCE + 0.2)
    parts = {"web": True, **{name: answer.done() and answer.result() for name, answer in asked.items()}}
    well = all(parts.values())
    return {"well": well, "parts": parts}, 200 if well else 503, {"Cache-Control": "no-store"}


def parts_of(chosen: Settings, conversations: Conversations) -> dict[str, Callable[[], bool]]:
    """The parts behind the web application and how each is asked whether it is well."""
    key = {"X-Signpost-Key": chosen.derived_key("internal").hex()}
    return {
        "assistant": conversations.ready,
        "actions": lambda: _answers(f"http://127.0.0.1:{chosen.actions_port}/health", key),
        "directory": lambda: _answers(f"http://127.0.0.1:{chosen.directory_port}/health", key),
        "database": lambda: _database_answers(chosen.database_url),
    }


def _answers(address: str, headers: dict[str, str]) -> bool:
    try:
        return httpx.get(address, headers=headers, timeout=PATIENCE, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def _database_answers(url: str) -> bool:
    try:
        with engine(url).connect() as connection:
            connection.execute(text("SELECT 1"))
            return True
    except Exception:  # noqa: BLE001 (each database driver fails in its own way, and all mean "not well")
        return False
