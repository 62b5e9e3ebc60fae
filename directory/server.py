"""The directory server: owns the encoder and the index, and answers on loopback (`python -m directory.server`).

What it answers is in docs/architecture.md, "The directory server". Nothing of a message is ever written to a log.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from directory.database import now, prepare_database, session
from directory.encoder import Encoder, load_encoder
from directory.hours import is_bank_holiday
from directory.index import build_index
from directory.lexical import forget_words
from directory.listing import Page, list_services
from directory.names import forget_texts
from directory.query import Query, QueryError
from directory.search import Search
from directory.settings import derived_key, settings

KEY_HEADER = "X-Signpost-Key"
LARGEST = 1_000_000  # bytes of a request
MOST_TEXTS = 64

log = logging.getLogger("signpost.directory")

Answer = dict[str, Any]


class Refused(Exception):
    """A request that is answered with an error: its status and a word for it."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status, self.error = status, error


class Directory:
    """The running directory. It starts in the background, so that the port is open at once and `ready` tells."""

    def __init__(self, load: Callable[[], Encoder] = load_encoder) -> None:
        self._load = load
        self._search: Search | None = None
        self._stopping = threading.Event()
        self._building = threading.Lock()

    def start(self) -> None:
        """Load the encoder, bring the index up to date, and then follow it."""
        threading.Thread(target=self._run, daemon=True, name="directory").start()

    def stop(self) -> None:
        """End the thread that follows the index."""
        self._stopping.set()

    @property
    def ready(self) -> bool:
        return self._search is not None

    @property
    def search(self) -> Search:
        """The search; Refused (503) while it is still starting."""
        if self._search is None:
            raise Refused(503, "starting")
        return self._search

    def reload(self) -> None:
        """Build the index from the database and take it up; searches go on with the old one until then."""
        with self._building:
            with session() as opened:
                build_index(opened, self.search.encoder)
            self.search.follow()

    def _run(self) -> None:
        try:
            prepare_database()
            search = Search(self._load())
            search.refresh()
            search.encoder.encode(["ready"])
            is_bank_holiday(now().date())  # its library takes half a second, which no family should wait for
            self._search = search
        except Exception as error:
            _log_quietly("The directory could not start", error)
            raise
        while not self._stopping.wait(1.0):
            try:
                search.follow()
            except Exception as error:  # a half-copied folder must not end the following
                _log_quietly("A new index could not be taken up", error)


def create_app(directory: Directory | None = None, key: bytes | None = None) -> Starlette:
    """The application; `key` (default: derived from the secret) is what callers have to show, in hexadecimal."""
    directory = directory or Directory()
    expected = (key or derived_key("internal")).hex()

    def endpoint(answer: Callable[[Any], Answer]) -> Callable[[Request], Any]:
        """Check the key, read the JSON, answer in a thread; every error becomes a short JSON of its own."""

        async def handle(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get(KEY_HEADER, "").encode(), expected.encode()):
                return JSONResponse({"error": "key"}, 403)
            try:
                data = await _json(request) if request.method == "POST" else None
                return JSONResponse(await run_in_threadpool(answer, data))
            except Refused as refused:
                return JSONResponse({"error": refused.error}, refused.status)
            except QueryError as error:
                return JSONResponse({"error": "query", "detail": str(error)}, 400)
            except Exception as error:
                _log_quietly(f"{request.url.path} failed", error)
                return JSONResponse({"error": "internal"}, 500)

        return handle

    def encode(data: Any) -> Answer:
        texts = data.get("texts") if isinstance(data, dict) else None
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise QueryError("texts: a list of texts is needed.")
        if len(texts) > MOST_TEXTS:
            raise QueryError(f"texts: at most {MOST_TEXTS} at once.")
        encoder = directory.search.encoder
        vectors = encoder.encode(texts)
        return {"dimension": encoder.dimension, "vectors": base64.b64encode(vectors.tobytes()).decode()}

    def search(data: Any) -> Answer:
        return directory.search.search(Query.from_json(data))

    def list_(data: Any) -> Answer:
        return list_services(directory.search, Query.from_json(data), Page.from_json(data))

    def reload(_: Any) -> Answer:
        began = time.perf_counter()
        directory.reload()
        return {"services": directory.search.services, "seconds": round(time.perf_counter() - began, 3)}

    def forget(_: Any) -> Answer:
        directory.search.encoder.forget()
        forget_texts()
        forget_words()
        return {}

    def health(_: Any) -> Answer:
        if not directory.ready:
            return {"ready": False, "services": 0, "index": None}
        return {"ready": True, "services": directory.search.services, "index": directory.search.index_name}

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        directory.start()
        yield
        directory.stop()

    return Starlette(
        routes=[
            Route("/encode", endpoint(encode), methods=["POST"]),
            Route("/search", endpoint(search), methods=["POST"]),
            Route("/list", endpoint(list_), methods=["POST"]),
            Route("/reload", endpoint(reload), methods=["POST"]),
            Route("/forget", endpoint(forget), methods=["POST"]),
            Route("/health", endpoint(health), methods=["GET"]),
        ],
        lifespan=lifespan,
    )


def main() -> None:
    """Serve on loopback, on the settings' port, until stopped."""
    import uvicorn

    uvicorn.run(
        create_app(),
        host="127.0.0.1",
        port=settings().directory_port,
        access_log=False,
        log_level="warning",
        ws="none",  # Rasa holds websockets at a version uvicorn cannot use, and nothing here speaks it
        timeout_graceful_shutdown=3,
    )


async def _json(request: Request) -> Any:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise Refused(413, "too large")
    if not body:
        return {}
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "json") from None


def _log_quietly(what: str, error: Exception) -> None:
    """What kind of error and where, never its message: that may hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames[-4:]))
    log.error("%s: %s at %s", what, type(error).__name__, where)


if __name__ == "__main__":
    main()
