"""No telephone number that a family reads comes from anywhere but the registry: searched for in every response, page and pack."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from directory.contacts import registry
from directory.files import read_csv
from directory.helplines import helplines, shown
from directory.packs import pack
from tests.web.conftest import app, channel, client, config  # noqa: F401 (fixtures)

ROOT = Path(__file__).parents[1]
COUNCILS = sorted(folder.name for folder in (ROOT / "directory" / "councils").iterdir() if (folder / "council.yml").exists())

# A long number as it is written here; the short ones that are dialled; and a code to text to.
NUMBER = re.compile(r"(?<![\w.#-])(?:(?:\+44 ?|0)\d(?:[ -]?\d){6,9}|999|112|101|111|911|116 ?\d{3}|\d{5})(?![\w-])")

WORDS = [
    *sorted((ROOT / "bot" / "domain").glob("*.yml")),
    *sorted((ROOT / "actions").glob("*.yml")),
    *sorted((ROOT / "handover").glob("*.yml")),
    *(ROOT / "directory" / "data" / f"{name}.yml" for name in ("languages", "glossary", "helpline_needs", "needs")),
    ROOT / "web_widget" / "problems.yml",
    ROOT / "web_widget" / "directory" / "words.yml",
]
WRITTEN = [
    *sorted((ROOT / "web_widget" / "templates").rglob("*.html")),
    *sorted((ROOT / "web_widget" / "static").rglob("*.js")),
]
PAGES = ("/", "/chat", "/accessibility", "/privacy", "/nothing", "/api/nothing", "/council.json")


def digits(number: str) -> str:
    return re.sub(r"\D", "", number).removeprefix("44").removeprefix("0")


def numbers_in(text: str) -> set[str]:
    without = re.sub(r"\d{4}-\d\d-\d\d|\d{1,2}[:.]\d\d", "|", text)  # dates, times and sums of money
    return {found[0] for found in NUMBER.finditer(without)}


def of_the_registry(code: str = "westmere") -> set[str]:
    """Every number of the contacts that may be shown in this council."""
    told = [it for it in registry(pack(code)).values() if shown(it) or it.council]
    return {digits(number) for it in told for text in (it.phone, it.text) if text for number in numbers_in(text)}


def outside(text: str, allowed: set[str]) -> set[str]:
    return {number for number in numbers_in(text) if digits(number) not in allowed}


def strings(value: Any) -> Iterator[str]:
    """Every text in a YAML document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


class Text(HTMLParser):
    """What is read on a page, and what its links dial."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.said += [value[4:] for name, value in attributes if name == "href" and value and value.startswith(("tel:", "sms:"))]


def test_the_search_finds_the_numbers_that_there_are() -> None:
    said = "Ring 0800 1111 or 01632 960001, 116 123, text SHOUT to 85258, +44 20 7946 0000, 0808-800-5000 or 999. In 2026 it was 12.30."
    assert {digits(number) for number in numbers_in(said)} == {
        "8001111", "1632960001", "116123", "85258", "2079460000", "8088005000", "999",
    }  # fmt: skip
    assert {"999", "8001111", "116123", "85258", "1632960001"} <= of_the_registry()


@pytest.mark.parametrize("file", WORDS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_response_or_label_holds_a_number_outside_the_registry(file: Path) -> None:
    national = {digits(n) for it in helplines().values() if shown(it) for n in (it.phone, it.text) if n}
    told = "\n".join(strings(yaml.safe_load(file.read_text(encoding="utf-8"))))
    assert outside(told, of_the_registry() | national) == set()


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_template_or_script_holds_a_number_at_all(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}|/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert numbers_in(re.sub(r"\d+_000|#[0-9a-f]{3,6}\b", "", text)) == set()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_shows_a_number_outside_the_registry(client: FlaskClient, path: str) -> None:  # noqa: F811
    read = " | ".join(Text(client.get(path).text).said)
    assert numbers_in(read), "each of them says whom to call"
    assert outside(read, of_the_registry()) == set()


@pytest.mark.parametrize("code", COUNCILS)
def test_no_words_of_a_pack_hold_a_number_that_is_not_one_of_its_teams(code: str) -> None:
    told = "\n".join(
        strings(yaml.safe_load((ROOT / "directory" / "councils" / code / "council.yml").read_text(encoding="utf-8")))
    )
    assert outside(told, of_the_registry(code)) == set()


@pytest.mark.parametrize("code", COUNCILS)
def test_no_service_of_a_pack_holds_a_number_in_its_words_that_is_not_its_own(code: str) -> None:
    if not pack(code).services_csv.exists():
        pytest.skip("this pack has no services of its own")
    wrong = []
    for row in read_csv(pack(code).services_csv):
        own = {digits(n) for name in ("phone", "text") for n in numbers_in(row.get(name) or "")}
        said = " | ".join(
            value for name, value in row.items() if value and name not in {"phone", "text", "id", "postcode", "url", "email"}
        )
        if strange := outside(said, of_the_registry(code) | own):
            wrong.append((row["id"], strange))
    assert wrong == []
