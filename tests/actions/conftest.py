"""A conversation's turn for an action, without Rasa: what was meant and remembered goes in, what is said comes out."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
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


TOLD = "my 4 year old hits everyone at nursery and im at my wits end, we're in Aldmoor"


@pytest.fixture(scope="module")
def hearing() -> tuple[Any, Any]:
    """The shipped understanding, and the shipped intents."""
    from bot.understanding.intents import intents_head
    from bot.understanding.understand import Understander
    from directory.encoder import load_encoder

    return Understander(load_encoder()), intents_head()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, hearing: object) -> Iterator[Any]:
    """A directory over one database for all of a module; nothing in it writes there."""
    from actions import searching
    from directory.database import engine, prepare_database
    from tests.actions.town import Town

    folder: Path = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNPOST_VAR", str(folder))
        patch.setenv("SIGNPOST_SECRET", "s" * 40)
        patch.delenv("DATABASE_URL", raising=False)
        prepare_database()
        made = Town()
        patch.setattr(searching, "directory", lambda: made)
        yield made
        engine(f"sqlite:///{folder / 'signpost.db'}").dispose()


@pytest.fixture()
def begin(hearing: tuple[Any, Any], town: Any) -> Callable[..., Any]:
    """Begins a whole conversation, heard and answered by what is shipped."""
    from tests.actions.talk import Talk  # which is made of Turn, above

    town.asked.clear()
    return lambda audience="parent": Talk(*hearing, audience)


@pytest.fixture()
def told(begin: Callable[..., Any]) -> Any:
    """A conversation in which a parent has told what is hard."""
    return begin().say(TOLD)
