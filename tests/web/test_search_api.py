"""GET /api/search keeps its contract: the page wrapper, filters that filter, and a clear answer to whatever is asked."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from directory.needs import needs
from tests.web.directory_server import app, directory_server, house, westmere  # noqa: F401
from web_widget.directory.asking import FIELDS
from web_widget.directory.words import words

EXAMPLES = settings(max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def ask(client: FlaskClient, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/search", query_string=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_the_wrapper_is_open_referral_s(client: FlaskClient) -> None:
    page = ask(client, per_page=50)
    assert set(page) == {
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
    }  # fmt: skip
    assert page["total_items"] > 200 and page["total_pages"] == -(-page["total_items"] // 50)
    assert (page["page_number"], page["size"], page["first_page"], page["last_page"], page["empty"]) == (
        1,
        50,
        True,
        False,
        False,
    )


def test_the_pages_hold_everything_once(client: FlaskClient) -> None:
    first = ask(client, need="money.food", per_page=3)
    pages = [ask(client, need="money.food", per_page=3, page=number) for number in range(1, first["total_pages"] + 1)]
    ids = [card["id"] for page in pages for card in page["contents"]]
    assert len(ids) == len(set(ids)) == first["total_items"] and pages[-1]["last_page"]
    past = ask(client, need="money.food", per_page=3, page=first["total_pages"] + 1)
    assert past["empty"] and past["contents"] == [] and past["last_page"] and past["total_items"] == first["total_items"]


def test_words_rank_and_filters_filter(client: FlaskClient) -> None:
    assert ask(client, q="The Bump Club in Castle Fields")["contents"][0]["name"] == "Bump Club"
    for card in ask(client, need="money.food", free="true", per_page=100)["contents"]:
        assert "money.food" in card["needs"] and card["cost"].lower().startswith("free")
    assert all("Polish" in " ".join(card["languages"]) for card in ask(client, language="Polish")["contents"])
    near = ask(client, near="Aldmoor", within_km=3, per_page=100)["contents"]
    assert near and all(card["distance_km"] is None or card["distance_km"] <= 3 for card in near)
    everything, saturday = ask(client)["total_items"], ask(client, day="sat")["total_items"]
    assert 0 < saturday < everything


def test_empty_values_are_as_good_as_none(client: FlaskClient) -> None:
    empty = client.get("/api/search?q=&need=&age=&near=&within_km=&audience=&free=&day=&page=&per_page=")
    assert empty.status_code == 200 and empty.json == ask(client)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("page=-1", "page"), ("page=0", "page"), ("page=1e3", "page"), ("page=99999999999999999999", "page"),
        ("per_page=0", "per_page"), ("per_page=101", "per_page"), ("need=no.such", "need"), ("need=food' OR 1=1--", "need"),
        ("age=-1", "age"), ("age=four", "age"), ("age=999", "age"), ("age=٣", "age"), ("within_km=-2", "within_km"),
        ("within_km=nan", "within_km"), ("within_km=inf", "within_km"), ("audience=cat", "audience"), ("free=yes", "free"),
        ("day=someday", "day"), ("q=" + "x" * 2_001, "q"), ("q=" + "x" * 5_000, "q"), ("near=" + "x" * 201, "near"),
        ("page=1&page=2", "page"), ("send=1", "send"), ("language=" + "x" * 61, "language"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_a_clear_problem(client: FlaskClient, asked: str, field: str) -> None:
    answer = client.get(f"/api/search?{asked}")
    assert answer.status_code == 422 and answer.mimetype == "application/problem+json"
    assert field in answer.json["detail"] and answer.json["contacts"]


@pytest.mark.parametrize("place", ["90210", "75008 Paris", "D02 X285", "K1A 0B1", "Atlantis", "zz99 9zz", "' OR 1=1 --"])
def test_a_place_nobody_knows_is_asked_about(client: FlaskClient, place: str) -> None:
    answer = client.get("/api/search", query_string={"near": place})
    assert answer.status_code == 404 and "Which town or postcode is it near?" in answer.json["detail"]
    assert place in answer.json["detail"]


@pytest.mark.parametrize(
    "words",
    ["'; DROP TABLE service; --", '"a" NEAR/2 "b" *', "%_%", "\x00\u202e", "<script>", "/restart", "🙈", "../../etc/passwd"],
)
def test_strange_words_are_only_words(client: FlaskClient, words: str) -> None:
    assert ask(client, q=words)["total_items"] > 0
    assert ask(client)["total_items"] > 200


def test_without_a_directory_server_it_says_so(config: Any) -> None:
    from web_widget.app import create_app

    answer = create_app(config).test_client().get("/api/search?q=food")
    assert answer.status_code == 503 and answer.json["contacts"]


def test_the_council_s_sites_may_ask_and_no_copy_is_kept(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=food", headers={"Origin": "https://www.westmere.example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://www.westmere.example.org"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_document_names_every_parameter_and_every_need(client: FlaskClient) -> None:
    parameters = {it["name"]: it for it in client.get("/api/openapi.json").json["paths"]["/api/search"]["get"]["parameters"]}
    assert set(parameters) == {*FIELDS, "page", "per_page"} == set(words()["faults"]) - {"far_from"}
    assert set(parameters["need"]["schema"]["items"]["enum"]) == {"", *needs()}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_asked_is_answered_as_the_contract_says(app: Flask, mode: GenerationMode) -> None:  # noqa: F811
    operation = schemathesis.openapi.from_wsgi("/api/openapi.json", app).find_operation_by_id("searchServices")

    @EXAMPLES
    @given(case=operation.as_strategy(generation_mode=mode))
    def drive(case: schemathesis.Case) -> None:
        case.call_and_validate()

    drive()
