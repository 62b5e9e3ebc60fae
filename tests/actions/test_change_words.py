"""The words of changing what was taken into account are complete, and name what exists."""

import pytest
import yaml

from actions.change import ask_change
from actions.changed import changed
from actions.memory import Memory
from actions.turn import words
from bot.understanding.rules import words as understanding
from directory.needs import needs
from tests.actions.talk import RESPONSES

MEMORY = Memory(needs=({"code": "family.behaviour", "words": "he hits"},), likely=("home.housing", "money.food"))


class Collected:
    def __init__(self) -> None:
        self.said: list[dict] = []

    def utter_message(self, **said) -> None:
        self.said.append(said)


@pytest.mark.parametrize("what", [*words("change")["what"], "what", "words"])
def test_every_change_has_its_question_and_every_choice_means_something(what: str) -> None:
    said = Collected()
    ask_change(said, MEMORY, what)
    assert said.said[0]["response"] in RESPONSES
    for choice in said.said[0]["buttons"]:
        assert len(choice["title"]) <= 60
        if choice["payload"].startswith("/changed"):
            name, _, right = yaml.safe_load(choice["payload"].removeprefix("/changed"))["value"].partition(":")
            assert changed(MEMORY, name, right)


def test_whoever_can_be_asked_for_by_name_is_known_and_needs_something_that_exists() -> None:
    assert set(words("called")) <= set(understanding("steering.yml")["called"])
    assert {group["need"] for group in words("called").values()} <= set(needs())
