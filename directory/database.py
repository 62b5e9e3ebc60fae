"""The one database: its models' base, its engine and its sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session, declarative_base
from sqlalchemy.pool import QueuePool, StaticPool
from sqlalchemy.types import TypeDecorator

from directory.settings import settings

Base: Any = declarative_base()
"""Every model of ours (services, audit, requests, staff) is declared on this."""

BUSY_TIMEOUT = 1_000
"""Milliseconds a SQLite writer waits for another one. A family waits with it, and is to be answered within two seconds."""


class UTCDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides; SQLite alone would hand back naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive datetime cannot be stored: give it a time zone, e.g. datetime.now(timezone.utc).")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def now() -> datetime:
    """The moment it is, in UTC and aware."""
    return datetime.now(UTC)


def engine(url: str | None = None) -> Engine:
    """The engine of `url` (default: the settings'), made once per address and process."""
    return _engine(url or settings().database_url)


@contextmanager
def session(url: str | None = None) -> Iterator[Session]:
    """A session that commits when the block ends well and rolls back, all of it, when it raises."""
    with Session(engine(url), future=True, expire_on_commit=False) as opened:
        try:
            yield opened
            opened.commit()
        except BaseException:
            opened.rollback()
            raise


def prepare_database(url: str | None = None) -> None:
    """Create the tables that are missing, for every model imported so far; existing tables are left as they are.

    Import the models of another package (`handover.records`) before calling it. There are no migrations yet: the
    first release has no older schema to come from; when a column changes, alembic's folder belongs here.
    """
    from directory import audit, records, reports  # noqa: F401  (our own models must be on Base)

    try:
        Base.metadata.create_all(engine(url))
    except (OperationalError, ProgrammingError):
        # Another process may have made a table between our look and our attempt: look once more.
        Base.metadata.create_all(engine(url))


def empty_journal(database: Engine) -> bool:
    """Take what was deleted out of SQLite's write-ahead log too; False where somebody was reading from it just then.

    Another database looks after its journal itself.
    """
    if database.dialect.name != "sqlite":
        return True
    with database.connect() as connection:
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy


@cache
def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(url, future=True, pool_pre_ping=True, hide_parameters=True)
    in_memory = address.database in (None, "", ":memory:")
    if not in_memory:
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(
        url,
        future=True,
        hide_parameters=True,  # an error must not carry what somebody wrote
        connect_args={"check_same_thread": False},
        poolclass=StaticPool if in_memory else QueuePool,
    )
    event.listen(made, "connect", _prepare_sqlite)
    return made


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",  # deleted means gone: the bytes are overwritten with zeros
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
