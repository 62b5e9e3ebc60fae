"""/api/openapi.json: the contract of the gateway and the search for programmers, kept in openapi.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from flask import Blueprint
from flask.typing import ResponseReturnValue

from directory.needs import needs

contract = Blueprint("contract", __name__)

DOCUMENT = Path(__file__).with_name("openapi.yml")


@contract.get("/api/openapi.json")
def openapi() -> ResponseReturnValue:
    """The OpenAPI document."""
    return document()


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI document as a dictionary."""
    read: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    for parameter in read["paths"]["/api/search"]["get"]["parameters"]:
        if parameter["name"] == "need":  # the vocabulary stands in one place: directory/data/needs.yml
            parameter["schema"]["items"]["enum"] = ["", *needs()]
    return read
