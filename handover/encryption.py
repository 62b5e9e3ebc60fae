"""Personal data as it lies in the database: encrypted, with a key of its own for each use."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import replace
from typing import Any, Literal

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from directory.settings import settings

Purpose = Literal["requests", "staff"]


class DecryptionError(Exception):
    """What is stored cannot be read with the secrets this installation has."""

    def __init__(self) -> None:
        super().__init__(
            "A stored record cannot be decrypted: SIGNPOST_SECRET is not the one it was written with, or the record "
            "is damaged. Set SIGNPOST_SECRET to that secret again or, if the secret was changed on purpose, name "
            "the former one in SIGNPOST_SECRET_OLD and run `signpost rotate-keys`."
        )


def encrypt(value: Any, purpose: Purpose = "requests") -> bytes:
    """`value`, plain JSON, encrypted and signed (Fernet) with today's secret."""
    return _fernet(purpose).encrypt(json.dumps(value, ensure_ascii=False).encode())


def decrypt(token: bytes, purpose: Purpose = "requests") -> Any:
    """What `encrypt` was given, under today's secret or a former one; DecryptionError where none opens it."""
    try:
        return json.loads(_fernet(purpose).decrypt(token))
    except InvalidToken:
        # From None: the chain must hold nothing of the record.
        raise DecryptionError from None


def reencrypt(token: bytes, purpose: Purpose = "requests") -> bytes:
    """The same value under today's secret; DecryptionError where no secret we have opens it."""
    try:
        return _fernet(purpose).rotate(token)
    except InvalidToken:
        raise DecryptionError from None


def _fernet(purpose: Purpose) -> MultiFernet:
    """Today's key first, which encrypts; then the key of SIGNPOST_SECRET_OLD, where it is set."""
    today, former = settings(), os.environ.get("SIGNPOST_SECRET_OLD")
    ring = [today, replace(today, secret_text=former)] if former else [today]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each.derived_key(purpose))) for each in ring])
