"""The words of a message as patterns know them."""

import pytest

from bot.understanding.risk.wording import words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("I wanna k1ll myslef!!! Its too muchhh", "i want to kill myself . it is too much"),
        ("kms tonite", "kill myself tonight"),
        ("tried 2 kill meself", "tried to kill myself"),
        ("my 2 kids", "my 2 kids"),
        ("she’s unaliving her self", "she is killing herself"),
        ("my step dad hits me", "my stepdad hits me"),
        ("no one can't", "nobody cant"),
        ("i do not want it", "i dont want it"),
        ("he strangeld me", "he strangled me"),
        ("suiciddal", "suicidal"),
        ("im 14f, yr 9", "i am 14f year 9"),
        ("r*ped", "raped"),
        ("breeding rabbits, sharing scarves", "breeding rabbits sharing scarves"),
        ("", ""),
        ("!!!", ""),
    ],
)
def test_spelling_text_speak_and_disguise_are_put_right(written, read):
    assert words(written) == read.split()


def test_a_very_long_message_keeps_its_beginning_and_its_end():
    read = words("help " + "word " * 5000 + "end")
    assert read[0] == "help"
    assert read[-1] == "end"
    assert len(read) < 1300
