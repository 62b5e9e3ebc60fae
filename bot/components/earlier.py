"""What the family wrote before a message: handed to the understanding with it, and not kept a second time."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from rasa.shared.core.events import ActiveLoop, Event, UserUttered

from bot.components.messages import HIDDEN, LABEL
from bot.understanding.risk.conversation import LAST

EARLIER = "earlier"
"""Metadata key of a message on its way to the understanding: a component of Rasa's sees no conversation by itself."""
LONGEST = 500
"""Characters of each message, its last: that is where danger stands in a long one, and a turn stays quick."""


def said_before(events: Iterable[Event]) -> list[str]:
    """The family's last LAST messages in their own words, oldest first; what they chose or typed off a button is none.

    While a request is being written, messages whose danger was answered are left out. It was taken up again in
    spite of them, and "after five please" would otherwise be taken for more of the same and stop it once more.
    """
    typed: list[UserUttered] = []
    writing = False
    for event in events:
        if isinstance(event, ActiveLoop):
            writing = bool(event.name)
        elif isinstance(event, UserUttered) and event.text and not {HIDDEN, LABEL} & set(event.metadata or {}):
            typed.append(event)
    counting = [event for event in typed if not (writing and _in_danger(event))]
    return [str(event.text)[-LONGEST:] for event in counting[-LAST:]]


def take_earlier(metadata: MutableMapping[str, Any] | None) -> list[str]:
    """Those messages out of a message's metadata, which Rasa stores with its event: there they would be kept twice."""
    return list(metadata.pop(EARLIER, ())) if metadata else []


def _in_danger(event: UserUttered) -> bool:
    return bool(((event.parse_data or {}).get("understanding") or {}).get("risk"))
