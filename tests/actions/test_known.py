"""What the search took into account, said back as people say it."""

import pytest

from actions.known import known
from actions.memory import Memory


@pytest.mark.parametrize(
    ("age", "said"),
    [(7 / 12, "a 7-month-old"), (1 / 12, "a 1-month-old"), (1.5, "an 18-month-old"), (4, "a 4-year-old"), (8, "an 8-year-old")],
)
def test_a_child_is_as_old_as_people_say(age: float, said: str) -> None:
    assert f"for {said}" in known(Memory(ages=({"min": age, "max": age},)), None)
