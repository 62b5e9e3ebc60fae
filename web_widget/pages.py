"""What every server-rendered page can use: the council, the emergency numbers, safe links, GOV.UK components."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import unquote

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from directory.words import miles_in_words
from web_widget.configuration import configured

INVENTED = "westmere"


def prepare(app: Flask) -> None:
    """Give `app`'s templates their context, filters and the GOV.UK Frontend components."""
    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader(
        [app.jinja_loader, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    app.context_processor(_everywhere)
    app.jinja_env.filters.update(dial=dial, web_address=web_address, day=day, miles=miles, spoken=spoken, checked=checked)
    app.jinja_env.filters.update(
        key_of_page=key_of_page, first_upper=first_upper, zip_with=lambda one, other: list(zip(one, other, strict=True))
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _everywhere() -> dict[str, Any]:
    config = configured()
    return {
        "council": config.council,
        "invented": config.council.code == INVENTED,
        "emergency_contacts": config.contacts,
        "exit_url": config.exit_url,
    }


def dial(phone: str) -> str | None:
    """The number at the start of `phone`, for a tel: link ("111, then option 2" dials 111); None where none is."""
    number = re.match(r"\+?[\d ()-]*\d", phone.strip())
    return re.sub(r"[^\d+]", "", number[0]) if number else None


def web_address(address: str | None) -> str | None:
    """The address where it is http(s) or one of our own pages, else None: `javascript:` must never become a link."""
    return address if address and re.match(r"https?://|/[^/\\]", address, re.IGNORECASE) else None


def day(iso: str | date | None) -> str:
    """A date as people say it: 2 October 2026; empty where it is none."""
    try:
        read = date.fromisoformat(iso[:10]) if isinstance(iso, str) else iso
    except ValueError:
        return ""
    return f"{read.day} {read:%B %Y}" if read else ""


def miles(km: float) -> str:
    """A distance as people here say it: "about 2 miles away"; the same words as static/widget/words.js."""
    said = miles_in_words(km)
    return said if said == "very near" else f"{said} away"


def spoken(several: list[str] | str | None) -> str:
    """Several words as one line."""
    return ", ".join(several) if isinstance(several, list) else several or ""


def checked(assured: str) -> str:
    """When somebody last checked a record: "Checked 2 October 2026" of a date, words as they are."""
    return f"Checked {day(assured)}" if day(assured) else assured


def key_of_page(page: str) -> str:
    """The `source/id` of a service out of the address of its page."""
    return unquote(page.removeprefix("/directory/services/"))


def first_upper(said: str) -> str:
    """The same words, beginning with a capital letter; what is in capitals stays so ("BSL by request")."""
    return said[:1].upper() + said[1:]


def pairs(one: Iterable[Any], other: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The items of two lists of one length, two by two."""
    return list(zip(one, other, strict=True))
