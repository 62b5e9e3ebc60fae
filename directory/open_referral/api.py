"""The answers of the Open Referral UK 3.0 API, as plain dictionaries: one function for each of its addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.open_referral.document import at_location, document, listed
from directory.open_referral.filters import conditions, happens, shown_in, with_feed_terms
from directory.open_referral.identifiers import at_location_id
from directory.open_referral.lookup import at_location_key, service_key
from directory.open_referral.near import places_near
from directory.open_referral.query import ListQuery
from directory.open_referral.terms import taxonomies, terms
from directory.records import Location, Organisation, Service, ServiceAtLocation
from directory.store import read_records

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/"

Row = TypeVar("Row")


def about(openapi_url: str) -> dict[str, Any]:
    """What this API is, and where its description lies."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": openapi_url}


def services(opened: Session, council: str, query: ListQuery) -> dict[str, Any]:
    """A page of the services a council shows, as the profile lists them."""
    chosen = select(Service.key).outerjoin(Organisation).where(*conditions(council, query)).order_by(Service.key)
    keys = _of_feed(opened.scalars(chosen), with_feed_terms(opened, council, query), lambda key: key)
    if query.when:
        times = select(ServiceAtLocation.service_key, ServiceAtLocation.times).join(Service).where(shown_in(council))
        then = {row.service_key for row in opened.execute(times) if happens(row.times, query)}
        keys = [key for key in keys if key in then]
    return _page(keys, query, lambda part: [listed(full) for full in _documents(opened, part)])


def service(opened: Session, council: str, id_: str) -> dict[str, Any] | None:
    """One service, fully nested, by its published id; None where the council shows none of that id."""
    key = service_key(opened, council, id_)
    return next(iter(_documents(opened, [key])), None) if key else None


def service_at_locations(opened: Session, council: str, query: ListQuery) -> dict[str, Any]:
    """A page of services at their places. BadQuery for a postcode that nobody knows."""
    near = places_near(query, council)
    rows = [
        row for row in _at_locations(opened, council, query) if near.serves(row) and (not query.when or happens(row.times, query))
    ]

    def shown(part: Sequence[Any]) -> list[dict[str, Any]]:
        return [_listed_at(full) for full in _at_location_documents(opened, [(row.key, row.position) for row in part])]

    return _page(near.sorted(rows), query, shown)


def service_at_location(opened: Session, council: str, id_: str) -> dict[str, Any] | None:
    """One service at one of its places, by its id; None where there is none."""
    found = at_location_key(opened, council, id_)
    return next(iter(_at_location_documents(opened, [found])), None) if found else None


def taxonomy_list(query: ListQuery) -> dict[str, Any]:
    """The taxonomies we use."""
    return _page(taxonomies(), query, list)


def taxonomy(id_: str) -> dict[str, Any] | None:
    """One taxonomy with its terms; None where there is none of that id."""
    found = next((one for one in taxonomies() if one["id"] == id_.lower()), None)
    own = [term.document() for term in terms().values()]
    return found and found | {"taxonomy_terms": [term for term in own if term["taxonomy_id"] == found["id"]]}


def taxonomy_terms(query: ListQuery) -> dict[str, Any]:
    """Every term of ours: our needs, audiences and kinds of service."""
    chosen = [term.document() for term in terms().values()]
    if query.taxonomy_id:
        chosen = [term for term in chosen if term["taxonomy_id"] == query.taxonomy_id]
    return _page(chosen, query, list)


def taxonomy_term(id_: str) -> dict[str, Any] | None:
    """One term; None where there is none of that id."""
    found = terms().get(id_.lower())
    return found.document() if found else None


def _page(items: Sequence[Row], query: ListQuery, shown: Callable[[Sequence[Row]], list[dict[str, Any]]]) -> dict[str, Any]:
    """The profile's page wrapper. A page past the last is empty, not an error."""
    total_pages = -(-len(items) // query.per_page)
    begin = (query.page - 1) * query.per_page
    contents = shown(items[begin : begin + query.per_page])
    return {
        "total_items": len(items),
        "total_pages": total_pages,
        "page_number": query.page,
        "size": len(contents),
        "first_page": query.page == 1,
        "last_page": query.page >= total_pages,
        "empty": not contents,
        "contents": contents,
    }


def _documents(opened: Session, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The full services of these keys, in their order."""
    records, rows = read_records(opened, keys), _named(opened, keys)
    return [document(records[key], rows[key].changed_at) for key in keys]


def _at_locations(opened: Session, council: str, query: ListQuery) -> list[Any]:
    """(key, position, times, areas, and where it is) of every place that the query's conditions leave."""
    columns = (
        Service.key, Service.areas, ServiceAtLocation.position, ServiceAtLocation.times,
        Location.name, Location.address, Location.postcode, Location.place, Location.latitude, Location.longitude,
    )  # fmt: skip
    chosen = select(*columns).select_from(ServiceAtLocation).join(Service).join(Location).outerjoin(Organisation)
    chosen = chosen.where(*conditions(council, query)).order_by(Service.key, ServiceAtLocation.position)
    rows = _of_feed(opened.execute(chosen), with_feed_terms(opened, council, query), lambda row: row.key)
    return [row for row in rows if any((row.name, row.address, row.postcode, row.place, row.latitude))]


def _of_feed(rows: Iterable[Any], keys: set[str] | None, key_of: Callable[[Any], str]) -> list[Any]:
    return [row for row in rows if keys is None or key_of(row) in keys]


def _at_location_documents(opened: Session, wanted: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """The services at these (key, position), fully nested."""
    keys = list(dict.fromkeys(key for key, _ in wanted))
    documents = dict(zip(keys, _documents(opened, keys), strict=True))
    ids = {key: (row.source, row.source_id) for key, row in _named(opened, keys).items()}
    made = []
    for key, position in wanted:
        id_ = at_location_id(*ids[key], position)
        made += [at_location(documents[key], at) for at in documents[key]["service_at_locations"] if at["id"] == id_]
    return made


def _named(opened: Session, keys: Sequence[str]) -> dict[str, Any]:
    """The rows of services by key: where each comes from, and when it changed."""
    columns = Service.key, Service.source, Service.source_id, Service.changed_at
    return {row.key: row for row in opened.execute(select(*columns).where(Service.key.in_(keys)))}


def _listed_at(said: dict[str, Any]) -> dict[str, Any]:
    """A service at a place as a list shows it."""
    location = {name: part for name, part in said["location"].items() if not isinstance(part, list)}
    return said | {"location": location, "service": listed(said["service"])}
