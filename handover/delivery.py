"""Where a council's requests go, and that they can go anywhere at all."""

from __future__ import annotations

from dataclasses import dataclass

from directory.packs import CouncilPack
from handover.outbox import Delivery, deliver_pending

__all__ = ["Delivery", "Destination", "deliver_pending", "destination"]


@dataclass(frozen=True)
class Destination:
    """People who read requests."""

    team: str
    email: str | None
    """Told that a request has arrived; None: the staff page alone says so, which is enough."""
    keep_days: int
    """Days a request is kept after its last change."""


def destination(pack: CouncilPack) -> Destination | None:
    """Who reads this council's requests; None: nobody, and the assistant offers the telephone number instead.

    A council that has not said how long it keeps a request, or has no words of consent, cannot receive one either:
    nobody could be told what they agree to.
    """
    handover = pack.handover
    agreed = all(handover.consent.get(who) for who in ("family", "young_person", "practitioner"))
    if not handover.staffed or not handover.keep_days or not agreed:
        return None
    return Destination(pack.early_help.name, handover.email, handover.keep_days)
