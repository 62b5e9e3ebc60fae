"""The chat gateway: the JSON contract of design.md between a browser and the assistant."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from web_widget.cleaning import NothingSaid, TooLong, clean
from web_widget.configuration import configured
from web_widget.conversations import AssistantUnavailable, ChoiceNotOpen, Conversations, UnknownConversation
from web_widget.danger import unanswered
from web_widget.limits import per_address, per_conversation
from web_widget.problems import Problem
from web_widget.tokens import NoToken, OtherConversation, Tokens, new_conversation_id

gateway = Blueprint("gateway", __name__, url_prefix="/api/conversations")

AUDIENCES = ("parent", "young_person", "practitioner", None)
LONGEST_CHOICE = 200  # characters; ids are the assistant's own and short


@gateway.post("")
@per_address
def start() -> ResponseReturnValue:
    """Open a conversation: its id, the token that opens it, the greeting."""
    audience = _audience(_json_object() if request.content_length or request.mimetype else {})
    conversation = new_conversation_id()
    try:
        messages = _assistant().start(conversation, audience)
    except AssistantUnavailable:
        raise Problem("chat-unavailable") from None
    return {"conversation": conversation, "token": tokens().issue(conversation), "messages": messages}, 201


@gateway.post("/<conversation>/messages")
@per_address
@per_conversation
def say(conversation: str) -> ResponseReturnValue:
    """Pass on what the family wrote or chose; the new messages."""
    _allow(conversation)
    text, choice = _said(_json_object())
    return {"messages": pass_on(conversation, text=text, choice=choice)}


@gateway.get("/<conversation>/messages")
@per_address
@per_conversation
def transcript(conversation: str) -> ResponseReturnValue:
    """The whole conversation, for a page that was loaded again."""
    _allow(conversation)
    return {"messages": read_back(conversation)}


@gateway.delete("/<conversation>")
@per_address
@per_conversation
def forget(conversation: str) -> ResponseReturnValue:
    """Delete everything of the conversation."""
    _allow(conversation)
    try:
        _assistant().forget(conversation)
    except UnknownConversation:
        raise Problem("unknown-conversation") from None
    except AssistantUnavailable:
        raise Problem("not-deleted") from None
    return "", 204


def pass_on(conversation: str, *, text: str | None = None, choice: str | None = None) -> list[dict[str, Any]]:
    """Give the assistant one message of the family's; its answer, or a Problem that carries the right numbers."""
    try:
        said = None if text is None else clean(text)
        return _assistant().say(conversation, text=said, choice=choice)
    except NothingSaid:
        raise Problem("nothing-said") from None
    except TooLong:
        raise Problem("too-long") from None
    except UnknownConversation:
        raise Problem("unknown-conversation") from None
    except ChoiceNotOpen:
        raise Problem("choice-not-open") from None
    except AssistantUnavailable as failure:
        raise unanswered(text or "", failure.danger) from None


def read_back(conversation: str) -> list[dict[str, Any]]:
    """The whole conversation, or a Problem."""
    try:
        return _assistant().transcript(conversation)
    except UnknownConversation:
        raise Problem("unknown-conversation") from None
    except AssistantUnavailable:
        raise Problem("chat-unavailable") from None


def check_token(token: str | None, conversation: str) -> None:
    """Return quietly where the token opens the conversation, else raise the Problem that says so."""
    try:
        tokens().check(token, conversation)
    except NoToken:
        raise Problem("no-token") from None
    except OtherConversation:
        raise Problem("other-conversation") from None


def tokens() -> Tokens:
    """The signer of this application's tokens."""
    return Tokens(configured().token_key)


def _assistant() -> Conversations:
    return configured().conversations


def _allow(conversation: str) -> None:
    given = request.authorization
    check_token(given.token if given and given.type == "bearer" else None, conversation)


def _json_object() -> dict[str, Any]:
    if not request.is_json:
        raise Problem("not-json")
    try:
        read = json.loads(request.get_data())
    except (ValueError, RecursionError):  # RecursionError: brackets nested tens of thousands deep
        raise Problem("broken-json") from None
    if not isinstance(read, dict):
        raise Problem("bad-shape")
    return read


def _audience(body: dict[str, Any]) -> str | None:
    audience = body.get("audience")
    if set(body) - {"audience"} or not isinstance(audience, str | None) or audience not in AUDIENCES:
        raise Problem("bad-audience")
    return audience


def _said(body: dict[str, Any]) -> tuple[str | None, str | None]:
    """The text or the choice of a body that holds exactly one of them."""
    match body:
        case {"text": str(text), **rest} if not rest:
            return text, None
        case {"choice": str(choice), **rest} if not rest and 0 < len(choice) <= LONGEST_CHOICE:
            return None, choice
    raise Problem("bad-shape")
