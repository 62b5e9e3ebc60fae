"""What the tests of the web application share: the application, its channel, a real server and a real browser."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from werkzeug.serving import BaseWSGIServer, make_server

from directory.client import DirectoryUnavailable
from directory.packs import pack
from tests.web.channel_stub import KEY, ChannelStub
from tests.web.journey import Chat
from web_widget.app import create_app
from web_widget.channel import RasaConversations
from web_widget.configuration import Limits, WebConfig
from web_widget.people import emergency_numbers

COUNCIL_SITE = "https://www.westmere.example.org"

ROOT = Path(__file__).parents[2]

logging.getLogger("werkzeug").setLevel(logging.ERROR)


@pytest.fixture
def channel() -> Iterator[ChannelStub]:
    stub = ChannelStub()
    yield stub
    with suppress(OSError):  # a test may have closed it
        stub.close()


class NoDirectory:
    """A directory server that is not there; tests that search have one (tests/web/directory_server.py)."""

    def list_services(self, query: dict[str, Any]) -> dict[str, Any]:
        raise DirectoryUnavailable("there is none")

    reload = list_services


@pytest.fixture
def config(channel: ChannelStub) -> WebConfig:
    council = replace(pack("westmere"), sites=(COUNCIL_SITE,))
    conversations = RasaConversations(channel.address, KEY, turn_seconds=1.0)
    return WebConfig(
        conversations=conversations,
        council=council,
        contacts=emergency_numbers(council),
        directory=NoDirectory(),
        token_key=b"t" * 32,
        staff_key=b"s" * 32,
        parts={"assistant": conversations.ready},
        limits=Limits(
            conversation="1000 per minute", address="10000 per minute", sign_in="1000 per minute", report="1000 per minute"
        ),
    )


@pytest.fixture
def app(config: WebConfig) -> Flask:
    made = create_app(config)
    made.testing = False  # as in service: a fault becomes an answer
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where `app` is served, for real."""
    with serving(make_server("127.0.0.1", 0, app, threaded=True)) as where:
        yield where


@contextmanager
def serving(server: BaseWSGIServer) -> Iterator[str]:
    """A server at work while the block lasts; its address."""
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def chat(page: Page, address: str) -> Chat:
    """The chat on the demonstration page, begun."""
    return Chat(page, address).open()


@pytest.fixture
def shots() -> Path:
    """Where pictures for people go."""
    folder = Path(os.environ.get("SIGNPOST_SHOTS") or ROOT / "var" / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
