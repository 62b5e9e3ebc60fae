"""What a service's words tell that its source does not say: whom it is for, what kind of thing it is.

The importer asks this of every record that is new or has changed, in one call. The needs that words tell are found when
the index is built, where the words' vectors are at hand (`directory.service_needs`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from directory.classify import LIKELY, classify
from directory.service import ServiceRecord


@dataclass(frozen=True)
class Inferred:
    """What was found in one record's words. It fills only what neither the source nor a worker has said."""

    needs: Mapping[str, float] = field(default_factory=dict)
    """Code → confidence, 0 to 1, the chief one first; stored beside the source's own with `by="words"`."""
    audience: tuple[str, ...] = ()
    kind: str = ""


def enrich(records: Sequence[ServiceRecord]) -> Mapping[str, Inferred]:
    """What the words of these records tell, by their keys; a record of which they tell nothing may be left out."""
    return {record.key: _inferred(record) for record in records if not (record.audience and record.kind)}


def _inferred(record: ServiceRecord) -> Inferred:
    said = classify(record.name, f"{record.summary} {record.description} {record.eligibility}")
    whom = said.only or said.audience
    likely = tuple(who for who, confidence in whom.items() if confidence >= LIKELY)
    return Inferred(audience=likely, kind=said.kind)
