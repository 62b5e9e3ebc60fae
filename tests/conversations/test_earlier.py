"""Which of the family's messages are handed over with the next one: their own words, the last few, cut to a length."""

import pytest
from rasa.shared.core.events import ActiveLoop, BotUttered, UserUttered

from bot.components.earlier import EARLIER, LONGEST, said_before, take_earlier
from bot.components.messages import HIDDEN, LABEL, danger_heard
from bot.understanding.risk.conversation import LAST

pytestmark = pytest.mark.slow

RISK = {"understanding": {"risk": {"kind": "suicide", "immediate": True}}}


def wrote(text: str, **more) -> UserUttered:
    return UserUttered(text, **more)


def test_they_are_the_last_ones_in_order_and_no_choice_or_start_is_among_them() -> None:
    events = [
        wrote("/start", metadata={HIDDEN: True}),
        BotUttered("Hello."),
        *(wrote(f"message {n}") for n in range(LAST + 2)),
        wrote('/answer{"value": "safe"}', metadata={LABEL: "Yes, I'm safe"}),
    ]
    assert said_before(events) == [f"message {n}" for n in range(2, LAST + 2)]


def test_a_long_message_is_cut_to_its_end() -> None:
    (said,) = said_before([wrote("so much else " * 200 + "and then he hit me")])
    assert len(said) == LONGEST and said.endswith("and then he hit me")


def test_while_a_request_is_written_danger_that_was_answered_does_not_stop_it_again() -> None:
    told, sad = wrote("he hits me", parse_data=RISK), wrote("im so low")
    assert said_before([told, sad]) == ["he hits me", "im so low"]
    assert said_before([told, sad, ActiveLoop("early_help_form")]) == ["im so low"]
    assert said_before([told, ActiveLoop("early_help_form"), ActiveLoop(None)]) == ["he hits me"]


def test_they_leave_the_metadata_when_they_are_taken() -> None:
    metadata = {EARLIER: ["im so low"], "other": 1}
    assert take_earlier(metadata) == ["im so low"]
    assert metadata == {"other": 1}
    assert take_earlier(None) == take_earlier({}) == []


def test_the_gateway_is_told_the_danger_of_the_latest_message_only() -> None:
    assert danger_heard([wrote("hello"), wrote("i want to die", parse_data=RISK)])["kind"] == "suicide"
    assert danger_heard([wrote("i want to die", parse_data=RISK), wrote("hello")]) is None
    assert danger_heard([]) is None
