"""A real HTTP server on loopback that serves a feed, and misbehaves when told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[BaseHTTPRequestHandler], None]


def thin(n: int, **said: Any) -> dict[str, Any]:
    """A service as version 3 lists it."""
    return {"id": f"s{n}", "name": f"Service {n}", "status": "active", "organization": {"id": "o", "name": "Org"}} | said


def full(n: int, **said: Any) -> dict[str, Any]:
    """The same with what its own page adds."""
    return thin(n) | {"contacts": [{"id": "c", "phones": [{"number": f"01632 96{n:04}"}]}]} | said


class Feed:
    """What the server sends. `faults` are answered first, one for each request to their path."""

    def __init__(self) -> None:
        self.services: dict[str, dict[str, Any]] = {}
        self.per_page = 2
        self.wrapper: dict[str, Any] = {}
        self.faults: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.connections: set[Any] = set()
        self.etags = False
        self.address = ""

    def fill(self, count: int) -> None:
        self.services = {f"s{n}": full(n) for n in range(1, count + 1)}

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        self.asked.append(request.path)
        self.headers.append(dict(request.headers))
        self.connections.add(request.client_address)
        waiting = self.faults.get(parts.path, [])
        if waiting:
            return waiting.pop(0)(request)
        if parts.path == "/api/services":
            return self.page(request, int(parse_qs(parts.query).get("page", ["1"])[0]))
        if parts.path.startswith("/api/services/"):
            service = self.services.get(parts.path.rpartition("/")[2])
            return send(request, service, etag=self.etags) if service else send(request, {}, 404)
        return send(request, {}, 404)

    def page(self, request: BaseHTTPRequestHandler, number: int) -> None:
        everything = list(self.services.values())
        some = everything[(number - 1) * self.per_page : number * self.per_page]
        pages = -(-len(everything) // self.per_page)
        wrapper = {"total_items": len(everything), "total_pages": pages, "page_number": number, "last_page": number >= pages}
        contents = [{k: v for k, v in service.items() if k != "contacts"} for service in some]
        send(request, wrapper | self.wrapper | {"contents": contents}, etag=self.etags)


def send(request: BaseHTTPRequestHandler, said: Any, status: int = 200, etag: bool = False, **headers: str) -> None:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    mark = f'"{hash(body)}"'
    if etag and request.headers.get("If-None-Match") == mark:
        status, body = 304, b""
    request.send_response(status)
    for name, value in (({"ETag": mark} if etag else {}) | headers | {"Content-Length": str(len(body))}).items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def status(code: int, **headers: str) -> Answer:
    return lambda request: send(request, {}, code, **headers)


def body(content: Any) -> Answer:
    return lambda request: send(request, content)


def broken_off(request: BaseHTTPRequestHandler) -> None:
    """Half an answer, and the line goes dead."""
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b'{"contents": [')
    request.close_connection = True


def dripping(request: BaseHTTPRequestHandler) -> None:
    """A space now and then, for ever."""
    request.send_response(200)
    request.send_header("Content-Type", "application/json")
    request.end_headers()
    try:
        for _ in range(200):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.02)
    except OSError:
        pass
    request.close_connection = True


@contextmanager
def serving(feed: Feed) -> Iterator[Feed]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            feed.answer(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up early is no fault here
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    feed.address = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield feed
    finally:
        server.shutdown()
        server.server_close()
