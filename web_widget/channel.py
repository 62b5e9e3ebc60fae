"""The conversations as Rasa holds them, reached through the Signpost channel on loopback (docs/architecture.md)."""

from __future__ import annotations

from typing import Any

import httpx

from web_widget.conversations import AssistantUnavailable, ChoiceNotOpen, Message, UnknownConversation

TURN_SECONDS = 8.0  # what a person waits before a plain "not working" is kinder than silence
CONNECT_SECONDS = 1.0  # loopback answers or refuses at once; longer means the process hangs
HEALTH_SECONDS = 1.0

# Shorter than Rasa's own keep-alive (5 s), so that we never write into a connection it is just closing.
KEEP_ALIVE = httpx.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=3.0)


class RasaConversations:
    """Conversations over HTTP. One client for the whole process: connections are kept open between turns."""

    def __init__(self, base_url: str, internal_key: bytes, turn_seconds: float = TURN_SECONDS) -> None:
        """`base_url` ends in `/signpost`; `internal_key` is `derived_key("internal")`."""
        self._client = httpx.Client(
            base_url=base_url.rstrip("/"),
            headers={"X-Signpost-Key": internal_key.hex()},
            timeout=httpx.Timeout(turn_seconds, connect=CONNECT_SECONDS),
            limits=KEEP_ALIVE,
            trust_env=False,  # loopback never goes through a proxy
        )

    def start(self, conversation: str, audience: str | None) -> list[Message]:
        return _messages(self._ask("POST", f"/conversations/{conversation}", {"audience": audience}))

    def say(self, conversation: str, *, text: str | None = None, choice: str | None = None) -> list[Message]:
        said = {"text": text} if choice is None else {"choice": choice}
        return _messages(self._ask("POST", f"/conversations/{conversation}/messages", said))

    def transcript(self, conversation: str) -> list[Message]:
        return _messages(self._ask("GET", f"/conversations/{conversation}/messages"))

    def forget(self, conversation: str) -> None:
        self._ask("DELETE", f"/conversations/{conversation}")

    def ready(self) -> bool:
        try:
            answer = self._client.get("/health", timeout=HEALTH_SECONDS)
            return answer.status_code == 200 and answer.json().get("ready") is True
        except (httpx.HTTPError, ValueError, AttributeError):
            return False

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        # `from None` throughout: what httpx chains may quote the request, and that holds a family's words.
        try:
            answer = self._client.request(method, path, json=body)
        except httpx.HTTPError as fault:
            raise AssistantUnavailable(type(fault).__name__) from None
        if answer.status_code == 404:
            raise UnknownConversation
        if answer.status_code == 409:
            raise ChoiceNotOpen
        if not answer.is_success:
            raise AssistantUnavailable(f"the channel answered {answer.status_code}", _danger(answer))
        return answer


def _danger(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        danger = answer.json().get("danger")
    except (ValueError, AttributeError):
        return None
    return danger if isinstance(danger, dict) else None


def _messages(answer: httpx.Response) -> list[Message]:
    try:
        messages = answer.json()["messages"]
    except (ValueError, KeyError, TypeError):
        raise AssistantUnavailable("the channel's answer is not a list of messages") from None
    # Rasa answers 200 with nothing when a turn broke (docs/stack.md): silence is a failure, never an answer.
    if not isinstance(messages, list) or not messages:
        raise AssistantUnavailable("the channel answered with no message")
    return messages
