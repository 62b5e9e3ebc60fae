"""The gateway keeps the contract of openapi.yml, whatever is sent; schemathesis thinks up what that might be."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
import schemathesis
import yaml
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.web.channel_stub import ChannelStub
from web_widget.contract import DOCUMENT
from web_widget.problems import all_words

LIVE = os.environ.get("SIGNPOST_LIVE")
"""Address of a running Signpost: then that is driven, with fewer examples, instead of the application in here."""

EXAMPLES = settings(max_examples=15 if LIVE else 80, deadline=None, database=None, suppress_health_check=list(HealthCheck))
OPERATIONS = ("startConversation", "sendMessage", "readConversation", "deleteConversation")


@pytest.fixture
def api(app: Flask) -> schemathesis.BaseSchema:
    if LIVE:
        return schemathesis.openapi.from_url(f"{LIVE}/api/openapi.json")
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


@pytest.fixture
def key(app: Flask) -> dict[str, str]:
    """A conversation that is going on, with its token."""
    started = httpx.post(f"{LIVE}/api/conversations").json() if LIVE else app.test_client().post("/api/conversations").json
    return {"conversation": started["conversation"], "token": started["token"]}


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_strangers_are_answered_as_the_contract_says(api: schemathesis.BaseSchema, operation: str, mode: GenerationMode) -> None:
    """No token, or one thought up: schemathesis's own idea of how an API is used and misused."""

    @EXAMPLES
    @given(case=_strategy(api, operation, mode))
    def drive(case: schemathesis.Case) -> None:
        case.call_and_validate()

    _run(drive)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", ["sendMessage", "readConversation"])
def test_families_are_answered_as_the_contract_says(
    api: schemathesis.BaseSchema, key: dict[str, str], operation: str, mode: GenerationMode
) -> None:
    """With a good id and a good token, so that what is sent is what is judged."""

    @EXAMPLES
    @given(case=_strategy(api, operation, mode))
    def drive(case: schemathesis.Case) -> None:
        body_is_bad = case.meta is not None and any(
            part.value == "body" and it.mode == GenerationMode.NEGATIVE for part, it in case.meta.components.items()
        )
        case.path_parameters = {"conversation": key["conversation"]}
        response = case.call(headers={"Authorization": f"Bearer {key['token']}"})
        case.validate_response(
            response, checks=[not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
        )
        assert not (body_is_bad and response.status_code == 200), case.body

    _run(drive)


def _strategy(api: schemathesis.BaseSchema, name: str, mode: GenerationMode) -> SearchStrategy[schemathesis.Case]:
    return api.find_operation_by_id(name).as_strategy(generation_mode=mode)


def _run(drive: Callable[[], None]) -> None:
    try:
        drive()
    except Unsatisfiable:
        pytest.skip("this operation has nothing that could be wrong in that way")


def test_every_kind_of_problem_has_a_status_that_the_contract_names(channel: ChannelStub) -> None:
    written = yaml.safe_load(Path(DOCUMENT).read_text(encoding="utf-8"))
    named = {
        int(code)
        for path in written["paths"].values()
        for method in path.values()
        if "responses" in method
        for code in method["responses"]
    }
    ours = {words.status for kind, words in all_words().items() if kind != "wrong-method"}
    assert ours <= named
