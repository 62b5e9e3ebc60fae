"""The channel between the gateway and Rasa: start, say, read and delete a conversation (docs/architecture.md)."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from functools import wraps
from typing import Any, Awaitable, Callable, Coroutine, MutableMapping
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.events import Event
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response
from sqlalchemy.exc import SQLAlchemyError

from bot.components.conversations import ForgettingTrackerStore
from bot.components.earlier import EARLIER, said_before
from bot.components.messages import (
    HIDDEN,
    LABEL,
    CollectedMessages,
    chosen_button,
    danger_heard,
    open_choices,
    transcript,
    typed_button,
)
from bot.launch.forgetting import forget, forget_in_memory
from bot.understanding.plain import plain
from directory.lexical import forget_words
from directory.settings import settings

logger = logging.getLogger(__name__)

FORGET_AFTER_HOURS = 24.0
_FORGET_EVERY_SECONDS = 600
_Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class GatewayChannel(InputChannel):
    """Takes conversations from our gateway only: each call must carry the internal key."""

    @classmethod
    def name(cls) -> str:
        """Rasa mounts a channel under its name."""
        return "signpost"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the contract; `on_new_message` is not used, the agent is asked itself."""
        routes = Blueprint("signpost_channel")
        key = settings().derived_key("internal").hex()
        turns: MutableMapping[str, asyncio.Lock] = WeakValueDictionary()  # a lock per conversation, while it is held

        def ours(handler: _Handler) -> _Handler:
            @wraps(handler)
            async def guarded(request: Request, *args: Any, **kwargs: Any) -> HTTPResponse:
                if not hmac.compare_digest(request.headers.get("x-signpost-key", ""), key):
                    return json_response({"error": "key"}, status=403)
                try:
                    return await handler(request, *args, **kwargs)
                except Exception as failure:  # whatever broke, the gateway must be able to show the numbers
                    # The kind of the failure only: its words may hold what the family wrote.
                    logger.error("%s failed: %s", handler.__name__, type(failure).__name__)
                    return json_response({"error": "turn"}, status=502)

            return guarded

        @routes.listener("after_server_start")
        async def keep_forgetting(app: Sanic, _loop: Any) -> None:
            app.add_task(_forget_idle_for_ever())

        @routes.get("/health")
        @ours
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            return json_response({"ready": ready}, status=200 if ready else 503)

        @routes.post("/conversations/<conversation>")
        @ours
        async def start(request: Request, conversation: str) -> HTTPResponse:
            payload = json.dumps({"audience": (request.json or {}).get("audience")})
            return await _answered(request, conversation, f"/start{payload}", {HIDDEN: True}, status=201)

        @routes.post("/conversations/<conversation>/messages")
        @ours
        async def say(request: Request, conversation: str) -> HTTPResponse:
            if not _store(request).exists(conversation):
                return json_response({"error": "conversation"}, status=404)
            said = request.json or {}
            # One at a time: a second tap must find the choice closed by the first.
            async with turns.setdefault(conversation, asyncio.Lock()):
                events = await _events(request, conversation)
                buttons = open_choices(events)
                if "choice" in said:
                    button = chosen_button(buttons, said["choice"])
                    if button is None:
                        return json_response({"error": "choice"}, status=409)
                else:
                    button = typed_button(buttons, said["text"])
                if button is not None:
                    return await _answered(request, conversation, button["payload"], {LABEL: button["title"]})
                text = str(said["text"]).lstrip("/ ")
                return await _answered(request, conversation, text, {EARLIER: said_before(events)})

        @routes.get("/conversations/<conversation>/messages")
        @ours
        async def read(request: Request, conversation: str) -> HTTPResponse:
            if not _store(request).exists(conversation):
                return json_response({"error": "conversation"}, status=404)
            return json_response({"messages": transcript(await _events(request, conversation))})

        @routes.delete("/conversations/<conversation>")
        @ours
        async def delete(request: Request, conversation: str) -> HTTPResponse:
            async with _agent(request).lock_store.lock(conversation):
                forgotten = _store(request).forget(conversation)
            plain.cache_clear()
            forget_words()
            await asyncio.to_thread(forget_in_memory)
            return empty() if forgotten else json_response({"error": "conversation"}, status=404)

        return routes


async def _answered(request: Request, conversation: str, text: str, metadata: dict[str, Any], status: int = 200) -> HTTPResponse:
    """One turn's messages; where it failed, what the gateway needs to say the right numbers.

    Of a turn that broke, such as on a locked database, people to call are shown all the same. Rasa calls a turn a
    success in which an action died and nothing was said.
    """
    collected = CollectedMessages()
    try:
        message = UserMessage(text, collected, conversation, input_channel=GatewayChannel.name(), metadata=metadata)
        await _agent(request).handle_message(message)
    except Exception as failure:
        logger.error("A turn failed: %s", type(failure).__name__)
        if not any(said["contacts"] for said in collected.messages):
            return json_response({"error": "turn"}, status=502)
    if not collected.messages:
        danger = danger_heard(await _events(request, conversation))
        return json_response({"error": "turn"} | ({"danger": danger} if danger else {}), status=502)
    return json_response({"messages": collected.messages}, status=status)


async def _events(request: Request, conversation: str) -> list[Event]:
    tracker = await _agent(request).tracker_store.retrieve_full_tracker(conversation)
    return list(tracker.events) if tracker else []


async def _forget_idle_for_ever() -> None:
    while True:
        try:
            await asyncio.to_thread(forget, FORGET_AFTER_HOURS)
            plain.cache_clear()
            forget_words()
        except SQLAlchemyError as failure:
            logger.error("Forgetting failed and is tried again: %s", type(failure).__name__)
        await asyncio.sleep(_FORGET_EVERY_SECONDS)


def _agent(request: Request) -> Agent:
    agent: Agent = request.app.ctx.agent
    return agent


def _store(request: Request) -> ForgettingTrackerStore:
    store = _agent(request).tracker_store
    assert isinstance(store, ForgettingTrackerStore)  # noqa: S101 (serve.make_agent sets it)
    return store
