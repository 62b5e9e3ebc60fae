"""Sending an early help request: kept once, whole and encrypted, or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.database import now, session
from directory.packs import CouncilPack
from handover.consent import Consent, pack_audience
from handover.delivery import Destination, destination
from handover.encryption import encrypt
from handover.form import is_ready, next_step, steps_for
from handover.records import EarlyHelpRequest, Notification, RequestEvent
from handover.reference import new_reference
from handover.story import Story

_TRIES = 5  # two requests with one reference are a chance in millions; five in a row are a fault


@dataclass(frozen=True)
class Receipt:
    """What the family is told once the request is stored."""

    reference: str
    what_next: str | None
    """The council's own words and times; None where it has not supplied them."""


class RequestRefused(Exception):
    """A request that may not be stored; nothing of it was kept."""


class ConsentRequired(RequestRefused):
    """Nobody agreed to the council's words, or the family did not agree to a practitioner's request."""

    def __init__(self) -> None:
        super().__init__("A request is stored only with consent: submit it with what give_consent() made at the yes.")


class RequestIncomplete(RequestRefused):
    """The form has not come to its end; `step` is the key of the next question, None where the form was stopped."""

    def __init__(self, step: str | None) -> None:
        super().__init__(f"The form is not finished (at: {step or 'stopped'}). Ask next_step() until it is, then send.")
        self.step = step


class NobodyToReceive(RequestRefused):
    """The council has no staffed destination, so a request would be read by nobody."""

    def __init__(self, council: str) -> None:
        super().__init__(f"The pack {council} has no staffed destination: offer its telephone number, not a handover.")


def submit(
    answers: Mapping[str, Any],
    story: Story,
    consent: Consent | None,
    needs: Iterable[str],
    reasons: Iterable[str],
    audience: str | None,
    pack: CouncilPack,
    conversation_id: str,
    level: int | None = None,
) -> Receipt:
    """Store the request and put its notification in the outbox, both or neither.

    `needs` are codes; `reasons` and `level` (1 to 4) are the hint for a worker. The same conversation with the same
    consent is the same request, however often Send is tapped: the first receipt comes back. Raises a RequestRefused.
    """
    to = destination(pack)
    if to is None:
        raise NobodyToReceive(pack.code)
    asks_for_family = any(step.key == "family_consents" for step in steps_for(audience))
    if consent is None or (asks_for_family and answers.get("family_consents") != "yes"):
        raise ConsentRequired
    if not is_ready(audience, answers):
        step = next_step(audience, answers)
        raise RequestIncomplete(step.key if step else None)
    run = _run(conversation_id, consent)
    what_next = pack.handover.what_happens_next.get(pack_audience(audience))
    why = tuple(reasons)
    request = {
        "run": run,
        "council": pack.code,
        "audience": audience or "other",
        "locality": (answers.get("where") or {}).get("locality"),
        "level": level if why else None,  # a level without its reasons is no hint
        "needs": sorted(set(needs)),
        "payload": encrypt({"answers": _kept(answers, audience), "story": story.as_dict(), "reasons": why}),
        "consent_words": consent.words,
        "consent_version": consent.version,
        "consent_at": consent.given_at,
    }
    return Receipt(_store(request, pack, to), what_next)


def _store(request: dict[str, Any], pack: CouncilPack, to: Destination) -> str:
    """Insert first and look afterwards: of two taps at one moment, the database lets one through."""
    for _ in range(_TRIES):
        try:
            with session() as db:
                return _insert(db, request, new_reference(pack), to)
        except IntegrityError:
            with session() as db:
                first = db.scalar(select(EarlyHelpRequest.reference).where(EarlyHelpRequest.run == request["run"]))
            if first:
                return str(first)
    raise RuntimeError("No free reference was found in five tries. The source of randomness may be broken.")


def _insert(db: Session, request: dict[str, Any], reference: str, to: Destination) -> str:
    moment = now()
    row = EarlyHelpRequest(**request, reference=reference, created=moment)
    row.keep_days, row.keep_until = to.keep_days, moment + timedelta(days=to.keep_days)
    row.events.append(RequestEvent(who="family", what="sent", at=moment))
    if to.email:
        row.notifications.append(Notification(to=to.email, next_try=moment))
    db.add(row)
    db.flush()
    return reference


def _run(conversation_id: str, consent: Consent) -> str:
    return hashlib.sha256(f"{conversation_id} {consent.given_at.isoformat()}".encode()).hexdigest()


def _kept(answers: Mapping[str, Any], audience: str | None) -> dict[str, Any]:
    """The answers a worker needs: not the steps that only steer the form, nor a key this audience is never asked."""
    return {step.key: answers.get(step.key) for step in steps_for(audience) if step.personal}
