"""The gateway: one conversation each, kind problems with the numbers in them, and nobody else's words."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.patience import patience
from tests.web.channel_stub import ChannelStub
from web_widget.app import create_app
from web_widget.configuration import Limits, WebConfig
from web_widget.tokens import LIFETIME

SECRET_WORDS = "MARKED-WORDS-OF-A-FAMILY"


class Family:
    """Somebody with a conversation."""

    def __init__(self, client: FlaskClient, audience: str | None = None) -> None:
        self.client = client
        started = client.post("/api/conversations", json={"audience": audience})
        assert started.status_code == 201
        self.id, self.token, self.greeting = (started.json[name] for name in ("conversation", "token", "messages"))

    def send(self, body: Any = None, *, token: str | None = None, path: str | None = None, **more: Any) -> TestResponse:
        more.setdefault("json", body) if "data" not in more else None
        return self.client.post(path or f"/api/conversations/{self.id}/messages", headers=_bearer(token or self.token), **more)

    def read(self, token: str | None = None) -> TestResponse:
        return self.client.get(f"/api/conversations/{self.id}/messages", headers=_bearer(token or self.token))

    def delete(self) -> TestResponse:
        return self.client.delete(f"/api/conversations/{self.id}", headers=_bearer(self.token))


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def family(client: FlaskClient) -> Family:
    return Family(client)


def assert_problem(response: TestResponse, status: int, kind: str) -> dict[str, Any]:
    problem: dict[str, Any] = json.loads(response.data)
    assert response.status_code == status == problem["status"]
    assert response.mimetype == "application/problem+json"
    assert problem["type"] == f"urn:signpost:problem:{kind}"
    assert {"title", "detail"} < set(problem) and "Traceback" not in response.text
    assert "999" in {contact["phone"] for contact in problem["contacts"]}
    return problem


def test_a_conversation_from_greeting_to_gone(client: FlaskClient, channel: ChannelStub) -> None:
    family = Family(client, "parent")
    assert channel.received[-1] == {"audience": "parent"} and "computer" in family.greeting[0]["text"]
    assert len(family.id) == 32
    answer = family.send({"text": " he hits at nursery "})
    assert answer.status_code == 200 and len(answer.json["messages"]) == 3
    assert channel.received[-1] == {"text": "he hits at nursery"}
    assert family.send({"choice": "b1"}).json["messages"][0]["from"] == "assistant"
    assert [m["from"] for m in family.read().json["messages"]].count("family") == 2
    gone = family.delete()
    assert (gone.status_code, gone.data) == (204, b"")
    assert_problem(family.read(), 404, "unknown-conversation")
    assert_problem(family.delete(), 404, "unknown-conversation")


def test_a_message_in_another_language_carries_its_language_and_direction(family: Family) -> None:
    words, mark = family.send({"text": "مدد چاہیے"}).json["messages"]
    assert words["language"] == {"code": "ur", "direction": "rtl"}
    assert "language" not in mark


def test_no_body_begins_a_conversation_too(client: FlaskClient) -> None:
    assert client.post("/api/conversations").status_code == 201


@pytest.mark.parametrize("body", [{"audience": "cat"}, {"audience": 1}, {"audience": []}, {"who": "parent"}])
def test_an_audience_that_is_none_is_said_so(client: FlaskClient, body: Any) -> None:
    assert_problem(client.post("/api/conversations", json=body), 422, "bad-audience")


@pytest.mark.parametrize(
    "body",
    [[], "text", None, 1, {}, {"text": 1}, {"text": None}, {"choice": ""}, {"text": "a", "choice": "b"},
     {"text": "a", "sender": "x"}, {"choice": {"id": "a1"}}, {"choice": "a" * 201}],
)  # fmt: skip
def test_another_shape_is_refused_and_not_passed_on(family: Family, channel: ChannelStub, body: Any) -> None:
    before = len(channel.received)
    assert_problem(family.send(data=json.dumps(body), content_type="application/json"), 422, "bad-shape")
    assert len(channel.received) == before


@pytest.mark.parametrize("data", [b"{", b"", b"\xff\xfe", b"[" * 50_000, b'{"text": "a"} x'])
def test_broken_json_is_said_so(family: Family, data: bytes) -> None:
    assert_problem(family.send(data=data, content_type="application/json"), 400, "broken-json")


def test_another_content_type_is_said_so(family: Family) -> None:
    assert_problem(family.send(data="text=hello", content_type="application/x-www-form-urlencoded"), 415, "not-json")
    assert_problem(family.send(data="{}", content_type=None), 415, "not-json")


def test_a_huge_body_is_refused(family: Family) -> None:
    assert_problem(family.send({"text": "a" * 70_000}), 413, "too-large")


def test_ten_thousand_characters_are_refused_with_the_limit(family: Family) -> None:
    assert "2,000" in assert_problem(family.send({"text": "a" * 10_000}), 422, "too-long")["detail"]


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u202e", "///"])
def test_an_empty_message_is_refused_kindly(family: Family, text: str) -> None:
    assert_problem(family.send({"text": text}), 422, "nothing-said")


@pytest.mark.parametrize(("typed", "passed_on"), [("😭", "😭"), ("/restart", "restart"), ("\u200b/x{}", "x{}"), ("<b>", "<b>")])
def test_text_is_passed_on_and_cannot_command(family: Family, channel: ChannelStub, typed: str, passed_on: str) -> None:
    assert family.send({"text": typed}).status_code == 200
    assert channel.received[-1] == {"text": passed_on}


def test_only_the_holder_of_the_token_is_answered(client: FlaskClient, family: Family) -> None:
    address = f"/api/conversations/{family.id}/messages"
    other = Family(client)
    assert_problem(client.get(address), 401, "no-token")
    assert client.get(address).headers["WWW-Authenticate"] == "Bearer"
    assert_problem(client.get(address, headers={"Authorization": f"Basic {family.token}"}), 401, "no-token")
    assert_problem(family.read(token=family.token[:-2] + "xx"), 401, "no-token")
    assert_problem(family.read(token="ünicode"), 401, "no-token")
    assert_problem(family.read(token=other.token), 403, "other-conversation")
    assert_problem(family.send({"text": "hi"}, token=other.token), 403, "other-conversation")


def test_a_token_lasts_a_day(family: Family) -> None:
    with time_machine.travel(time.time() + LIFETIME + 5, tick=False):
        assert_problem(family.read(), 401, "no-token")


def test_a_choice_never_offered_is_said_so(family: Family) -> None:
    assert_problem(family.send({"choice": "b1"}), 409, "choice-not-open")


@pytest.mark.parametrize("text", ["break", "silence"])
def test_a_turn_that_fails_is_a_plain_sentence_with_the_numbers(family: Family, text: str) -> None:
    assert_problem(family.send({"text": text}), 503, "assistant-unavailable")
    assert family.send({"text": "and now"}).status_code == 200


def test_when_rasa_is_gone_the_numbers_come_at_once_and_then_it_goes_on(family: Family, channel: ChannelStub) -> None:
    channel.close()
    began = time.monotonic()
    assert_problem(family.send({"text": "hello"}), 503, "assistant-unavailable")
    assert_problem(family.client.post("/api/conversations"), 503, "chat-unavailable")
    assert_problem(family.delete(), 503, "not-deleted")
    assert time.monotonic() - began < patience()
    channel.open()
    assert family.send({"text": "hello again"}).status_code == 200


def test_when_rasa_hangs_the_family_does_not(family: Family) -> None:
    assert_problem(family.send({"text": "slow"}), 503, "assistant-unavailable")


def test_danger_told_while_everything_is_gone_leads_to_the_right_people(
    family: Family, channel: ChannelStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web_widget import danger

    danger.load_patterns()
    channel.close()
    people = assert_problem(family.send({"text": "I want to kill myself"}), 503, "danger-unavailable")["contacts"]
    assert "116 123" in {contact["phone"] for contact in people[:4]}
    assert len({contact["name"] for contact in people}) == len(people)
    monkeypatch.setattr(danger, "_look", lambda text: 1 / 0)
    assert_problem(family.send({"text": "I want to kill myself"}), 503, "assistant-unavailable")


def test_too_many_messages_are_slowed_kindly(config: WebConfig) -> None:
    family = Family(create_app(replace(config, limits=Limits(conversation="2 per minute"))).test_client())
    assert [family.send({"text": "hi"}).status_code for _ in range(2)] == [200, 200]
    slowed = family.send({"text": "hi"})
    assert_problem(slowed, 429, "slow-down")
    assert slowed.headers["Retry-After"] == "60"
    assert Family(family.client).send({"text": "hi"}).status_code == 200


def test_too_many_from_one_address_are_slowed_kindly(config: WebConfig) -> None:
    client = create_app(replace(config, limits=Limits(address="3 per minute"))).test_client()
    assert [client.post("/api/conversations").status_code for _ in range(3)] == [201] * 3
    assert_problem(client.post("/api/conversations"), 429, "slow-down")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH"])
def test_unknown_addresses_and_methods_are_problems_too(client: FlaskClient, method: str) -> None:
    assert_problem(client.open("/api/nothing", method=method), 404, "not-found")
    refused = client.open("/api/conversations", method=method)
    assert_problem(refused, 405, "wrong-method")
    assert "POST" in refused.headers["Allow"]


def test_a_fault_of_ours_quotes_nobody(
    family: Family, config: WebConfig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: Any, **more: Any) -> None:
        raise ValueError(f"could not read {more}")

    monkeypatch.setattr(config.conversations, "say", fail)
    with caplog.at_level(logging.DEBUG):
        problem = family.send({"text": SECRET_WORDS})
    assert_problem(problem, 500, "failed")
    assert SECRET_WORDS not in problem.text and SECRET_WORDS not in caplog.text
    assert "ValueError in gateway.say" in caplog.text


def test_no_path_writes_a_familys_words_to_a_log(
    family: Family, channel: ChannelStub, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        for text in (SECRET_WORDS, f"break {SECRET_WORDS}", f"slow {SECRET_WORDS}", SECRET_WORDS * 200):
            family.send({"text": text})
        family.send(data=f'{{"text": "{SECRET_WORDS}', content_type="application/json")
        channel.close()
        family.send({"text": SECRET_WORDS})
        family.client.post("/chat/messages", data={"text": SECRET_WORDS})
    said = capfd.readouterr()
    assert SECRET_WORDS not in caplog.text + said.out + said.err
