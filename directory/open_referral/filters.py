"""The profile's filters as conditions on the database, and those that only Python can tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from directory.hours import HoursError, parse_hours
from directory.needs import needs
from directory.open_referral.identifiers import is_uuid, made_uuid, taxonomy_id
from directory.open_referral.query import ListQuery
from directory.open_referral.terms import TAXONOMIES, Term, terms
from directory.records import Organisation, Service, ServiceNeed
from directory.sources.tidy import objects


def shown_in(council: str) -> Any:
    """Services that a council shows: its own and the national ones, none that is retired."""
    return and_(Service.status == "active", or_(Service.council == council, Service.council.is_(None)))


def conditions(council: str, query: ListQuery) -> list[Any]:
    """What the database can tell of a query; the services' organisations must be joined."""
    made = [shown_in(council)]
    for word in (query.search or "").split():
        made.append(or_(*(_holds(column, word) for column in _TEXTS)))
    if query.minimum_age is not None:
        made.append(Service.min_age >= query.minimum_age)
    if query.maximum_age is not None:
        made.append(Service.max_age <= query.maximum_age)
    if term := terms().get(query.taxonomy_term_id or ""):
        made.append(_has_term(term))
    if taxonomy := _own_taxonomy(query):
        made.append(_has_any(taxonomy))
    return made


def with_feed_terms(opened: Session, council: str, query: ListQuery) -> set[str] | None:
    """The keys of services whose feed gave them the term and the taxonomy asked for; None where neither is a feed's."""
    wanted = {}
    if query.taxonomy_term_id and query.taxonomy_term_id not in terms():
        wanted["taxonomy_term"] = query.taxonomy_term_id
    if query.taxonomy_id and not _own_taxonomy(query):
        wanted["taxonomy"] = query.taxonomy_id
    if not wanted:
        return None
    chosen = select(Service.key, Service.source, Service.open_referral).where(shown_in(council))
    rows = opened.execute(chosen.where(cast(Service.open_referral, String).contains("taxonomy_term")))
    return {
        row.key for row in rows if any(_is(link, wanted, row.source) for link in objects(row.open_referral.get("attributes")))
    }


def _is(link: dict[str, Any], wanted: dict[str, str], source: str) -> bool:
    """Whether a feed's attribute has these published ids; `wanted` is by what `schema.conform` says such an id is of."""
    term = next(objects(link.get("taxonomy_term")), {})
    given = {"taxonomy_term": term.get("id"), "taxonomy": term.get("taxonomy_id")}
    return all(
        given[of] is not None and (given[of] if is_uuid(given[of]) else made_uuid(of, source, given[of])) == id_
        for of, id_ in wanted.items()
    )


def _own_taxonomy(query: ListQuery) -> str | None:
    return next((short for short in TAXONOMIES if taxonomy_id(short) == query.taxonomy_id), None)


def happens(times: Iterable[str], query: ListQuery) -> bool:
    """Whether one of these times is on the day and within the hours that are asked for."""
    for said in times:
        try:
            hours = parse_hours(said)
        except HoursError:
            continue
        for span in () if hours.inverted else hours.spans:
            if (
                (query.day is None or span.weekday == query.day)
                and (query.start_time is None or span.start >= query.start_time)
                and (query.end_time is None or span.end <= query.end_time)
            ):
                return True
    return False


_TEXTS = (Service.name, Service.summary, Service.description, Organisation.name)


def _holds(column: Any, word: str) -> Any:
    return func.lower(column).contains(word.lower(), autoescape=True)


def _has_term(term: Term) -> Any:
    if term.taxonomy == "needs":
        return or_(*(_answers(code) for code in needs() if term.code in (code, needs()[code].area)))
    return Service.kind == term.code if term.taxonomy == "kind" else _in_list(Service.audience, term.code)


def _has_any(taxonomy: str) -> Any:
    if taxonomy == "needs":
        return or_(*(_answers(code) for code in needs()))
    return Service.kind != "" if taxonomy == "kind" else _in_list(Service.audience, "")


def _in_list(column: Any, code: str) -> Any:
    """Whether a JSON list of codes holds this one, or any: as text both databases write it the same."""
    return cast(column, String).contains(f'"{code}"' if code else '"', autoescape=True)


def _answers(code: str) -> Any:
    """Whether a service answers a need: a worker's word before all others."""

    def said(*more: Any) -> Any:
        return exists().where(ServiceNeed.service_key == Service.key, ServiceNeed.code == code, *more)

    return or_(
        said(ServiceNeed.by == "worker", ServiceNeed.confidence > 0),
        and_(said(ServiceNeed.by != "worker"), ~said(ServiceNeed.by == "worker")),
    )
