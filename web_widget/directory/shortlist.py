"""/directory/list: the services somebody kept, to be printed, sent by e-mail or taken along on a telephone."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import render_template
from flask.typing import ResponseReturnValue

from web_widget.configuration import configured
from web_widget.directory.blueprint import directory_pages, per_address
from web_widget.directory.qr import draw
from web_widget.directory.service_page import records, shown
from web_widget.directory.state import State, state_of_request

LONGEST_MAIL = 1_800  # characters of the address; some mail programs cut what is longer


@directory_pages.get("/list")
@per_address
def shortlist() -> ResponseReturnValue:
    """Everything on the list with how to reach it; what has gone from the directory is said to be gone."""
    state = state_of_request()
    found = records(list(state.kept))
    there = State(state.search, tuple(key for key in state.kept if key in found), state.page)
    services = [{"key": key, "text": found[key].text, **shown(found[key])} for key in there.kept]
    address = there.shortlist(external=True)
    return render_template(
        "directory/list.html",
        state=there,
        services=services,
        gone=len(state.kept) - len(services),
        address=address,
        mail=mail_link(services, address),
        code=draw(address) if services else None,
    )


def mail_link(services: list[dict[str, Any]], address: str) -> str:
    """A mailto: link that writes the list as plain text; where that grows too long, with names and one way to reach each."""
    whole = [_lines(service, [service["summary"], service["when"], service["address"]]) for service in services]
    short = [_lines(service, []) for service in services]
    made = [_mailto(parts, address) for parts in (whole, short, [])]
    return next((link for link in made if len(link) <= LONGEST_MAIL), made[-1])


def _lines(service: dict[str, Any], more: list[str | None]) -> str:
    ways = (("Phone", service["phone"]), ("Text", service["text"]), ("Email", service["email"]), ("Website", service["url"]))
    first = next((f"{way}: {at}" for way, at in ways if at), None)
    return "\r\n".join(filter(None, (service["name"], *more, first)))


def _mailto(parts: list[str], address: str) -> str:
    council = configured().council.short_name
    body = "\r\n\r\n".join([f"Services for families in {council}:", *parts, f"The list on the web: {address}"])
    return f"mailto:?subject={quote(f'Help for families in {council}')}&body={quote(body)}"
