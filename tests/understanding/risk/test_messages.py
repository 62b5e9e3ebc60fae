"""The labelled messages that the classifier learns from."""

import pytest

from bot.understanding.risk.examples import MESSAGES, _lines
from bot.understanding.risk.fit import HARD
from bot.understanding.risk.kinds import kinds


@pytest.mark.parametrize(("name", "labels"), [("risk/indirect", set(kinds())), ("norisk/indirect", HARD)])
def test_every_message_has_a_label_that_is_known(name, labels):
    rows = _lines(MESSAGES / f"{name}.tsv")
    assert {label for _, label in rows} <= labels
    assert len(rows) > 450


def test_no_message_stands_twice():
    said = [
        text.lower()
        for name in ("risk", "risk/indirect", "norisk", "norisk/indirect")
        for text, _ in _lines(MESSAGES / f"{name}.tsv")
    ]
    assert len(said) == len(set(said))
