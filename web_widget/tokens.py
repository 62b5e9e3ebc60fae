"""Tokens: whoever holds one may read, continue and delete one conversation, for a day."""

from __future__ import annotations

import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer

LIFETIME = 24 * 60 * 60  # seconds; a conversation is forgotten by then anyway
ID_BYTES = 24  # 192 random bits: an id cannot be guessed, nor met twice


class NoToken(Exception):
    """The token is missing, forged or past its day."""


class OtherConversation(Exception):
    """The token is good, but for another conversation."""


class Tokens:
    """Signs and checks tokens; holds no state, so a restart forgets nobody."""

    def __init__(self, key: bytes) -> None:
        """`key` is `derived_key("tokens")`."""
        self._signer = URLSafeTimedSerializer(key, salt="conversation")

    def issue(self, conversation: str) -> str:
        """A token for this conversation and no other."""
        return str(self._signer.dumps(conversation))

    def check(self, token: str | None, conversation: str) -> None:
        """Return quietly where `token` opens `conversation`; NoToken, OtherConversation."""
        try:
            bound_to = self._signer.loads(token or "", max_age=LIFETIME)
        except BadSignature:  # SignatureExpired is one of these
            raise NoToken from None
        if bound_to != conversation:
            raise OtherConversation


def new_conversation_id() -> str:
    """An unguessable id, safe in an address."""
    return secrets.token_urlsafe(ID_BYTES)
