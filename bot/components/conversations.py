"""The tracker store of our conversations: SQL, with forgetting, which Rasa's own lacks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

from directory.database import BUSY_TIMEOUT, empty_journal


class ForgettingTrackerStore(SQLTrackerStore):
    """Rasa's SQL store, plus: does a conversation exist, and forget it now.

    On SQLite a deleted row's bytes are overwritten (secure_delete) and the write-ahead log is emptied, so that
    nothing of a deleted conversation stays in the files.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See SQLTrackerStore."""
        super().__init__(*args, **kwargs)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            self.engine.dispose()

    def exists(self, conversation: str) -> bool:
        """Whether anything is kept of this conversation."""
        with self.session_scope() as session:
            first = session.query(self.SQLEvent.id).filter(self.SQLEvent.sender_id == conversation).first()
            return first is not None

    def forget(self, conversation: str) -> bool:
        """Delete all of one conversation; False where there was nothing."""
        with self.session_scope() as session:
            mine = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == conversation)
            deleted: int = mine.delete(synchronize_session=False)
            session.commit()
        if deleted:
            empty_journal(self.engine)
        return deleted > 0


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={BUSY_TIMEOUT}", "journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
