"""GET /api/search: the directory for programs, ranked by meaning (openapi.yml)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from directory.client import DirectoryUnavailable
from web_widget.configuration import configured
from web_widget.directory.asking import find_unknown_place, read
from web_widget.directory.blueprint import per_address
from web_widget.directory.words import words
from web_widget.directory.wrapper import wrapped
from web_widget.problems import Problem

search_api = Blueprint("search_api", __name__)


@search_api.get("/api/search")
@per_address
def search() -> ResponseReturnValue:
    """One page of the services that fit, as ServiceCards in Open Referral's page wrapper."""
    asking = read(request.args)
    if asking.faults:
        otherwise = words()["faults_of_programs"]
        told = "; ".join(f"{name}: {otherwise.get(name, said)}" for name, said in asking.fault_words().items())
        raise Problem("bad-search", detail=f"Nothing was searched. {told}")
    find_unknown_place(asking)
    if asking.faults:
        raise Problem("unknown-place", detail=asking.fault_words()["near"])
    try:
        found = configured().directory.list_services(asking.query())
    except DirectoryUnavailable:
        raise Problem("directory-unavailable") from None
    return wrapped(found["services"], found["total"], asking.page, asking.per_page)
