"""A conversation's turn for an action, without Rasa: what was meant and remembered goes in, what is said comes out."""

import asyncio
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class Turn:
    """Runs one action and keeps what it said and remembered."""

    def __init__(self, slots: dict[str, Any]) -> None:
        self.slots = slots
        self.said: list[dict[str, Any]] = []

    def run(
        self, action: Action, text: str = "", intent: str = "", sure: float = 0.0, heard: dict | None = None, **choice: str
    ) -> "Turn":
        latest = {
            "text": text,
            "intent": {"name": intent, "confidence": sure},
            "entities": [{"entity": name, "value": value} for name, value in choice.items()],
            "understanding": heard or {},
        }
        tracker = Tracker(
            "a-conversation", dict(self.slots), latest, [], False, None, self.slots.get("_loop", {}), "action_listen"
        )
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action.run(dispatcher, tracker, {}))
        for event in events:
            if event["event"] == "reset_slots":
                self.slots.clear()
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        self.said = dispatcher.messages
        return self

    @property
    def words(self) -> list[str]:
        return [message["response"] for message in self.said]

    @property
    def contacts(self) -> list[str]:
        return [contact["name"] for message in self.said for contact in message["custom"]["contacts"]]

    @property
    def services(self) -> list[str]:
        return [service["id"] for message in self.said for service in message["custom"]["services"]]

    @property
    def labels(self) -> list[str]:
        return [button["title"] for message in self.said for button in message["buttons"]]

    def value_of(self, label: str) -> str:
        """The value a choice carries, found by what is written on it."""
        payload = next(b["payload"] for m in self.said for b in m["buttons"] if b["title"] == label)
        return payload.split('"value": "')[1].split('"')[0]


@pytest.fixture()
def turn() -> Turn:
    return Turn({})
