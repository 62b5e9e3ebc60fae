"""What must be so before anything is started: each fault is one sentence with its fix."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

from directory.packs import pack
from directory.settings import Settings


class CannotStart(Exception):
    """Signpost cannot start; the words say what is wrong and how to mend it."""


PORTS = (
    ("port", "SIGNPOST_PORT"),
    ("rasa_port", "SIGNPOST_RASA_PORT"),
    ("actions_port", "SIGNPOST_ACTIONS_PORT"),
    ("directory_port", "SIGNPOST_DIRECTORY_PORT"),
)


def check_ports(at: Settings) -> None:
    """Every port is free, and no two are the same; CannotStart otherwise."""
    seen: dict[int, str] = {}
    for field, variable in PORTS:
        port = getattr(at, field)
        if port in seen:
            raise CannotStart(f"{variable} and {seen[port]} are both {port}. Give each a port of its own.")
        seen[port] = variable
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((at.host if field == "port" else "127.0.0.1", port))
            except OSError as error:
                raise CannotStart(
                    f"Port {port} cannot be used ({error.strerror}). "
                    f"Stop what runs there, or choose another: {variable}={port + 1} make run"
                ) from None


def check_pack() -> None:
    """The council pack can be read; PackError, which says what to mend, otherwise."""
    pack()


def ensure_secret(at: Settings) -> None:
    """Put a secret into the environment where none is set: made once and kept in the state folder, for trying out.

    A council sets SIGNPOST_SECRET itself, and `signpost check` says so.
    """
    if at.secret_text:
        return
    kept = at.var / "secret"
    if not kept.exists():
        at.var.mkdir(parents=True, exist_ok=True)
        _write_private(kept, secrets.token_hex(32))
    os.environ["SIGNPOST_SECRET"] = kept.read_text().strip()


def _write_private(file: Path, words: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(words)
