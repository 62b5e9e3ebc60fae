"""Staff accounts: who of the council may sign in, and as what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory import audit
from directory.database import now as this_moment
from directory.database import session
from handover.codes import new_secret, provisioning_uri, step_of
from handover.contact import find_email
from handover.encryption import decrypt, encrypt
from handover.passwords import check_new, hash_password, is_right, one_time_password
from handover.records import ROLES, StaffMember

TRIES = 5
LOCK = timedelta(minutes=15)


class SignInRefused(Exception):
    """Not signed in. One message for every cause, so that nobody learns which addresses are known."""

    def __init__(self) -> None:
        super().__init__(
            "We could not sign you in. Check your email address, password and code, and use a fresh code. "
            "After 5 wrong tries an account is locked for 15 minutes."
        )


class StaffError(ValueError):
    """The account cannot be made or changed; the message says why and what to do."""


@dataclass(frozen=True)
class NewStaff:
    """What a new member of staff needs to sign in; shown once and kept nowhere."""

    email: str
    password: str = field(repr=False)
    """To be changed at the first sign-in."""
    uri: str = field(repr=False)
    """otpauth:// address for an authenticator app."""


def add(email: str, role: str, by: str = "command line") -> NewStaff:
    """Make an account, or a deactivated one anew; StaffError where the address or role will not do, or is in use."""
    address = _address(email)
    if find_email(address) != address:
        raise StaffError("That is not an e-mail address. Give one such as worker@council.example.")
    if role not in ROLES:
        raise StaffError(f"There is no role {role!r}. Use one of {', '.join(ROLES)}.")
    password, secret = one_time_password(), new_secret()
    fresh = {
        "password_hash": hash_password(password),
        "must_change_password": True,
        "totp_secret": encrypt(secret, "staff"),
        "last_code": 0,
        "roles": [role],
        "active": True,
        "failed_attempts": 0,
        "locked_until": None,
    }
    with session() as db:
        member = _find(db, address)
        if member is not None and member.active:
            raise StaffError("There is an account with this e-mail address. Deactivate it first to start afresh.")
        if member is None:
            db.add(member := StaffMember(email=address))
        for name, value in fresh.items():
            setattr(member, name, value)
        audit.record(db, by, "staff.add", f"staff:{address}", {"role": role})
    return NewStaff(address, password, provisioning_uri(secret, address))


def verify(email: str, password: str, code: str, now: datetime | None = None) -> StaffMember:
    """The member of staff these three belong to; SignInRefused otherwise, whatever the cause.

    `code` opens once, and none older than it opens afterwards. Look at `must_change_password` next.
    """
    moment = now or this_moment()
    with session() as db:
        member = _find(db, email)
        if member is not None and _opens(db, member, password, code, moment):
            member.failed_attempts, member.locked_until = 0, None
            return member
        if member is None:  # the same work as for somebody known
            is_right(None, password), step_of(None, code, moment)
    raise SignInRefused


def change_password(email: str, current: str, new: str, now: datetime | None = None) -> None:
    """Set a new password; SignInRefused where `current` is wrong, PasswordRefused where `new` is too easy."""
    moment = now or this_moment()
    with session() as db:
        member = _find(db, email)
        right = is_right(member.password_hash if member else None, current)
        if member is not None and member.active and not _is_locked(member, moment):
            if right:
                check_new(new, current, member.email)
                member.password_hash, member.must_change_password = hash_password(new), False
                audit.record(db, member.email, "staff.password", f"staff:{member.email}")
                return
            _count_failure(db, member, moment)
    raise SignInRefused


def deactivate(email: str, by: str = "command line") -> None:
    """Let somebody sign in no more, their history kept; StaffError where there is no such active account."""
    with session() as db:
        member = _find(db, email)
        if member is None or not member.active:
            raise StaffError("There is no active account with this e-mail address. `signpost staff list` shows them.")
        member.active = False
        audit.record(db, by, "staff.deactivate", f"staff:{member.email}")


def find_staff(email: str) -> StaffMember | None:
    """The active member of staff with this address: what every request of a signed-in worker looks up anew."""
    with session() as db:
        member = _find(db, email)
        return member if member is not None and member.active else None


def list_staff() -> list[StaffMember]:
    """Every account, deactivated ones too, by e-mail address."""
    with session() as db:
        return list(db.scalars(select(StaffMember).order_by(StaffMember.email)))


def _opens(db: Session, member: StaffMember, password: str, code: str, moment: datetime) -> bool:
    # Both are always looked at, so that the time taken does not say which one was wrong.
    right = is_right(member.password_hash, password)
    step = step_of(decrypt(member.totp_secret, "staff"), code, moment)
    if not member.active or _is_locked(member, moment):
        return False
    if right and step is not None and _use_up(db, member, step):
        return True
    _count_failure(db, member, moment)
    return False


def _use_up(db: Session, member: StaffMember, step: int) -> bool:
    """Mark this code as used; False where it, or a later one, was used before, even a moment ago elsewhere."""
    used = update(StaffMember).where(StaffMember.id == member.id, StaffMember.last_code < step).values(last_code=step)
    return bool(db.execute(used).rowcount)


def _count_failure(db: Session, member: StaffMember, moment: datetime) -> None:
    # Counted in the database and not in our copy: guesses that come at once are all counted.
    counted = StaffMember.failed_attempts + 1
    db.execute(update(StaffMember).where(StaffMember.id == member.id).values(failed_attempts=counted))
    db.refresh(member)
    if member.failed_attempts >= TRIES:
        member.failed_attempts, member.locked_until = 0, moment + LOCK


def _is_locked(member: StaffMember, moment: datetime) -> bool:
    return member.locked_until is not None and moment < member.locked_until


def _find(db: Session, email: str) -> StaffMember | None:
    found: StaffMember | None = db.scalar(select(StaffMember).where(StaffMember.email == _address(email)))
    return found


def _address(email: str) -> str:
    return email.strip().lower()
