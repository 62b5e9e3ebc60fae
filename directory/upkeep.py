"""The council's services as its workers look after them: found by name, those that nobody has checked for long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from directory.database import session
from directory.records import Organisation, Service
from directory.reports import ServiceReport
from directory.weights import weights

WHICH = ("active", "stale", "reported", "retired")
"""Lists of services: all that are shown, those to be checked, those somebody reported, those kept but not shown."""
PER_PAGE = 50


@dataclass(frozen=True)
class ServiceLine:
    """One line of a list."""

    source: str
    id: str
    name: str
    organisation: str
    status: str
    assured_date: date | None
    stale: bool
    """Last checked too long ago, or nobody knows when."""
    reports: int


@dataclass(frozen=True)
class ServiceList:
    """One page of a list, and how long the whole of it is."""

    lines: tuple[ServiceLine, ...]
    total: int


def is_stale(assured: date | None, today: date) -> bool:
    """Whether a record was last checked too long ago to be relied on."""
    return assured is None or (today - assured).days > weights()["stale_days"]


def find_services(council: str, today: date, words: str = "", which: str = "active", page: int = 1) -> ServiceList:
    """The council's own services whose name, organisation or id hold all of these words; by name, stale ones oldest first."""
    oldest = today - timedelta(days=weights()["stale_days"])
    reports = select(func.count()).where(ServiceReport.service_key == Service.key).scalar_subquery()
    chosen = select(Service, Organisation.name.label("organisation_name"), reports.label("reports")).outerjoin(Organisation)
    chosen = chosen.where(Service.council == council, Service.status == ("retired" if which == "retired" else "active"))
    for word in words.split()[:8]:
        columns = (Service.name, Organisation.name, Service.source_id)
        chosen = chosen.where(or_(*(func.lower(column).contains(word.lower(), autoescape=True) for column in columns)))
    if which == "stale":
        chosen = chosen.where(or_(Service.assured_date.is_(None), Service.assured_date < oldest))
    if which == "reported":
        chosen = chosen.where(reports > 0)
    order = [Service.assured_date.isnot(None), Service.assured_date] if which == "stale" else []
    with session() as opened:
        total = int(opened.scalar(select(func.count()).select_from(chosen.subquery())) or 0)
        rows = opened.execute(
            chosen.order_by(*order, func.lower(Service.name), Service.key).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
        )
        lines = tuple(_line(service, organisation or "", count, today) for service, organisation, count in rows)
    return ServiceList(lines, total)


def counts(council: str, today: date) -> dict[str, int]:
    """How long each of the lists is."""
    return {which: find_services(council, today, which=which).total for which in WHICH}


def _line(service: Service, organisation: str, reports: int, today: date) -> ServiceLine:
    stale = is_stale(service.assured_date, today)
    return ServiceLine(
        service.source, service.source_id, service.name, organisation, service.status, service.assured_date, stale, reports
    )
