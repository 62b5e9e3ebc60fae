"""The place a family gives: what they write, and the words taken as the place, exactly as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding.details import find_details
from bot.understanding.text import read

TABLE = Path(__file__).parent / "tables" / "place.tsv"


def rows() -> list[tuple[str, str | None]]:
    """The messages of the table, with the place in each."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(message.replace("\\n", "\n"), None if place == "-" else place) for message, place in lines]


@pytest.mark.parametrize(("message", "place"), rows(), ids=[message for message, _ in rows()])
def test_the_place_is_heard_as_typed_and_other_words_are_none(message: str, place: str | None) -> None:
    assert find_details(read(message)).place == place
