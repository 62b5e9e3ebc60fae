"""From a published id back to the service, or the service at a place, that it is of."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.open_referral.filters import shown_in
from directory.open_referral.identifiers import at_location_id, is_uuid, service_id
from directory.records import Service, ServiceAtLocation


@dataclass(frozen=True)
class _Made:
    """The ids that we made, in one state of the directory."""

    state: tuple[object, ...]
    services: dict[str, str]
    """Published id → key."""
    at_locations: dict[str, tuple[str, int]]
    """Published id → key and position."""


_latest: dict[tuple[str, str], _Made] = {}
"""By database and council: UUIDs cannot be turned back, so all are reckoned once for each state of the directory."""


def service_key(opened: Session, council: str, id_: str) -> str | None:
    """The key of the service that a council shows under this id, its own before a national one; None where there is none."""
    if not is_uuid(id_):
        return None
    as_it_is = select(Service.key).where(shown_in(council), Service.source_id.in_([id_, id_.lower(), id_.upper()]))
    own_first = as_it_is.order_by(Service.council.is_(None), Service.key)
    return opened.scalars(own_first).first() or _made(opened, council).services.get(id_.lower())


def at_location_key(opened: Session, council: str, id_: str) -> tuple[str, int] | None:
    """The service's key and its place's position; None where the council shows none of that id."""
    return _made(opened, council).at_locations.get(id_.lower())


def _made(opened: Session, council: str) -> _Made:
    counted = select(func.count(), func.max(Service.changed_at)).where(shown_in(council))
    state = tuple(opened.execute(counted).one())
    held = _latest.get(where := (str(opened.get_bind().engine.url), council))
    if held is None or held.state != state:
        columns = Service.key, Service.source, Service.source_id
        rows = opened.execute(select(*columns).where(shown_in(council)))
        services = {service_id(row.source, row.source_id): row.key for row in rows if not is_uuid(row.source_id)}
        places = opened.execute(select(*columns, ServiceAtLocation.position).join(ServiceAtLocation).where(shown_in(council)))
        at = {at_location_id(row.source, row.source_id, row.position): (row.key, row.position) for row in places}
        held = _latest[where] = _Made(state, services, at)
    return held
