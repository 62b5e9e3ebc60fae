"""Scripts and styles are sent compressed; what holds a family's words never is, so no length can betray them."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request


def compress_static_files(app: Flask) -> None:
    """Compress `app`'s own static text files for browsers that ask for it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not request.path.startswith("/static/"):
        return response
    response.vary.add("Accept-Encoding")
    text = response.mimetype in ("text/javascript", "text/css")
    if response.status_code != 200 or not text or not request.accept_encodings["gzip"]:
        return response
    response.direct_passthrough = False
    response.set_data(_gzipped(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=64)
def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, 9)
