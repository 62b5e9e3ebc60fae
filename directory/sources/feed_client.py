"""Asks one server for JSON: over one connection, politely, again after a fault, and never without a limit."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from directory.sources.faults import FeedError, NoJson, PageMissing, RecordFailed
from directory.sources.feed_cache import FeedCache, Kept

SMALL = 64 * 1024  # bytes

_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_MISSING = {404, 410}
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class FeedLimits:
    """How much and how long is too much."""

    connect: float = 10.0
    """Seconds until somebody answers at all."""
    silence: float = 30.0
    """Seconds between two pieces of an answer."""
    answer: float = 120.0
    """Seconds for a whole answer: a server that sends a byte a second never goes silent."""
    answer_bytes: int = 32 * 1024**2
    """Of one page or record, once unpacked."""
    total_bytes: int = 1024**3
    pages: int = 5_000
    records: int = 200_000
    tries: int = 5
    first_wait: float = 1.0
    """Seconds before the second try; doubled for each one after."""
    longest_wait: float = 60.0
    """Seconds; a server that asks for more by Retry-After is asked again on another day."""
    redirects: int = 3


class FeedClient:
    """One server, one connection. Every fault is a FeedError in a sentence that names the address."""

    def __init__(
        self,
        host_of: str,
        limits: FeedLimits | None = None,
        cache: FeedCache | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or FeedLimits()
        self._host = _host(host_of)
        self._secure = urlsplit(host_of).scheme == "https"
        self._cache, self._sleep, self._received = cache or FeedCache(), sleep, 0
        self._asked: set[str] = set()
        self.gone_on = 0
        """Answers that were there already, from a run that broke off."""
        self._http = httpx.Client(
            timeout=httpx.Timeout(self.limits.silence, connect=self.limits.connect),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            headers={"User-Agent": f"Signpost/{_version()} (import of Open Referral services)", "Accept": "application/json"},
        )

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def finish(self) -> None:
        """All is read, or what was read is no good: the next run begins anew. (One that breaks off is gone on with.)"""
        self._cache.finish(self._asked)

    def get(self, address: str) -> Any:
        """The JSON at this address. PageMissing where there is none, RecordFailed where the server keeps failing."""
        again = address in self._asked
        self._asked.add(address)
        if not again and (body := self._cache.read_lately(address)) is not None:
            self.gone_on += 1
            return self._parsed(body, address)
        for attempt in range(self.limits.tries):
            last = attempt == self.limits.tries - 1
            try:
                return self._ask(address)
            except (_TryAgain, httpx.TransportError) as fault:
                why, wait = (fault.why, fault.wait) if isinstance(fault, _TryAgain) else (_in_words(fault), None)
                if last or (wait or 0) > self.limits.longest_wait:
                    raise RecordFailed(f"{address} {why}, {attempt + 1} times. Nothing was changed. Try again later.") from fault
                self._sleep(max(wait or 0, self.limits.first_wait * 2**attempt * random.uniform(0.8, 1.2)))
        raise AssertionError("the last try returns or raises")

    def _ask(self, address: str) -> Any:
        kept = self._cache.get(address)
        at = address
        for _ in range(self.limits.redirects + 1):
            with self._http.stream("GET", at, headers=kept.conditions() if kept else {}) as response:
                if response.status_code != 200 and _length(response) <= SMALL:
                    response.read()  # an answer that is not read to its end costs the connection
                if response.status_code in _REDIRECTS:
                    at = self._followed(at, response.headers.get("Location", ""))
                    continue
                if response.status_code == 304 and kept:
                    self._cache.put(address, kept)
                    return self._parsed(kept.body, address)
                self._check(response, address)
                body = self._read(response, address)
            said = self._parsed(body, address)
            marks = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
            self._cache.put(address, Kept(*marks, body))
            return said
        raise FeedError(f"{address} is redirected again and again. Nothing was changed.")

    def _followed(self, at: str, location: str) -> str:
        to = urljoin(at, location)
        scheme = urlsplit(to).scheme
        if _host(to) != self._host or scheme not in ("http", "https") or (self._secure and scheme != "https"):
            raise FeedError(
                f"{at} redirects to {to}, which is another server. We do not follow there. "
                f"If the feed has moved, import it from its new address. Nothing was changed."
            )
        return to

    def _check(self, response: httpx.Response, address: str) -> None:
        status = response.status_code
        if status in _AGAIN:
            raise _TryAgain(f"answers {status}", _seconds(response.headers.get("Retry-After", "")))
        if status in _MISSING:
            raise PageMissing(f"{address} answers {status}: there is nothing at this address. Nothing was changed.")
        if status != 200:
            raise FeedError(f"{address} answers {status}, which is no list of services. Nothing was changed.")

    def _read(self, response: httpx.Response, address: str) -> bytes:
        limit, began, body = self.limits, time.monotonic(), bytearray()
        for piece in response.iter_bytes():
            body += piece
            self._received += len(piece)
            if len(body) > limit.answer_bytes:
                raise FeedError(f"{address} is over {limit.answer_bytes // 1024**2} MB and not read. Nothing was changed.")
            if self._received > limit.total_bytes:
                raise FeedError(f"The feed is over {limit.total_bytes // 1024**2} MB in all. Nothing was changed.")
            if time.monotonic() - began > limit.answer:
                raise _TryAgain(f"had not sent its whole answer after {limit.answer:g} seconds")
        return bytes(body)

    def _parsed(self, body: bytes, address: str) -> Any:
        try:
            return json.loads(body.decode("utf-8-sig"), parse_constant=lambda _: None)
        except UnicodeDecodeError as error:
            raise FeedError(f"{address} is not UTF-8 text (byte {error.start}). Nothing was changed.") from error
        except RecursionError as error:
            raise FeedError(f"{address} is nested deeper than any list of services. Nothing was changed.") from error
        except ValueError as error:
            if body.lstrip()[:1] == b"<":
                raise NoJson(
                    f"{address} sends a web page, not JSON. Is it the feed's own address? Nothing was changed."
                ) from error
            raise _TryAgain(f"sends JSON that cannot be read ({error})") from error


class _TryAgain(Exception):
    """A fault that may pass; `wait`: the seconds that the server asked for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.why, self.wait = why, wait


def _in_words(fault: httpx.TransportError) -> str:
    if isinstance(fault, httpx.TimeoutException):
        return "does not answer in time"
    if isinstance(fault, httpx.ConnectError):
        return "cannot be reached"
    return "breaks off in the middle"


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()


def _length(response: httpx.Response) -> float:
    given = response.headers.get("Content-Length", "")
    return int(given) if given.isdecimal() else 0 if response.status_code == 304 else float("inf")


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isdecimal() else None


def _version() -> str:
    try:
        return version("signpost")
    except PackageNotFoundError:
        return "0"
