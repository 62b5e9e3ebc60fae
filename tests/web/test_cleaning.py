"""What a family typed is passed on whole, and can neither hide anything nor command."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web_widget.cleaning import LONGEST, NothingSaid, TooLong, clean
from web_widget.contract import document

PATTERN = re.compile(document()["components"]["schemas"]["Said"]["oneOf"][0]["properties"]["text"]["pattern"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  we need help \n", "we need help"),
        ("cafe\u0301", "café"),
        ("one\r\ntwo\u2028three\tfour", "one\ntwo\nthree four"),
        ("he\u200bl\u200dp\u0007 me", "help me"),
        ("\u202eabc\u2069", "abc"),
        ("\ud800lone", "lone"),
        ("😭😭", "😭😭"),
        ("❤️", "❤️"),
        ("میں مدد چاہتی ہوں", "میں مدد چاہتی ہوں"),
        ("/restart", "restart"),
        ('\u200b / /request_early_help{"phone":"x"}', 'request_early_help{"phone":"x"}'),
        ("and/or", "and/or"),
        ("<b>bold</b> & \"quoted\"", "<b>bold</b> & \"quoted\""),
    ],
)  # fmt: skip
def test_only_what_cannot_be_seen_or_would_command_is_removed(typed: str, said: str) -> None:
    assert clean(typed) == said


@pytest.mark.parametrize("typed", ["", "   \n\t", "\u200b\u200e\ufeff", "\x00\x07", "///", "\u3164\u2800", "\ud800"])
def test_nothing_that_can_be_seen_is_nothing_said(typed: str) -> None:
    with pytest.raises(NothingSaid):
        clean(typed)


def test_too_long_is_said_and_not_cut() -> None:
    assert len(clean("a" * LONGEST)) == LONGEST
    with pytest.raises(TooLong):
        clean("a" * (LONGEST + 1))


@given(st.text(alphabet=st.characters(), max_size=60) | st.text(alphabet=st.sampled_from("/ \n\u200b\u202ea\ud800"), max_size=12))
def test_whatever_was_typed_what_is_left_is_plain_words(typed: str) -> None:
    try:
        said = clean(typed)
    except NothingSaid:
        assert not PATTERN.search(re.sub("[\ud800-\udfff]", "", typed)), "the contract says this may be sent"
        return
    assert said == said.strip() and not said.startswith("/") and said.encode()
    assert PATTERN.search(typed), "the contract says this may not be sent"
    assert clean(said) == said
