"""Who may embed us, call us, keep a copy of us: the headers, exactly."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import COUNCIL_SITE

PAGES = ("/", "/chat", "/staff/sign-in", "/council.json", "/static/signpost.js", "/api/openapi.json", "/nothing", "/api/nothing")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "style-src 'self';" in policy
    assert "unsafe" not in policy and "base-uri 'none'" in policy and "form-action 'self'" in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_https_is_for_good(client: FlaskClient) -> None:
    headers = client.get("/", base_url="https://signpost.example.org").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_only_the_councils_sites_may_frame_the_families_pages_and_nobody_the_staff_pages(client: FlaskClient) -> None:
    assert client.get("/chat").headers["Content-Security-Policy"].endswith(f"frame-ancestors 'self' {COUNCIL_SITE}")
    staff = client.get("/staff/sign-in").headers
    assert staff["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert staff["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/chat", "/staff/sign-in", "/api/conversations/x/messages"])
def test_conversations_are_copied_nowhere(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/chat", "/council.json", "/static/signpost.js"])
def test_families_are_given_no_cookie(client: FlaskClient, path: str) -> None:
    assert "Set-Cookie" not in client.get(path).headers
    assert "Set-Cookie" not in client.post("/api/conversations").headers


@pytest.mark.parametrize("path", ["/api/conversations", "/static/signpost.js", "/council.json"])
def test_the_councils_site_may_call_and_no_other(client: FlaskClient, path: str) -> None:
    def granted(origin: str) -> str | None:
        return client.get(path, headers={"Origin": origin}).headers.get("Access-Control-Allow-Origin")

    assert granted(COUNCIL_SITE) == COUNCIL_SITE
    for other in ("https://evil.example", "null", COUNCIL_SITE + ".evil.example", COUNCIL_SITE.upper()):
        assert granted(other) is None
    assert "Origin" in client.get(path).headers["Vary"]


def test_a_browser_may_ask_beforehand(client: FlaskClient) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    answer = client.options("/api/conversations/x/messages", headers={"Origin": COUNCIL_SITE, **ask})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert (
        "Access-Control-Allow-Methods"
        not in client.options("/api/conversations", headers={"Origin": "https://evil.example", **ask}).headers
    )


def test_pages_are_not_open_to_other_sites(client: FlaskClient) -> None:
    for path in ("/chat", "/staff/sign-in"):
        assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": COUNCIL_SITE}).headers
