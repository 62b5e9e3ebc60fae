"""Problems: errors told kindly (RFC 9457), each with the emergency numbers; the words are in problems.yml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from web_widget.conversations import Contact

MEDIA_TYPE = "application/problem+json"
WORDS = Path(__file__).with_name("problems.yml")

# What Flask and its extensions raise by themselves, and which of our problems says it.
BY_STATUS = {
    400: "bad-request",
    404: "not-found",
    405: "wrong-method",
    413: "too-large",
    415: "not-json",
    429: "slow-down",
    503: "assistant-unavailable",
}


@dataclass(frozen=True)
class ProblemWords:
    """One kind of problem: its HTTP status and what people read."""

    kind: str
    status: int
    title: str
    detail: str

    def document(self, contacts: list[Contact]) -> dict[str, Any]:
        """The RFC 9457 document; `contacts` is our extension member."""
        return {
            "type": f"urn:signpost:problem:{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "contacts": contacts,
        }


class Problem(Exception):
    """Raised by a view to answer with a problem.

    `contacts` in place of the usual emergency numbers; `detail` in place of the usual words, where they can say more.
    """

    def __init__(self, kind: str, contacts: list[Contact] | None = None, detail: str | None = None) -> None:
        super().__init__(kind)
        self.words = replace(words(kind), detail=detail) if detail else words(kind)
        self.contacts = contacts


def words(kind: str) -> ProblemWords:
    """The words of one kind; KeyError where problems.yml has no such kind."""
    return all_words()[kind]


@lru_cache(maxsize=1)
def all_words() -> dict[str, ProblemWords]:
    """Every kind of problem, by its name."""
    read = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {kind: ProblemWords(kind, **entry) for kind, entry in read.items()}
