"""A new secret: everything that was encrypted with a former one is encrypted again with today's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from directory.database import session
from handover.encryption import Purpose, reencrypt
from handover.records import EarlyHelpRequest, RequestEvent, StaffMember

_ENCRYPTED: tuple[tuple[Any, Purpose], ...] = (
    (EarlyHelpRequest.payload, "requests"),
    (RequestEvent.note, "requests"),
    (StaffMember.totp_secret, "staff"),
)


def rotate_keys() -> int:
    """Encrypt every stored secret again; how many. DecryptionError, and nothing changed, where one cannot be opened.

    Set SIGNPOST_SECRET to the new secret and SIGNPOST_SECRET_OLD to the former; unset the latter afterwards.
    """
    changed = 0
    with session() as db:
        for column, purpose in _ENCRYPTED:
            for row in db.scalars(select(column.class_).where(column.is_not(None))).all():
                setattr(row, column.key, reencrypt(getattr(row, column.key), purpose))
                changed += 1
    return changed
