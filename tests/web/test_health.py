"""/healthz says which parts are well, and says it quickly."""

from __future__ import annotations

import time
from dataclasses import replace

from flask.testing import FlaskClient

from tests.web.channel_stub import ChannelStub
from web_widget.app import create_app
from web_widget.configuration import WebConfig


def test_all_well(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"well": True, "parts": {"web": True, "assistant": True}})


def test_a_part_that_is_down_is_named(client: FlaskClient, channel: ChannelStub) -> None:
    channel.close()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"well": False, "parts": {"web": True, "assistant": False}})


def test_a_part_that_hangs_holds_nothing_up(config: WebConfig) -> None:
    slow = {name: lambda: time.sleep(6) or True for name in ("directory", "actions")}
    began = time.monotonic()
    answer = create_app(replace(config, parts={**config.parts, **slow})).test_client().get("/healthz")
    assert time.monotonic() - began < 4
    assert answer.json["parts"] == {"web": True, "assistant": True, "directory": False, "actions": False}
