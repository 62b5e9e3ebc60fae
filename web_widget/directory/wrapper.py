"""Open Referral's page wrapper: one page of a list, and where in the list it lies."""

from __future__ import annotations

from typing import Any


def wrapped(contents: list[Any], total: int, page: int, per_page: int) -> dict[str, Any]:
    """The wrapper of design.md; a page past the last is empty and says how many there are."""
    pages = -(-total // per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }
