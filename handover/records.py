"""What the database keeps of early help requests, their notifications and the staff who work on them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import relationship

from directory.database import Base, UTCDateTime, now

STATUSES = ("new", "acknowledged", "assigned", "contacted", "closed")
"""The life of a request, in order; it only moves forward."""

ROLES = ("worker", "editor", "admin")


class EarlyHelpRequest(Base):
    """One request. What the family said is in `payload`, encrypted; the other columns name nobody."""

    __tablename__ = "early_help_request"

    id = Column(Integer, primary_key=True)
    reference = Column(String(16), nullable=False, unique=True)
    run = Column(String(64), nullable=False, unique=True)
    """Digest of the conversation and the moment of consent: a second tap on Send meets the first one here."""
    created = Column(UTCDateTime, nullable=False, default=now, index=True)
    council = Column(String(64), nullable=False)
    audience = Column(String(16), nullable=False)
    locality = Column(String(120))
    status = Column(String(16), nullable=False, default=STATUSES[0], index=True)
    lead = Column(String(320))
    """E-mail address of the lead professional, once assigned."""
    level = Column(Integer)
    """A hint for workers (1 to 4), never shown to a family; its reasons are in `payload`."""
    needs = Column(JSON, nullable=False, default=list)
    """Codes of needs.yml."""
    payload = Column(LargeBinary, nullable=False)
    """Encrypted {"answers": {key: value}, "story": {heading: [line]}, "reasons": [str]}."""
    consent_words = Column(Text, nullable=False)
    consent_version = Column(String(12), nullable=False)
    consent_at = Column(UTCDateTime, nullable=False)
    keep_days = Column(Integer, nullable=False)
    """Days from the last change until it is deleted, as the council set them when it was sent."""
    keep_until = Column(UTCDateTime, nullable=False, index=True)

    events = relationship("RequestEvent", order_by="RequestEvent.id", cascade="all, delete-orphan", passive_deletes=True)
    notifications = relationship("Notification", cascade="all, delete-orphan", passive_deletes=True)


class RequestEvent(Base):
    """One thing that happened to a request; events are only ever added."""

    __tablename__ = "early_help_request_event"

    id = Column(Integer, primary_key=True)
    request_id = Column(ForeignKey("early_help_request.id", ondelete="CASCADE"), nullable=False, index=True)
    at = Column(UTCDateTime, nullable=False, default=now)
    who = Column(String(320), nullable=False)
    """A worker's e-mail address, or `family` for the sending."""
    what = Column(String(16), nullable=False)
    """sent, read, acknowledged, assigned, contacted or closed."""
    note = Column(LargeBinary)
    """Encrypted words of the worker; None where there are none."""


class Notification(Base):
    """The outbox: an e-mail that says a request has arrived, kept until a mail server has taken it."""

    __tablename__ = "early_help_notification"

    id = Column(Integer, primary_key=True)
    request_id = Column(ForeignKey("early_help_request.id", ondelete="CASCADE"), nullable=False, index=True)
    to = Column(String(320), nullable=False)
    attempts = Column(Integer, nullable=False, default=0)
    next_try = Column(UTCDateTime, nullable=False, default=now, index=True)
    settled = Column(UTCDateTime)
    """When it was taken, or was no longer needed; None while it waits."""
    problem = Column(String(80))
    """The kind of the last failure, such as ConnectionRefusedError; never the mail server's words."""


class StaffMember(Base):
    """Somebody of the council who may sign in."""

    __tablename__ = "staff_member"

    id = Column(Integer, primary_key=True)
    email = Column(String(320), nullable=False, unique=True)
    """Lower case."""
    password_hash = Column(String(255), nullable=False)
    must_change_password = Column(Boolean, nullable=False, default=True)
    totp_secret = Column(LargeBinary, nullable=False)
    """Encrypted."""
    last_code = Column(Integer, nullable=False, default=0)
    """Number of the 30-second step of the last one-time code used: it and those before it open nothing again."""
    roles = Column(JSON, nullable=False, default=list)
    active = Column(Boolean, nullable=False, default=True)
    failed_attempts = Column(Integer, nullable=False, default=0)
    locked_until = Column(UTCDateTime)
    created = Column(UTCDateTime, nullable=False, default=now)

    def may(self, role: str) -> bool:
        """Whether they may do what `role` does; an admin may do everything."""
        return bool(self.active) and bool({role, "admin"} & set(self.roles))
