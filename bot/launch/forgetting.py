"""Forgetting from a shell what has had its time, without starting Rasa."""

from __future__ import annotations

import time
from contextlib import suppress

import sqlalchemy as sa

from directory.client import DirectoryClient, DirectoryUnavailable
from directory.database import empty_journal, engine, now
from directory.settings import Settings, settings


def conversations_url(at: Settings) -> str:
    """Where Rasa keeps conversations: a SQLite file of their own, or the database that is set."""
    return at.database_url if not at.database_url.startswith("sqlite") else f"sqlite:///{at.var / 'conversations.db'}"


def forget(idle_hours: float) -> tuple[int, int]:
    """Delete idle conversations and requests past their time; how many events and requests went."""
    import handover.records  # noqa: F401
    from directory.database import prepare_database
    from handover.requests import purge_due

    prepare_database()
    gone = _forget_conversations(idle_hours), purge_due(now())
    forget_in_memory()
    return gone


def forget_in_memory() -> None:
    """Empty the directory server's caches, which hold messages to be quick."""
    client = DirectoryClient()
    with suppress(DirectoryUnavailable):  # not running: then nothing of it is in memory
        client.forget()
    client.close()


def _forget_conversations(idle_hours: float) -> int:
    conversations = engine(conversations_url(settings()))
    if not sa.inspect(conversations).has_table("events"):
        return 0
    events = sa.table("events", sa.column("sender_id"), sa.column("timestamp"))
    idle = (
        sa.select(events.c.sender_id)
        .group_by(events.c.sender_id)
        .having(sa.func.max(events.c.timestamp) < time.time() - idle_hours * 3600)
    )
    with conversations.begin() as connection:
        forgotten = connection.execute(sa.delete(events).where(events.c.sender_id.in_(idle))).rowcount
    empty_journal(conversations)
    return int(forgotten)
