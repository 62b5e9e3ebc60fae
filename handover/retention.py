"""Forgetting: requests whose time is over are deleted, with everything that hangs on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from directory.database import empty_journal, engine, session
from handover.records import EarlyHelpRequest


def purge_due(now: datetime) -> int:
    """Delete the requests whose keep_until has come by `now` (aware), whatever their status; how many there were."""
    with session() as db:
        # Events and notifications go with their request: the database's own cascade.
        count = int(db.execute(delete(EarlyHelpRequest).where(EarlyHelpRequest.keep_until <= now)).rowcount)
    if count:
        sweep()
    return count


def sweep() -> None:
    """Take what was deleted out of the database's journal too: deleted means gone."""
    empty_journal(engine())
