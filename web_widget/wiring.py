"""The running service's configuration, out of the environment and the council pack."""

from __future__ import annotations

import os

from directory.client import DirectoryClient
from directory.packs import pack
from directory.settings import settings
from web_widget.channel import RasaConversations
from web_widget.configuration import Limits, WebConfig
from web_widget.health import parts_of
from web_widget.people import emergency_numbers

SEARCH_SECONDS = 5.0  # what a reader waits for a page of services before a plain "not working" is kinder


def from_settings() -> WebConfig:
    """The configuration the environment asks for; SettingsError, or the pack's error, where it cannot be used."""
    chosen = settings()
    council = pack(chosen.council)
    internal_key = chosen.derived_key("internal")
    conversations = RasaConversations(f"http://127.0.0.1:{chosen.rasa_port}/signpost", internal_key)
    return WebConfig(
        conversations=conversations,
        council=council,
        contacts=emergency_numbers(council),
        directory=DirectoryClient(timeout=SEARCH_SECONDS),
        token_key=chosen.derived_key("tokens"),
        staff_key=chosen.derived_key("staff-session"),
        parts=parts_of(chosen, conversations),
        limits=Limits(enforced=os.environ.get("SIGNPOST_RATE_LIMITS") != "off"),
        proxies=int(os.environ.get("SIGNPOST_PROXIES") or 0),
        exit_url=os.environ.get("SIGNPOST_EXIT_URL") or WebConfig.exit_url,
    )
