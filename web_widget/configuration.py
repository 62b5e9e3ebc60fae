"""What one web application is made with; the settings' for real, or given by a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import current_app

from directory.packs import CouncilPack
from web_widget.conversations import Contact, Conversations

EXTENSION = "signpost"


class DirectoryServer(Protocol):
    """What is asked of the directory server; every call may raise DirectoryUnavailable (directory/client.py)."""

    def list_services(self, query: dict[str, Any]) -> dict[str, Any]:
        """One page of the services that fit a query."""

    def reload(self) -> dict[str, Any]:
        """Have the index built again from the database."""


@dataclass(frozen=True)
class Limits:
    """How often is too often. A home, a school or a library may be one address, so that one is generous."""

    conversation: str = "60 per minute"
    """Nobody types faster."""
    address: str = "600 per minute"
    """More than one honest place ever asks."""
    sign_in: str = "10 per minute"
    """Tries of staff to sign in, per address."""
    report: str = "10 per minute"
    """Reports of a wrong record, per address."""
    enforced: bool = True
    """False where one machine sends a day's messages in a minute: the benchmark (SIGNPOST_RATE_LIMITS=off)."""


@dataclass(frozen=True)
class WebConfig:
    """Everything that differs between the running service and a test."""

    conversations: Conversations
    council: CouncilPack
    contacts: Callable[[], list[Contact]]
    """The emergency numbers of the registry, open or not as of now."""
    directory: DirectoryServer
    """Searches the services, and follows what workers edit."""
    token_key: bytes = field(repr=False)
    staff_key: bytes = field(repr=False)
    parts: dict[str, Callable[[], bool]] = field(default_factory=dict)
    """What /healthz asks, by name; each answers within a second and never raises."""
    limits: Limits = Limits()
    proxies: int = 0
    """How many proxies of the council's stand before us and set X-Forwarded-For and -Proto (SIGNPOST_PROXIES)."""
    exit_url: str = "https://www.gov.uk/"
    """Where "Leave this page" goes: a page that anybody might have open (SIGNPOST_EXIT_URL)."""


def configured() -> WebConfig:
    """The configuration of the application that serves this request."""
    config = current_app.extensions[EXTENSION]
    assert isinstance(config, WebConfig)
    return config
