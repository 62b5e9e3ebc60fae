"""The emergency numbers as the gateway and the pages give them."""

from __future__ import annotations

from collections.abc import Callable

from directory.contacts import emergency_contacts
from directory.database import now
from directory.packs import CouncilPack
from web_widget.conversations import Contact


def emergency_numbers(pack: CouncilPack) -> Callable[[], list[Contact]]:
    """A call that gives the pack's emergency numbers, open or closed as of that moment.

    The registry is read once here: from then on nothing on a disk or a network can take the numbers away.
    """

    def numbers() -> list[Contact]:
        moment = now()
        return [contact.as_dict(moment) for contact in emergency_contacts(moment, pack)]

    numbers()
    return numbers
