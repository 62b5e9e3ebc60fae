"""Passwords of staff: made, hashed (argon2id) and checked."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200  # characters; the longest spares the hasher a book

_HASHER = PasswordHasher()  # argon2id with the library's current settings
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # no look-alikes: it is typed from a note


class PasswordRefused(ValueError):
    """A new password that is too easy to find; the message says what to do, and never the password."""


def one_time_password() -> str:
    """A password to be changed at the first sign-in: four groups of four signs, 79 bits."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    """The argon2id hash with its salt and settings, as text."""
    return _HASHER.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether `password` made this hash; with None (nobody has this address) it takes as long, and is False."""
    try:
        _HASHER.verify(password_hash or _nobody(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def check_new(password: str, current: str, email: str) -> None:
    """PasswordRefused where `password` is too short, too long, the current one, or holds the e-mail address's name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefused(f"A password needs {SHORTEST} to {LONGEST} characters. Three random words are good.")
    if password == current:
        raise PasswordRefused("That is the password you have. Choose another: three random words are good.")
    if email.partition("@")[0].lower() in password.lower():
        raise PasswordRefused("A password must not hold your e-mail name. Three random words are good.")


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hash_password(secrets.token_hex())
