"""The outbox: notifications wait in the database until a mail server has taken them."""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, select, update

from directory.database import now as this_moment
from directory.database import session
from directory.files import read_yaml
from handover.mail import MailServer, mail_server, send
from handover.records import EarlyHelpRequest, Notification

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)

_log = logging.getLogger(__name__)
# These say no to one message; anything else that fails would fail for the next message too.
_ABOUT_ONE_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


@dataclass(frozen=True)
class Delivery:
    """What one round of the post came to."""

    sent: int
    waiting: int


def deliver_pending(now: datetime | None = None) -> Delivery:
    """Send what is due at `now` (aware; default this moment); what fails is tried again, ever later, to the end.

    Without a mail server nothing is sent and nothing lost. SettingsError where the mail settings cannot be used.
    """
    moment = now or this_moment()
    server = mail_server()
    sent = 0
    _drop_what_is_known()
    for number in _due(moment) if server else ():
        if not server or not _claim(number, moment):
            continue
        try:
            _send(server, number)
        except (OSError, smtplib.SMTPException) as problem:
            _failed(number, problem)
            if not isinstance(problem, _ABOUT_ONE_MESSAGE):
                break
        else:
            _settle(number, moment)
            sent += 1
    return Delivery(sent, _waiting())


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts (1 or more): a minute, doubled each time, an hour at most."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)


def _drop_what_is_known() -> None:
    """A request that somebody has acknowledged is no news any more."""
    seen = select(EarlyHelpRequest.id).where(EarlyHelpRequest.status != "new")
    with session() as db:
        db.execute(
            update(Notification)
            .where(Notification.settled.is_(None), Notification.request_id.in_(seen))
            .values(settled=this_moment())
            .execution_options(synchronize_session=False)
        )


def _due(moment: datetime) -> list[int]:
    with session() as db:
        due = select(Notification.id).where(Notification.settled.is_(None), Notification.next_try <= moment)
        return list(db.scalars(due.order_by(Notification.next_try)))


def _claim(number: int, moment: datetime) -> bool:
    """Take this notification for one attempt; False where another process was quicker."""
    with session() as db:
        attempts = db.scalar(select(Notification.attempts).where(Notification.id == number))
        if attempts is None:
            return False
        # The next try is set before this one: if the process dies on the way, the notification is still there.
        taken = db.execute(
            update(Notification)
            .where(Notification.id == number, Notification.attempts == attempts, Notification.settled.is_(None))
            .values(attempts=attempts + 1, next_try=moment + wait_after(attempts + 1))
        )
        return bool(taken.rowcount)


def _send(server: MailServer, number: int) -> None:
    with session() as db:
        told_of = db.execute(
            select(Notification.to, EarlyHelpRequest.reference, EarlyHelpRequest.locality)
            .join(EarlyHelpRequest, EarlyHelpRequest.id == Notification.request_id)
            .where(Notification.id == number)
        ).first()
    if told_of is None:  # purged since: there is nothing to tell
        return
    to, reference, locality = told_of
    words = _words()
    told = {"reference": reference, "locality": locality or words["no_locality"]}
    send(server, to, words["subject"].format(**told), words["body"].format(**told), f"signpost-{reference}")


def _failed(number: int, problem: Exception) -> None:
    kind = type(problem).__name__
    _log.warning("A notification could not be sent (%s); it will be tried again.", kind)
    with session() as db:
        db.execute(update(Notification).where(Notification.id == number).values(problem=kind))


def _settle(number: int, moment: datetime) -> None:
    with session() as db:
        db.execute(update(Notification).where(Notification.id == number).values(settled=moment, problem=None))


def _waiting() -> int:
    with session() as db:
        waiting = select(func.count()).select_from(Notification).where(Notification.settled.is_(None))
        return int(db.scalar(waiting) or 0)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words: dict[str, str] = read_yaml(Path(__file__).with_name("notification.yml"))
    return words
