"""The widget on another site: the council's own may embed it, any other is left with its own fallback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from tests.web.conftest import serving
from tests.web.journey import Chat, faults_of_access
from web_widget.app import create_app
from web_widget.configuration import WebConfig

PAGE = """<!DOCTYPE html><html lang="en"><head><title>A council's page</title>
<style>html {{ font-size: 62.5% }} * {{ color: purple; font-family: cursive }} p {{ margin: 4em }}</style></head>
<body><main><h1>Help</h1>
<script type="module" src="{signpost}/static/signpost.js"></script>
<signpost-chat><p>Call <a href="tel:999">999</a></p></signpost-chat></main></body></html>"""


@pytest.fixture
def signpost(config: WebConfig) -> Iterator[tuple[str, str, str]]:
    """Signpost, a site of the council's and a stranger's: three origins; their addresses."""
    places: dict[str, str] = {}

    @Request.application
    def site(_request: Request) -> Response:
        policy = (
            f"default-src 'none'; style-src 'unsafe-inline'; script-src {places['signpost']}; connect-src {places['signpost']}"
        )
        return Response(PAGE.format(**places), mimetype="text/html", headers={"Content-Security-Policy": policy})

    own, stranger = make_server("127.0.0.1", 0, site, threaded=True), make_server("127.0.0.1", 0, site, threaded=True)
    council = f"http://127.0.0.1:{own.port}"
    app = create_app(replace(config, council=replace(config.council, sites=(council,))))
    with serving(make_server("127.0.0.1", 0, app, threaded=True)) as here, serving(own), serving(stranger) as other:
        places["signpost"] = here
        yield here, council, other


def test_the_councils_own_site_holds_a_whole_conversation(page: Page, signpost: tuple[str, str, str]) -> None:
    """Under a strict Content-Security-Policy and wild styles of the site's own, too."""
    chat = Chat(page, signpost[1]).open("/")
    chat.write("my 4 year old hits everyone at nursery")
    expect(page.locator(".card")).to_have_count(2)
    assert not faults_of_access(page)
    chat.reload()
    expect(page.locator(".card")).to_have_count(2)
    size = page.locator(".text").first.evaluate("it => parseFloat(getComputedStyle(it).fontSize)")
    assert size >= 16
    chat.delete()


def test_a_strangers_site_is_left_with_its_fallback(browser_page: Page, signpost: tuple[str, str, str]) -> None:
    browser_page.goto(signpost[2])
    browser_page.wait_for_load_state("networkidle")
    expect(browser_page.get_by_role("link", name="999")).to_be_visible()
    expect(browser_page.get_by_role("log")).to_have_count(0)
    refused = browser_page.evaluate(
        "address => fetch(address + '/api/conversations', {method: 'POST'}).then(() => 'read', () => 'refused')", signpost[0]
    )
    assert refused == "refused"
