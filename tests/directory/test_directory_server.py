"""The directory server and its client, spoken to without a port."""

import logging
import threading
import time

import httpx
import numpy as np
import pytest
from invented_services import bring_in, service
from starlette.testclient import TestClient

from directory import names
from directory.client import DirectoryClient, DirectoryUnavailable
from directory.editing import change, editable
from directory.server import Directory, create_app
from directory.settings import derived_key
from tests.patience import patience

PLAY = service("play", description="Songs and toys.")


class Bridge(httpx.BaseTransport):
    """Carries the client's requests to the application."""

    def __init__(self, server: TestClient) -> None:
        self.server = server

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.server.request(request.method, request.url.path, content=request.read(), headers=dict(request.headers))
        return httpx.Response(answer.status_code, content=answer.content)


def wait_until(true) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


@pytest.fixture
def server(encoder):
    bring_in(PLAY)
    directory = Directory(load=lambda: encoder)
    with TestClient(create_app(directory), headers={"X-Signpost-Key": derived_key("internal").hex()}) as client:
        wait_until(lambda: directory.ready)
        yield client


@pytest.fixture
def client(server):
    return DirectoryClient(url="http://directory", transport=Bridge(server))


def test_vectors_arrive_as_they_left(client, encoder):
    np.testing.assert_array_equal(client.encode(["a toy", "a song"]), encoder.encode(["a toy", "a song"]))
    assert client.encode([]).shape == (0, 64)


def test_a_search_is_answered_in_the_words_of_the_contract(client):
    answer = client.search({"text": "songs"})
    assert set(answer) == {"q", "groups", "services"} and answer["services"][0]["id"] == "play"


def test_what_was_written_is_forgotten_when_that_is_asked_for(client, encoder):
    client.search({"text": "zanzibar songs"})
    assert any("zanzibar" in text for text in encoder.encoded) and names._plain.cache_info().currsize
    client.forget()
    assert encoder.encoded == [] and names._plain.cache_info().currsize == 0


def test_a_reload_takes_up_what_changed(client, server):
    bring_in(PLAY, service("food"))
    client.reload()
    assert server.get("/health").json()["services"] == 2 and client.healthy()


def test_a_worker_s_edit_is_found_after_a_reload_and_searches_go_on_meanwhile(client, server):
    bring_in(PLAY, *(service(f"other-{n}", description=f"Number {n} sings.") for n in range(300)))
    client.reload()
    found = [card["name"] for card in client.search({"text": "swimming lessons"})["services"]]
    before = editable("westmere/play", "westmere")
    words = {"name": "Splash", "description": "Swimming lessons."}
    change("westmere/play", words, before.places, before.version, "ed@westmere.example.org", "westmere")
    began, slowest = time.monotonic(), 0.0
    reloading = threading.Thread(target=client.reload)
    reloading.start()
    while found[0] != "Splash":
        asked = time.monotonic()
        found = [card["name"] for card in client.search({"text": "swimming lessons"})["services"]]
        slowest = max(slowest, time.monotonic() - asked)
        assert time.monotonic() - began < 2 * patience()
    reloading.join()
    assert slowest < patience() / 2


def test_the_list_is_answered_a_page_at_a_time(client):
    bring_in(PLAY, service("food"), service("music"))
    client.reload()
    answer = client.list_services({"text": "", "page": 2, "per_page": 2})
    assert answer["total"] == 3 and [card["id"] for card in answer["services"]] == ["play"]


@pytest.mark.parametrize("path", ["/encode", "/search", "/list", "/reload"])
@pytest.mark.parametrize("key", ["", "wrong", "ü", "0" * 64])
def test_nobody_without_the_key_is_answered(server, path, key):
    answer = server.post(path, json={}, headers={"X-Signpost-Key": key.encode()})
    assert (answer.status_code, answer.json()) == (403, {"error": "key"})


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/search", b"{", 400),
        ("/search", b"[" * 100_000, 400),
        ("/search", b"[]", 400),
        ("/search", b'{"top": "many"}', 400),
        ("/search", b"\xff\xfe", 400),
        ("/encode", b"{}", 400),
        ("/encode", b'{"texts": [1]}', 400),
        ("/encode", b'{"texts": ' + str(["x"] * 65).replace("'", '"').encode() + b"}", 400),
        ("/search", b'{"text": "' + b"x" * 1_000_001 + b'"}', 413),
        ("/search", b"", 200),
        ("/list", b'{"page": 0}', 400),
        ("/list", b'{"day": 7}', 400),
        ("/list", b"", 200),
        ("/nothing", b"", 404),
    ],
)
def test_a_bad_request_is_told_so(server, path, body, status):
    assert server.post(path, content=body).status_code == status


def test_nothing_that_somebody_wrote_reaches_the_log(server, encoder, caplog, monkeypatch):
    def fail(texts):
        raise ValueError(f"cannot read {texts}")

    monkeypatch.setattr(encoder, "encode", fail)
    with caplog.at_level(logging.DEBUG):
        answer = server.post("/search", json={"text": "what a family wrote"})
    assert (answer.status_code, answer.json()) == (500, {"error": "internal"})
    assert "ValueError" in caplog.text and "family" not in caplog.text


def test_while_it_starts_it_says_so(encoder):
    directory = Directory(load=lambda: time.sleep(5) or encoder)
    with TestClient(create_app(directory), headers={"X-Signpost-Key": derived_key("internal").hex()}) as server:
        assert server.get("/health").json()["ready"] is False
        assert server.post("/search", json={"text": "x"}).status_code == 503


def test_a_server_that_is_not_there_is_one_plain_error():
    client = DirectoryClient(url="http://127.0.0.1:9", timeout=0.2)
    assert not client.healthy()
    with pytest.raises(DirectoryUnavailable, match="did not answer /search") as caught:
        client.search({"text": "what a family wrote"})
    assert "family" not in str(caught.value)
