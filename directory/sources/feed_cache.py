"""What a feed answered last time, so that it need not send again what has not changed or what a broken run has read."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from directory.settings import settings

PATIENCE = 10.0  # seconds that one import waits for another to write
KEEP = 30 * 86_400  # seconds; after that it is asked for whole again, and what has gone from a feed is gone here too
GO_ON = 3_600  # seconds in which a run that broke off can be gone on with; later it begins again, or its parts would not fit

_TABLES = (
    """CREATE TABLE IF NOT EXISTS answer
    (address TEXT PRIMARY KEY, etag TEXT NOT NULL, last_modified TEXT NOT NULL, body BLOB NOT NULL, kept_at REAL NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS unfinished (address TEXT PRIMARY KEY, read_at REAL NOT NULL)",
)


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
        self._swept = False

    def get(self, address: str) -> Kept | None:
        """What this address answered last time."""
        with self._opened() as db:
            row = db.execute("SELECT etag, last_modified, body FROM answer WHERE address = ?", (address,)).fetchone()
        return Kept(row[0], row[1], zlib.decompress(row[2])) if row else None

    def read_lately(self, address: str) -> bytes | None:
        """What this address answered in a run that broke off a short while ago; None where it is to be asked."""
        both = "SELECT body FROM answer JOIN unfinished USING (address) WHERE address = ? AND read_at > ?"
        with self._opened() as db:
            row = db.execute(both, (address, time.time() - GO_ON)).fetchone()
        return zlib.decompress(row[0]) if row else None

    def put(self, address: str, kept: Kept) -> None:
        """Keep an answer of a run that is not finished yet."""
        row = (address, kept.etag, kept.last_modified, zlib.compress(kept.body), time.time())
        with self._opened() as db:
            db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)
            db.execute("INSERT OR REPLACE INTO unfinished VALUES (?, ?)", (address, time.time()))

    def finish(self, addresses: Iterable[str]) -> None:
        """The run that asked these is at its end. Answers that the server gave no mark of cannot be asked about, and go."""
        listed = [(address,) for address in addresses]
        with self._opened() as db:
            db.executemany("DELETE FROM unfinished WHERE address = ?", listed)
            db.executemany("DELETE FROM answer WHERE address = ? AND etag = '' AND last_modified = ''", listed)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as db, db:
            if not self._swept:  # once: it looks at every answer there is
                for table in _TABLES:
                    db.execute(table)
                db.execute("DELETE FROM answer WHERE kept_at < ?", (time.time() - KEEP,))
                db.execute("DELETE FROM unfinished WHERE read_at < ?", (time.time() - GO_ON,))
                self._swept = True
            yield db
