"""/api/open-referral: the directory as an Open Referral UK 3.0 API, open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from directory.database import session
from directory.open_referral import api
from directory.open_referral.query import BadQuery, ListQuery
from directory.open_referral.schema import profile
from web_widget.configuration import configured
from web_widget.limits import per_address
from web_widget.problems import Problem

open_referral = Blueprint("open_referral", __name__, url_prefix="/api/open-referral")


@open_referral.get("/")
def about() -> ResponseReturnValue:
    """Which version and profile this is."""
    return api.about(url_for("open_referral.openapi", _external=True))


@open_referral.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """The profile's own description of the API."""
    return dict(profile())


@open_referral.get("/services")
@per_address
def services() -> ResponseReturnValue:
    """The services, a page at a time."""
    return _listed(api.services)


@open_referral.get("/services/<id_>")
@per_address
def service(id_: str) -> ResponseReturnValue:
    """One service, fully nested."""
    return _one(api.service, id_)


@open_referral.get("/service_at_locations")
@per_address
def service_at_locations() -> ResponseReturnValue:
    """The services at their places, a page at a time."""
    return _listed(api.service_at_locations)


@open_referral.get("/service_at_locations/<id_>")
@per_address
def service_at_location(id_: str) -> ResponseReturnValue:
    """One service at one of its places."""
    return _one(api.service_at_location, id_)


@open_referral.get("/taxonomies")
def taxonomies() -> ResponseReturnValue:
    """The taxonomies."""
    return api.taxonomy_list(_query())


@open_referral.get("/taxonomies/<id_>")
def taxonomy(id_: str) -> ResponseReturnValue:
    """One taxonomy with its terms."""
    return _found(api.taxonomy(id_))


@open_referral.get("/taxonomy_terms")
def taxonomy_terms() -> ResponseReturnValue:
    """The terms of all taxonomies, a page at a time."""
    return api.taxonomy_terms(_query())


@open_referral.get("/taxonomy_terms/<id_>")
def taxonomy_term(id_: str) -> ResponseReturnValue:
    """One term."""
    return _found(api.taxonomy_term(id_))


@open_referral.after_request
def _open_to_all(response: Response) -> Response:
    # Open Referral UK asks that any page of anybody's may read it; nothing here is private, and no cookie counts.
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    return response


def _listed(ask: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    query = _query()
    try:
        with session() as db:
            return ask(db, configured().council.code, query)
    except BadQuery as fault:
        raise _told(fault) from None


def _one(ask: Callable[..., dict[str, Any] | None], id_: str) -> dict[str, Any]:
    with session() as db:
        return _found(ask(db, configured().council.code, id_))


def _found(document: dict[str, Any] | None) -> dict[str, Any]:
    if document is None:
        raise Problem("not-found")
    return document


def _query() -> ListQuery:
    try:
        return ListQuery.from_args(request.args)
    except BadQuery as fault:
        raise _told(fault) from None


def _told(fault: BadQuery) -> Problem:
    known = url_for("open_referral.openapi")
    return Problem("bad-filter", detail=f"Nothing was looked up. {fault} The filters that we know are in {known}.")
