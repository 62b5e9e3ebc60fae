"""The Open Referral UK 3.0 API over HTTP: what it answers, to whom, and what it says to nonsense."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from flask.testing import FlaskClient

from directory.database import prepare_database
from directory.importer import import_reading
from directory.open_referral.identifiers import service_id
from directory.open_referral.schema import schema
from directory.packs import pack
from directory.sources.csv_template import read_csv_template
from directory.sources.national import SOURCE, read_national
from tests.web.conftest import COUNCIL_SITE

API = "/api/open-referral"
PATHS = ("/", "/openapi.json", "/services", "/service_at_locations", "/taxonomies", "/taxonomy_terms")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A directory with all that Westmere shows, made once: nothing here changes it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('open_referral') / 'directory.db'}"
    prepare_database(url)
    import_reading(read_csv_template(pack("westmere").services_csv, "westmere", "westmere"), "westmere", "westmere", url)
    import_reading(read_national(), SOURCE, None, url)
    return url


@pytest.fixture(autouse=True)
def directory(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", filled)


@pytest.mark.parametrize("path", PATHS)
def test_every_address_answers_json_that_any_site_may_read(client: FlaskClient, path: str) -> None:
    answer = client.get(API + path)
    assert answer.status_code == 200 and answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    own = client.get(API + path, headers={"Origin": COUNCIL_SITE})
    assert own.headers.getlist("Access-Control-Allow-Origin") == [COUNCIL_SITE]


def test_it_says_what_it_is(client: FlaskClient) -> None:
    said = client.get(f"{API}/").json
    assert said["version"] == "HSDS-UK-3.0" and client.get(said["openapi_url"]).json["openapi"] == "3.0.0"


def test_every_service_of_every_page_is_valid_and_its_own_page_too(client: FlaskClient) -> None:
    valid = {name: jsonschema_rs.validator_for(dict(schema(name)), validate_formats=True) for name in ("service", "service_list")}
    ids: list[str] = []
    page = 1
    while contents := client.get(f"{API}/services?page={page}&per_page=100").json["contents"]:
        ids += [item["id"] for item in contents]
        assert not [fault.message for item in contents for fault in valid["service_list"].iter_errors(item)]
        page += 1
    assert len(ids) == len(set(ids)) > 250
    for id_ in ids[:: len(ids) // 20]:
        assert not [fault.message for fault in valid["service"].iter_errors(client.get(f"{API}/services/{id_}").json)]


def test_a_filter_is_passed_on(client: FlaskClient) -> None:
    everything = client.get(f"{API}/service_at_locations").json["total_items"]
    some = client.get(f"{API}/service_at_locations?day=MO&start_time=09:00&postcode=WM4&proximity=3000").json
    assert 0 < some["total_items"] < everything


def test_one_of_each_is_found_by_the_id_its_list_gives(client: FlaskClient) -> None:
    for path in ("services", "service_at_locations", "taxonomies", "taxonomy_terms"):
        first = client.get(f"{API}/{path}").json["contents"][0]
        assert client.get(f"{API}/{path}/{first['id']}").json["id"] == first["id"]


NONSENSE = ("page=-1", "page=x", "per_page=0", "minimum_age=old", "day=x", "taxonomy_term_id=x", "proximity=5",
            "postcode=ZZ9+9ZZ", "search=" + "x" * 5000)  # fmt: skip


@pytest.mark.parametrize("query", NONSENSE)
@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_nonsense_is_a_problem_that_says_so(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{API}/{path}?{query}")
    if answer.status_code == 400:
        assert answer.mimetype == "application/problem+json" and answer.json["type"] == "urn:signpost:problem:bad-filter"
        assert answer.json["contacts"] and query.partition("=")[0] in answer.json["detail"].replace("ZZ9 9ZZ", "postcode")
    else:
        assert query.startswith(("proximity", "postcode")) and path == "services"


@pytest.mark.parametrize("id_", ["x", service_id("westmere", "none"), "../services", "%00", "' OR 1=1"])
@pytest.mark.parametrize("path", ["services", "service_at_locations", "taxonomies", "taxonomy_terms"])
def test_what_is_not_there_is_said_so(client: FlaskClient, path: str, id_: str) -> None:
    assert client.get(f"{API}/{path}/{id_}").status_code == 404


def test_a_search_in_the_language_of_databases_is_only_words(client: FlaskClient) -> None:
    for words in ("'; DROP TABLE service; --", "NEAR(a b)", '"', "%", "\\", "a AND OR NOT *"):
        answer = client.get(f"{API}/services", query_string={"search": words})
        assert answer.status_code == 200
    assert client.get(f"{API}/services").json["total_items"] > 250


def test_the_description_is_the_profile_s_own() -> None:
    ours = Path(__file__).parents[2] / "directory" / "data" / "open-referral" / "openapi.json"
    assert json.loads(ours.read_text())["info"]["title"] == "Open Referral UK Profile"
