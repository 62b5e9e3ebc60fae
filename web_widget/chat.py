"""/chat: the same conversation as plain pages and forms, for a browser without JavaScript."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web_widget.configuration import configured
from web_widget.conversations import AssistantUnavailable, UnknownConversation
from web_widget.danger import emergency_contacts, unanswered
from web_widget.gateway import check_token, pass_on, read_back, tokens
from web_widget.limits import per_address, per_conversation
from web_widget.problems import Problem
from web_widget.tokens import new_conversation_id

chat = Blueprint("chat", __name__)

# The conversation's id and token travel in hidden fields, never in a cookie or an address: nothing stays on the
# device, and no other site's form can speak in a family's name because it cannot know the token.


@chat.get("/chat")
def empty() -> ResponseReturnValue:
    """The page before anything is said; nothing is begun or kept by looking at it."""
    return _page()


@chat.post("/chat/messages")
@per_address
@per_conversation
def say() -> ResponseReturnValue:
    """Send what was written or chosen, beginning the conversation with the first message; the whole of it."""
    conversation, token = request.form.get("conversation"), request.form.get("token")
    text, choice = request.form.get("text", ""), request.form.get("choice")
    try:
        if not conversation:
            conversation, token = _begin(text)
        check_token(token, conversation)
        _send(conversation, text, choice)
        return _page(conversation, token, read_back(conversation))
    except Problem as problem:
        return _page_after(problem, conversation, token, text)


@chat.post("/chat/delete")
@per_address
@per_conversation
def delete() -> ResponseReturnValue:
    """Delete the conversation, and say that it is gone."""
    conversation, token = request.form.get("conversation", ""), request.form.get("token")
    try:
        check_token(token, conversation)
        configured().conversations.forget(conversation)
    except UnknownConversation:
        pass  # gone already, which is what was asked
    except AssistantUnavailable:
        return _page_after(Problem("not-deleted"), conversation, token, "")
    except Problem as problem:
        return _page_after(problem, conversation, token, "")
    return render_template("gone.html")


def _begin(text: str) -> tuple[str, str]:
    conversation = new_conversation_id()
    try:
        configured().conversations.start(conversation, None)
    except AssistantUnavailable:
        raise unanswered(text) from None
    return conversation, tokens().issue(conversation)


def _send(conversation: str, text: str, choice: str | None) -> None:
    # Text wins over a choice: whoever wrote something and then pressed a button must not lose their words.
    if text.strip():
        pass_on(conversation, text=text)
    elif choice:
        pass_on(conversation, choice=choice)
    elif request.form.get("begin") is None:
        raise Problem("nothing-said")


def _page_after(problem: Problem, conversation: str | None, token: str | None, text: str) -> ResponseReturnValue:
    """The page with the problem on top, what was said so far and what was typed: nothing is lost."""
    document = problem.words.document(problem.contacts if problem.contacts is not None else emergency_contacts())
    over = problem.words.status in (401, 403, 404)
    messages: list[dict[str, Any]] = []
    if conversation and not over:
        with suppress(Problem):  # the problem at hand says enough
            messages = read_back(conversation)
    if over:
        conversation = token = None
    return _page(conversation, token, messages, problem=document, text=text), problem.words.status


def _page(
    conversation: str | None = None,
    token: str | None = None,
    messages: list[dict[str, Any]] | None = None,
    **more: Any,
) -> str:
    return render_template("chat.html", conversation=conversation, token=token, messages=messages or [], **more)
