"""Rate limits, per address and per conversation, counted in this process's memory."""

from __future__ import annotations

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from web_widget.configuration import configured

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", strategy="moving-window")


def _conversation() -> str:
    return str((request.view_args or {}).get("conversation") or request.form.get("conversation") or "none")


# One count for all that an address asks of the chat, whichever page or endpoint it asks.
per_address = limiter.shared_limit(lambda: configured().limits.address, scope="chat")
per_conversation = limiter.shared_limit(lambda: configured().limits.conversation, scope="conversation", key_func=_conversation)
per_sign_in = limiter.limit(lambda: configured().limits.sign_in, methods=["POST"])
