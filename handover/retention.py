"""Forgetting: requests whose time is over are deleted, with everything that hangs on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from directory.database import session
from handover.records import EarlyHelpRequest


def purge_due(now: datetime) -> int:
    """Delete the requests whose keep_until has come by `now` (aware), whatever their status; how many there were."""
    with session() as db:
        # Events and notifications go with their request: the database's own cascade.
        return int(db.execute(delete(EarlyHelpRequest).where(EarlyHelpRequest.keep_until <= now)).rowcount)
