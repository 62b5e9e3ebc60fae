"""The audit trail: who changed what, and when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Integer, String, select
from sqlalchemy.orm import Session

from directory.database import Base, UTCDateTime, now


class AuditEntry(Base):
    """One thing somebody did. `detail` never holds what a family wrote: codes, field names and ids only."""

    __tablename__ = "audit_entry"

    id = Column(Integer, primary_key=True)
    at = Column(UTCDateTime, nullable=False, default=now, index=True)
    who = Column(String(320), nullable=False)
    """A worker's e-mail address, or the command or source that did it (`import westmere`)."""
    action = Column(String(64), nullable=False)
    """A verb and its object: `service.retire`, `request.read`."""
    subject = Column(String(320), nullable=False, index=True)
    """What it was done to: `service:westmere/aldmoor-stay-and-play`, `request:WM-4K7P`."""
    detail = Column(JSON, nullable=False, default=dict)


def record(session: Session, who: str, action: str, subject: str, detail: dict[str, Any] | None = None) -> AuditEntry:
    """Add an entry to `session`; it is kept or lost together with what it tells of."""
    entry = AuditEntry(who=who, action=action, subject=subject, detail=detail or {})
    session.add(entry)
    return entry


def entries(session: Session, subject: str, limit: int = 100) -> list[AuditEntry]:
    """What was done to `subject`, newest first."""
    chosen = select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id.desc()).limit(limit)
    return list(session.scalars(chosen))
