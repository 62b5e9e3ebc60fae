"""A whole feed, page after page, with each service's own page where the list is thin."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from directory.service import Reading, Remark
from directory.sources.faults import FeedError, NoJson, PageMissing, RecordFailed
from directory.sources.feed_client import FeedClient
from directory.sources.json_items import LISTS
from directory.sources.open_referral_items import Collector, services_in
from directory.sources.tidy import text

PER_PAGE = 100
FAILURES_IN_A_ROW = 5  # services whose own pages fail one after the other; then it is the feed that is ill
THIN_TRIES = 3  # services without a page of their own; then the feed has no such pages

# What only a service's own page has; a list that has any of it is no thin one.
_NESTED = {
    "service_at_locations", "locations", "contacts", "schedules", "regular_schedules", "cost_options", "eligibilitys",
    "service_areas", "languages", "phones", "attributes", "service_taxonomys", "taxonomies",
}  # fmt: skip

Progress = Callable[[int, int | None], None]
"""Called with how many services are read, and of how many where the feed says so."""


def read_feed(address: str, source: str, council: str | None, client: FeedClient, progress: Progress | None = None) -> Reading:
    """Every service of the feed at `address` (its `/services`, or what that begins with), or a FeedError and nothing.

    A run that breaks off is gone on with by the next one, if that comes soon: what was read is not asked for again.
    """
    with _can_be_gone_on_with(client):
        reading = _read(address, source, council, client, progress)
    if client.gone_on:
        what = f"it goes on where it broke off: {client.gone_on} answers of the last hour were not asked for again"
        reading.repaired.append(Remark("the feed", what))
    return reading


@contextmanager
def _can_be_gone_on_with(client: FeedClient) -> Iterator[None]:
    """Only a run that the server or somebody broke off is: what cannot be believed must be asked for again."""
    try:
        yield
    except (RecordFailed, KeyboardInterrupt):
        raise
    except BaseException:
        client.finish()
        raise
    client.finish()


def _read(address: str, source: str, council: str | None, client: FeedClient, progress: Progress | None) -> Reading:
    listing = _Listing(_services_address(address, client), client)
    details = _Details(listing.address, client)
    collector = Collector(source, council)
    for number, item in enumerate(listing, 1):
        for record in services_in(item):
            try:
                collector.take(details.of(record))
            except (RecordFailed, PageMissing) as fault:
                if details.failures >= FAILURES_IN_A_ROW:
                    raise RecordFailed(f"{FAILURES_IN_A_ROW} services in a row could not be had. The last: {fault}") from fault
                collector.refuse(text(record, "id"), f"its own page could not be had: {fault}".partition(". Nothing was")[0])
        if progress:
            progress(number, listing.promised)
    reading = collector.result()
    if not reading.records and not reading.refused:
        raise FeedError(f"{address} has no services. Nothing was changed.")
    reading.repaired += [Remark("the feed", remark) for remark in listing.remarks]
    reading.complete = not listing.short
    return reading


@dataclass
class _Listing:
    """The records of all pages. What a wrapper says of its total and its last page is not believed, only noted."""

    address: str
    client: FeedClient
    promised: int | None = None
    remarks: list[str] = field(default_factory=list)
    short: bool = False
    """Fewer came than were promised: nothing may be retired for not having come."""
    _wrapper: dict[str, Any] = field(default_factory=dict)
    _was_last: bool = False

    def __iter__(self) -> Iterator[Any]:
        seen: set[str] = set()
        count = 0
        for pages, number in enumerate(self._numbers(), 1):
            if pages > self.client.limits.pages or count > self.client.limits.records:
                raise FeedError(f"{self.address} has no end: {pages - 1} pages, {count} records. Nothing was changed.")
            items = self._page(number, first=pages == 1)
            # A page past the end is empty, missing, or the last one again.
            fresh = [item for item in items if text(item, "id") not in seen] if pages > 1 else items
            if not fresh:
                break
            count += len(items)
            seen.update(text(item, "id") for item in items)
            yield from fresh
        if self.promised is not None and count != self.promised:
            self.short = count < self.promised
            kept = "nothing is retired this time" if self.short else "all are taken"
            self.remarks.append(f"it says {self.promised} services and sends {count}: {kept}")

    def _numbers(self) -> Iterator[int]:
        yield 1
        # Some count from 0 (Spring): then page 1 was the second.
        if self._wrapper.get("first", self._wrapper.get("first_page")) is False:
            yield 0
        yield from itertools.count(2)

    def _page(self, number: int, first: bool) -> list[dict[str, Any]]:
        try:
            said = self.client.get(_with(self.address, page=number, per_page=PER_PAGE))
        except PageMissing:
            if first:
                raise
            return []
        except FeedError as fault:
            if not first and self._was_last and not isinstance(fault, RecordFailed):
                return []  # it said that there were no more pages, and refuses to show one
            raise
        wrapper, items = _unwrapped(said, self.address)
        if first:
            total = wrapper.get("total_items", wrapper.get("totalElements"))
            self.promised = total if isinstance(total, int) and total > 0 else None
        self._wrapper = wrapper
        self._was_last = wrapper.get("last_page", wrapper.get("last")) is True
        return items


@dataclass
class _Details:
    """Each service's own page, where the list is thin and the feed has such pages."""

    address: str
    client: FeedClient
    failures: int = 0
    """In a row."""
    _missing: int = 0
    _found: bool = False

    def of(self, record: dict[str, Any]) -> dict[str, Any]:
        """The whole record; RecordFailed or PageMissing where it cannot be had."""
        id_ = text(record, "id")
        if not id_ or _NESTED & record.keys() or (self._missing >= THIN_TRIES and not self._found):
            return record
        parts = urlsplit(self.address)
        own = urlunsplit((parts.scheme, parts.netloc, f"{parts.path}/{quote(id_, safe='')}", parts.query, ""))
        try:
            said = self.client.get(own)
        except PageMissing:
            self._missing += 1
            if self._found:
                raise
            return record
        except RecordFailed:
            self.failures += 1
            raise
        self.failures, self._found = 0, True
        return record | said if isinstance(said, dict) else record


def _services_address(address: str, client: FeedClient) -> str:
    """Where the services are listed: `address` itself where it is such a list, else its `/services`."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    below = urlunsplit((parts.scheme, parts.netloc, path if path.endswith("/services") else f"{path}/services", parts.query, ""))
    if path.endswith("/services"):
        return below
    try:
        _unwrapped(client.get(address), address)
    except FeedError as fault:
        # It may say what it is, show a page for people, or refuse: all of that is no list.
        if isinstance(fault, RecordFailed) and not isinstance(fault, NoJson):
            raise
        return below
    return address


class _NoList(FeedError):
    """JSON that is no list of services."""


def _unwrapped(said: Any, address: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A page's wrapper and its records."""
    if isinstance(said, list):
        return {}, [item for item in said if isinstance(item, dict)]
    if isinstance(said, dict):
        for name in LISTS:
            if isinstance(said.get(name), list):
                return said, [item for item in said[name] if isinstance(item, dict)]
    raise _NoList(f"{address} is no list of services. Is it an Open Referral feed? Nothing was changed.")


def _with(address: str, **more: int) -> str:
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in more]
    return urlunsplit((*parts[:3], urlencode([*query, *more.items()]), ""))
