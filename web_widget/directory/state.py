"""What a reader has asked for and kept, carried from page to page in the address: no cookie, no script, no account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from web_widget.directory.asking import FIELDS

MOST_KEPT = 12
"""So many fit into an address, an e-mail and a QR code that a telephone can still read."""


@dataclass(frozen=True)
class State:
    """The search and the list as the address has them; every link of a page is made from it."""

    search: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()
    """`source/id` of each service on the list."""
    page: int = 1

    @property
    def full(self) -> bool:
        """Whether nothing more can be kept."""
        return len(self.kept) >= MOST_KEPT

    def results(self, page: int = 1, anchor: str | None = None) -> str:
        """The address of the results."""
        return self._to("directory.search_page", anchor, page=page if page > 1 else None)

    def service(self, path: str) -> str:
        """The address of a service's own page (`path` is its card's), with the way back and the list."""
        asked = urlencode({name: value for name, value in self._arguments().items() if value}, doseq=True)
        return f"{path}?{asked}" if asked else path

    def shortlist(self, external: bool = False) -> str:
        """The address of the list; `external`: whole and without the search, for others."""
        if external:
            return url_for("directory.shortlist", _external=True, keep=list(self.kept))
        return self._to("directory.shortlist")

    def with_kept(self, key: str) -> State:
        """The same with this service on the list."""
        return self if key in self.kept or self.full else replace(self, kept=(*self.kept, key))

    def without_kept(self, key: str) -> State:
        """The same without it."""
        return replace(self, kept=tuple(other for other in self.kept if other != key))

    def without(self, name: str, value: str | None = None) -> State:
        """The same search without one of its fields (one of its values, where several are given)."""
        left = tuple((n, v) for n, v in self.search if n != name or (value is not None and v != value))
        return replace(self, search=left, page=1)

    def here(self, page: int) -> State:
        """The same on another page of the results."""
        return replace(self, page=page)

    def _arguments(self) -> dict[str, Any]:
        asked: dict[str, Any] = {}
        for name, value in self.search:
            asked.setdefault(name, []).append(value)
        return asked | {"page": [str(self.page)] if self.page > 1 else [], "keep": list(self.kept)}

    def _to(self, endpoint: str, anchor: str | None = None, **more: Any) -> str:
        return url_for(endpoint, _anchor=anchor, **{name: value for name, value in (self._arguments() | more).items() if value})


def state_of_request() -> State:
    """The state that this request's address carries; what makes no sense in it is left out."""
    given = request.args
    search = tuple((name, value) for name in FIELDS for value in given.getlist(name) if value.strip())
    kept = tuple(dict.fromkeys(key for key in given.getlist("keep") if 0 < len(key) <= 520 and "/" in key))
    page = given.get("page", "")
    return State(
        search, kept[:MOST_KEPT], int(page) if page.isascii() and page.isdecimal() and len(page) < 7 and int(page) else 1
    )
