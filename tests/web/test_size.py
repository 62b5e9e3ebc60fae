"""What a council's page loads for the chat stays small, comes from us alone, and needs nobody else."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.web.journey import Chat

STATIC = Path(__file__).parents[2] / "web_widget" / "static"
LIMIT = 20_000  # bytes, compressed, scripts and styles together


def widget_files() -> list[Path]:
    return [STATIC / "signpost.js", *sorted((STATIC / "widget").iterdir())]


def test_all_that_the_widget_loads_is_at_most_20_kb() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in widget_files()}
    print("\n".join(f"{size:6} {name}" for name, size in sizes.items()), f"\n{sum(sizes.values()):6} in all, compressed")
    assert sum(sizes.values()) <= LIMIT


def test_the_files_are_sent_compressed_and_are_the_same(client: FlaskClient) -> None:
    for path in widget_files():
        sent = client.get(f"/static/{path.relative_to(STATIC)}", headers={"Accept-Encoding": "gzip"})
        assert sent.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(sent.data) == path.read_bytes()
        again = client.get(f"/static/{path.relative_to(STATIC)}", headers={"If-None-Match": sent.headers["ETag"]})
        assert again.status_code == 304


def test_words_of_families_are_never_compressed(client: FlaskClient) -> None:
    for path in ("/chat", "/council.json"):
        assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "gzip"}).headers


def test_nothing_is_asked_of_anybody_else(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    Chat(page, address).open().write("my 4 year old hits everyone at nursery")
    assert asked and all(url.startswith(address) for url in asked)


def test_no_telephone_number_is_written_outside_the_registry() -> None:
    number = re.compile(r"\b(0\d{3,4} ?\d{3} ?\d{3,4}|116 ?\d{3}|999|85258)\b")
    for path in [*widget_files(), *(STATIC.parent / "templates").rglob("*.html"), *STATIC.parent.glob("*.yml")]:
        assert not number.search(re.sub(r"/\*.*?\*/|\{#.*?#\}|#.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)), path
