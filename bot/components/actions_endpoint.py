"""How Rasa asks the action server: within a time a person waits, and without its words in a log."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

TIMEOUT_SECONDS = 5.0
"""Rasa's own default is 300."""


def trust_our_own_answers() -> None:
    """Spare Rasa checking the form of each answer of the action server: a quarter of a turn, for answers rasa-sdk made."""
    RemoteAction._validate_action_result = _accept


def _accept(_action: RemoteAction, _result: Any) -> bool:
    return True


class ActionsEndpoint(EndpointConfig):
    """The action server on loopback, sent no domain unless an action asks for it."""

    def __init__(self, port: int) -> None:
        """`port` is the action server's, on 127.0.0.1."""
        super().__init__(f"http://127.0.0.1:{port}/webhook", enable_selective_domain=True)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As EndpointConfig.request; an error response loses its body, in which rasa-sdk returns the whole conversation."""
        kwargs["timeout"] = TIMEOUT_SECONDS
        # Our actions read slots and the latest message; the events before it would be most of what is sent.
        kwargs["json"]["tracker"]["events"] = []
        try:
            return await super().request(*args, **kwargs)
        except ClientResponseError as error:
            status = error.status
        raise ClientResponseError(status, "the action server refused or failed", "")
