"""Consent: the council's words for it, and that somebody agreed to exactly those."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from directory.database import now
from directory.packs import CouncilPack


class ConsentWordsMissing(Exception):
    """The pack has no words of consent for this audience, so nobody can agree to anything."""

    def __init__(self, council: str, key: str) -> None:
        super().__init__(
            f"The pack {council} has no handover.consent.{key}, so a request cannot be sent with consent. "
            f"Write those words in its council.yml, or set handover.staffed to false."
        )


@dataclass(frozen=True)
class ConsentWords:
    """What somebody is asked to agree to."""

    words: str
    version: str
    """Changes whenever the words do."""


@dataclass(frozen=True)
class Consent:
    """The words somebody said yes to, and when.

    Make it once, at the yes, and carry it to Send: its moment also tells one run of the form from the next.
    """

    words: str
    version: str
    given_at: datetime

    def as_dict(self) -> dict[str, str]:
        """As plain JSON, for a slot."""
        return {"words": self.words, "version": self.version, "given_at": self.given_at.isoformat()}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Consent:
        """Back from `as_dict`; KeyError or ValueError where it is not that."""
        return cls(kept["words"], kept["version"], datetime.fromisoformat(kept["given_at"]))


def pack_audience(audience: str | None) -> str:
    """The name a pack has for `audience` in its words: `family`, `young_person` or `practitioner`."""
    return audience if audience in {"young_person", "practitioner"} else "family"


def consent_words(pack: CouncilPack, audience: str | None) -> ConsentWords:
    """The council's words of consent for `audience`; ConsentWordsMissing where it has written none."""
    key = pack_audience(audience)
    words = pack.handover.consent.get(key)
    if not words:
        raise ConsentWordsMissing(pack.code, key)
    return ConsentWords(words, words_version(words))


def words_version(words: str) -> str:
    """Twelve hexadecimal digits that stand for these words; white space does not count."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:12]


def give_consent(words: ConsentWords, at: datetime | None = None) -> Consent:
    """The record of a yes to `words`, said at `at` (now, where left out)."""
    return Consent(words.words, words.version, at or now())
