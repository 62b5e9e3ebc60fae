"""Reports that a service's record is not right: what anybody may say of it, and the queue that workers empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Integer, String, Text, delete, func, select

from directory import audit
from directory.cleaning import plain_text
from directory.database import Base, UTCDateTime, now, session
from directory.records import Service

KINDS = ("out_of_date", "closed", "extra", "other")
"""What can be wrong: something has changed, it has closed, something is missing, something else."""
LONGEST = 1_000  # characters of what is said besides


class ServiceReport(Base):
    """One report that waits for a worker; it is deleted when it is dealt with, and the audit trail says by whom."""

    __tablename__ = "service_report"

    id = Column(Integer, primary_key=True)
    service_key = Column(String(520), nullable=False, index=True)
    kind = Column(String(16), nullable=False)
    words = Column(Text, nullable=False, default="")
    """What was said besides; nobody is asked who they are."""
    created = Column(UTCDateTime, nullable=False, default=now)


class UnknownReport(LookupError):
    """There is no such report; somebody may have dealt with it a moment ago."""


@dataclass(frozen=True)
class OpenReport:
    """A report as a worker reads it."""

    id: int
    source: str
    service: str
    """The service's id in its source."""
    name: str
    status: str
    """The service's own: active or retired."""
    council: str | None
    """Whose service it is; None for a national one, which no council's workers change."""
    kind: str
    words: str
    created: datetime


def report(key: str, kind: str, words: str = "") -> None:
    """Put a report of the service `source/id` into the queue; ValueError for a kind that there is not."""
    if kind not in KINDS:
        raise ValueError(kind)
    with session() as opened:
        opened.add(ServiceReport(service_key=key, kind=kind, words=plain_text(words)[:LONGEST]))


def open_reports(key: str | None = None) -> list[OpenReport]:
    """Every report that waits, the oldest first; of one service where `key` is given."""
    chosen = select(ServiceReport, Service).join(Service, Service.key == ServiceReport.service_key).order_by(ServiceReport.id)
    if key is not None:
        chosen = chosen.where(ServiceReport.service_key == key)
    with session() as opened:
        return [_open(it, service) for it, service in opened.execute(chosen)]


def _open(it: ServiceReport, of: Service) -> OpenReport:
    return OpenReport(it.id, of.source, of.source_id, of.name, of.status, of.council, it.kind, it.words, it.created)


def waiting() -> int:
    """How many reports wait."""
    with session() as opened:
        return int(opened.scalar(select(func.count()).select_from(ServiceReport)) or 0)


def settle(number: int, who: str) -> None:
    """Take a report off the queue: its words are deleted, and that it was dealt with is written down. UnknownReport."""
    with session() as opened:
        found = opened.get(ServiceReport, number)
        if found is None:
            raise UnknownReport(number)
        kind, key = found.kind, found.service_key
        # Two workers at once: only one of them deletes it.
        if not opened.execute(delete(ServiceReport).where(ServiceReport.id == number)).rowcount:
            raise UnknownReport(number)
        audit.record(opened, who, "report.settle", f"service:{key}", {"kind": kind})
