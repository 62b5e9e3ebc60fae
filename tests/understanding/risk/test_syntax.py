"""The compact syntax in which patterns of danger are written."""

import pytest

from bot.understanding.risk.book import Book
from bot.understanding.risk.syntax import PatternError, expand, lines

LISTS = {"child": frozenset({"son", "daughter"})}


def found(pattern: str, said: str) -> bool:
    return bool(Book([("x", pattern)], LISTS).find(said.split()))


@pytest.mark.parametrize(
    ("pattern", "said", "expected"),
    [
        ("want to die", "i want to die", True),
        ("want to die", "i want a die", False),
        ("(want|wish) to die", "wish to die", True),
        ("want [really] to die", "want to die", True),
        ("want [really] to die", "want really to die", True),
        ("(dont want|not wanting) to live", "not wanting to live", True),
        ("hit my {child}", "he hit my daughter", True),
        ("hit my {child}", "he hit my head", False),
        ("he ..2 hit me", "he always just hit me", True),
        ("he ..2 hit me", "he was the one who hit me", False),
        ("he ..2 hit me", "he never hit me", False),
        ("he ..2 hit me", "he left . hit me", False),
    ],
)
def test_a_pattern_finds_what_it_says(pattern, said, expected):
    assert found(pattern, said) is expected


@pytest.mark.parametrize("wrong", ["(want|wish to die", "want) to die", "{nobody_wrote_this} cried", "[maybe]", "..3"])
def test_a_pattern_that_cannot_be_read_is_named(wrong):
    with pytest.raises(PatternError, match="."):
        expand(wrong, LISTS)


def test_comments_and_empty_lines_are_no_patterns():
    assert lines("\n  # why\n  one two\n\n") == ["one two"]
