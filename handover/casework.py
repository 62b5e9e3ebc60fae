"""What a worker does with an early help request, each step of it written down with who and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import audit
from directory.database import now, session
from handover.encryption import decrypt, encrypt
from handover.records import STATUSES, EarlyHelpRequest, RequestEvent, StaffMember
from handover.reference import tidy_reference
from handover.retention import sweep
from handover.story import Story


class UnknownRequest(LookupError):
    """No request has this reference; it may have been mistyped, or its time to be kept is over."""

    def __init__(self) -> None:
        super().__init__("No request has this reference. Check it; or its time was over and it is deleted.")


class RequestClosed(Exception):
    """The request is closed, and nothing more is done with it."""

    def __init__(self) -> None:
        super().__init__("This request is closed. Ask the family to send a new one if they need help again.")


class NotAWorker(PermissionError):
    """Whoever asks, or is to be the lead, is no active member of staff who may work on requests."""

    def __init__(self) -> None:
        super().__init__("Only an active member of staff with the role worker or admin may do this.")


@dataclass(frozen=True)
class RequestSummary:
    """One line of the staff page's list: nothing that the family wrote."""

    reference: str
    created: datetime
    audience: str
    locality: str | None
    status: str
    lead: str | None
    needs: tuple[str, ...]
    level: int | None
    keep_until: datetime


@dataclass(frozen=True)
class EventLine:
    """One thing that happened to a request."""

    at: datetime
    who: str
    what: str
    note: str | None


@dataclass(frozen=True)
class RequestInFull:
    """Everything a worker reads, so that the family is not asked to start again."""

    summary: RequestSummary
    answers: Mapping[str, Any]
    """By step key, as check_answer accepted them; None: passed over or not asked."""
    story: Story
    reasons: tuple[str, ...]
    """Why the level hint is what it is."""
    consent_words: str
    consent_version: str
    consent_at: datetime
    events: tuple[EventLine, ...]
    """Oldest first."""


def open_requests() -> list[RequestSummary]:
    """Every request that is not closed: those nobody has acknowledged first, then the oldest first."""
    with session() as db:
        rows = db.scalars(select(EarlyHelpRequest).where(EarlyHelpRequest.status != "closed").order_by(EarlyHelpRequest.id)).all()
    return sorted((_summary(row) for row in rows), key=lambda row: row.status != "new")


def read_request(reference: str, by: str) -> RequestInFull:
    """The request, decrypted; that `by` (e-mail address) read it is written down first.

    UnknownRequest, NotAWorker, or DecryptionError where the secret is not the one it was written with.
    """
    with session() as db:
        worker, request = _worker(db, by), _request(db, reference)
        request.events.append(RequestEvent(who=worker.email, what="read"))
        db.flush()
        kept = decrypt(request.payload)
        return RequestInFull(
            summary=_summary(request),
            answers=kept["answers"],
            story=Story.from_dict(kept["story"]),
            reasons=tuple(kept["reasons"]),
            consent_words=request.consent_words,
            consent_version=request.consent_version,
            consent_at=request.consent_at,
            events=tuple(_line(event) for event in request.events),
        )


def acknowledge(reference: str, by: str) -> None:
    """Somebody has seen it. A second time changes nothing."""
    with _work(reference, by) as (_, request, worker):
        if request.status == "new":
            _note(request, worker, "acknowledged")


def assign_lead(reference: str, lead: str, by: str) -> None:
    """Make the worker `lead` (e-mail address) the lead professional, in place of any before."""
    with _work(reference, by) as (db, request, worker):
        request.lead = _worker(db, lead).email
        _note(request, worker, "assigned", request.lead)


def record_contact(reference: str, by: str, note: str) -> None:
    """The family was contacted, or it was tried; `note` says how it went."""
    with _work(reference, by) as (_, request, worker):
        _note(request, worker, "contacted", note)


def close(reference: str, by: str, outcome: str) -> None:
    """It is done; `outcome` says how it ended."""
    with _work(reference, by) as (_, request, worker):
        _note(request, worker, "closed", outcome)


def delete_request(reference: str, by: str) -> None:
    """The family asked for it to be gone, and it is: only that `by` deleted this reference stays on record."""
    with session() as db:
        worker, request = _worker(db, by), _request(db, reference)
        audit.record(db, worker.email, "request.delete", f"request:{request.reference}")
        db.delete(request)
    sweep()


@contextmanager
def _work(reference: str, by: str) -> Iterator[tuple[Session, EarlyHelpRequest, StaffMember]]:
    with session() as db:
        worker, request = _worker(db, by), _request(db, reference)
        if request.status == "closed":
            raise RequestClosed
        yield db, request, worker


def _note(request: EarlyHelpRequest, worker: StaffMember, what: str, note: str | None = None) -> None:
    request.events.append(RequestEvent(who=worker.email, what=what, note=encrypt(note) if note else None))
    request.status = max(request.status, what, key=STATUSES.index)
    request.keep_until = now() + timedelta(days=request.keep_days)


def _worker(db: Session, email: str) -> StaffMember:
    member: StaffMember | None = db.scalar(select(StaffMember).where(StaffMember.email == email.strip().lower()))
    if member is None or not member.may("worker"):
        raise NotAWorker
    return member


def _request(db: Session, reference: str) -> EarlyHelpRequest:
    wanted = select(EarlyHelpRequest).where(EarlyHelpRequest.reference == tidy_reference(reference))
    request: EarlyHelpRequest | None = db.scalar(wanted)
    if request is None:
        raise UnknownRequest
    return request


def _summary(row: EarlyHelpRequest) -> RequestSummary:
    return RequestSummary(
        reference=row.reference,
        created=row.created,
        audience=row.audience,
        locality=row.locality,
        status=row.status,
        lead=row.lead,
        needs=tuple(row.needs),
        level=row.level,
        keep_until=row.keep_until,
    )


def _line(event: RequestEvent) -> EventLine:
    return EventLine(event.at, event.who, event.what, decrypt(event.note) if event.note else None)
