"""Which other sites may embed the widget and call the gateway: the council's own, named in its pack."""

from __future__ import annotations

from flask import Flask, Response, request

from web_widget.configuration import configured

OPEN_TO_SITES = ("/api/", "/static/", "/council.js")
"""What a page of the council's needs from us; pages and staff pages are nobody else's business."""


def answer_council_sites(app: Flask) -> None:
    """Give the council's own sites, and no other, leave to read our answers (CORS)."""
    app.after_request(_grant)


def _grant(response: Response) -> Response:
    if not request.path.startswith(OPEN_TO_SITES):
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin not in configured().council.sites:
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = "600"
    return response
