"""The identifiers we publish: always UUIDs, as the profile asks, and the same on every day."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5


def is_uuid(text: object) -> bool:
    """Whether it is a UUID in its usual form."""
    try:
        return isinstance(text, str) and str(UUID(text)) == text.lower()
    except ValueError:
        return False


def made_uuid(*parts: object) -> str:
    """A UUIDv5 of these parts; the first says what it is of."""
    return str(uuid5(NAMESPACE_URL, "signpost:" + ":".join(str(part) for part in parts)))


def service_id(source: str, id_: str) -> str:
    """The id a service is published under: its own where that is a UUID, else a UUIDv5 of source and id."""
    return id_ if is_uuid(id_) else made_uuid("service", source, id_)


def at_location_id(source: str, id_: str, position: int) -> str:
    """The id of a service at its n-th place."""
    return made_uuid("service_at_location", source, id_, position)


def term_id(taxonomy: str, code: str) -> str:
    """The id of one of our own taxonomy terms."""
    return made_uuid("term", taxonomy, code)


def taxonomy_id(taxonomy: str) -> str:
    """The id of one of our own taxonomies."""
    return made_uuid("taxonomy", taxonomy)
