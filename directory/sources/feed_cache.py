"""What a feed answered last time, so that it need not send again what has not changed."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from directory.settings import settings

PATIENCE = 10.0  # seconds that one import waits for another to write
KEEP = 30 * 86_400  # seconds; after that it is asked for whole again, and what has gone from a feed is gone here too

_TABLE = """CREATE TABLE IF NOT EXISTS answer
    (address TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL, body BLOB NOT NULL, kept_at REAL NOT NULL)"""


@dataclass(frozen=True)
class Kept:
    """An answer of last time, and by what the server knows it again."""

    etag: str
    last_modified: str
    body: bytes

    def conditions(self) -> dict[str, str]:
        """The request headers that ask for it only where it has changed."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


class FeedCache:
    """Answers by address in one SQLite file (`<var>/feeds.db`). Losing it costs time, nothing else."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or settings().var / "feeds.db"

    def get(self, address: str) -> Kept | None:
        """What this address answered last time."""
        with self._opened() as db:
            row = db.execute("SELECT etag, last_modified, body FROM answer WHERE address = ?", (address,)).fetchone()
        return Kept(row[0], row[1], zlib.decompress(row[2])) if row else None

    def put(self, address: str, kept: Kept) -> None:
        """Keep an answer; one that the server gave no mark of cannot be asked about again, and is not kept."""
        with self._opened() as db:
            if kept.conditions():
                row = (address, kept.etag, kept.last_modified, zlib.compress(kept.body), time.time())
                db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)
            else:
                db.execute("DELETE FROM answer WHERE address = ?", (address,))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as db, db:
            db.execute(_TABLE)
            db.execute("DELETE FROM answer WHERE kept_at < ?", (time.time() - KEEP,))
            yield db
