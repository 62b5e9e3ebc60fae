"""The contract's message, made from what Rasa collected."""

import pytest

from bot.components.messages import assistant_message

pytestmark = pytest.mark.slow

KEYS = {"from", "text", "urgent", "contacts", "services", "choices"}


def test_a_message_in_english_has_every_key_and_no_language() -> None:
    assert set(assistant_message("Hello.", {"custom": {"urgent": False}})) == KEYS


def test_a_message_in_another_language_carries_its_language_and_direction() -> None:
    arabic = {"code": "ar", "direction": "rtl"}
    message = assistant_message("المساعدة للعائلات مجانية.", {"custom": {"language": arabic}})
    assert set(message) == {*KEYS, "language"}
    assert message["language"] == arabic
