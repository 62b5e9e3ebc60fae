"""The settings of one running Signpost, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_LENGTH = 32  # characters, at least


class SettingsError(Exception):
    """The environment holds something Signpost cannot start with: what it is, why that is wrong, how to mend it."""

    def __init__(self, what: str, why: str, fix: str) -> None:
        super().__init__(f"{what} {why} {fix}")
        self.what, self.why, self.fix = what, why, fix


@dataclass(frozen=True)
class Settings:
    """Where this Signpost keeps its state, which council it serves and where its processes listen."""

    var: Path
    """Folder of everything that is written (SIGNPOST_VAR, default `var/`); absolute."""
    database_url: str = field(repr=False)
    """SQLAlchemy address (DATABASE_URL, default SQLite in `<var>/signpost.db`). May hold a password, so it is never printed."""
    council: str
    """Code of the council pack (SIGNPOST_COUNCIL, default `westmere`)."""
    host: str
    """Address the public web application listens on (SIGNPOST_HOST, default 127.0.0.1)."""
    port: int
    """Public port (SIGNPOST_PORT, default 8000)."""
    rasa_port: int
    """Loopback port of Rasa (SIGNPOST_RASA_PORT, default 5005)."""
    actions_port: int
    """Loopback port of the action server (SIGNPOST_ACTIONS_PORT, default 5055)."""
    directory_port: int
    """Loopback port of the directory server (SIGNPOST_DIRECTORY_PORT, default 5056)."""
    secret_text: str = field(default="", repr=False)
    """SIGNPOST_SECRET as given; use `secret` or `derived_key`. Not needed to search from a shell, so checked on use."""

    @property
    def secret(self) -> bytes:
        """The installation's one secret; SettingsError where it is missing or too short."""
        if len(self.secret_text) < SECRET_LENGTH:
            state = "is too short" if self.secret_text else "is not set"
            raise SettingsError(
                f"SIGNPOST_SECRET {state}.",
                f"Tokens and families' requests are protected by it, so it needs at least {SECRET_LENGTH} characters.",
                "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))' "
                "and keep it: what was encrypted with it cannot be read without it.",
            )
        return self.secret_text.encode()

    def derived_key(self, purpose: str) -> bytes:
        """A key of its own (32 bytes, HKDF-SHA256) for one use of the secret: "tokens", "internal", "requests" …"""
        kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"signpost:{purpose}".encode())
        return kdf.derive(self.secret)


def settings() -> Settings:
    """The settings as the environment has them now; SettingsError where a value cannot be used."""
    var = Path(os.environ.get("SIGNPOST_VAR") or "var").absolute()
    return Settings(
        var=var,
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{var / 'signpost.db'}",
        council=os.environ.get("SIGNPOST_COUNCIL") or "westmere",
        host=os.environ.get("SIGNPOST_HOST") or "127.0.0.1",
        port=_port("SIGNPOST_PORT", 8000),
        rasa_port=_port("SIGNPOST_RASA_PORT", 5005),
        actions_port=_port("SIGNPOST_ACTIONS_PORT", 5055),
        directory_port=_port("SIGNPOST_DIRECTORY_PORT", 5056),
        secret_text=os.environ.get("SIGNPOST_SECRET", ""),
    )


def derived_key(purpose: str) -> bytes:
    """`settings().derived_key(purpose)`, for callers that need nothing else."""
    return settings().derived_key(purpose)


def _port(name: str, default: int) -> int:
    given = os.environ.get(name)
    if not given:
        return default
    if not (given.isdecimal() and 0 < int(given) < 65536):
        raise SettingsError(
            f"{name} is {given!r}.", "A port is a whole number from 1 to 65535.", f"Set {name}={default}, or unset it."
        )
    return int(given)
