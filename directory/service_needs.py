"""The needs that services answer: as their source and the workers say, and as their words tell where nobody says."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from directory.encoder import Vectors
from directory.needs import needs
from directory.records import ServiceNeed
from directory.weights import weights

SOURCE, WORDS, WORKER = "source", "words", "worker"


def known_needs(session: Session, number: dict[str, int]) -> tuple[Vectors, npt.NDArray[np.bool_], Vectors]:
    """What sources and workers say of the services with these numbers.

    (n, needs) how surely and how chiefly it answers each; (n,) whether its source names any; (n, needs) what a worker
    said, NaN where nothing.
    """
    column = {code: position for position, code in enumerate(needs())}
    chiefly = weights()["chiefly"]
    said = np.zeros((len(number), len(column)), np.float32)
    names_any = np.zeros(len(number), bool)
    corrected = np.full_like(said, np.nan)
    chosen = select(ServiceNeed.service_key, ServiceNeed.code, ServiceNeed.by, ServiceNeed.confidence, ServiceNeed.position)
    for row in session.execute(chosen.where(ServiceNeed.by != WORDS)):
        if row.service_key not in number or row.code not in column:
            continue
        service, need = number[row.service_key], column[row.code]
        counts = row.confidence * chiefly[min(row.position, len(chiefly) - 1)]
        if row.by == WORKER:
            corrected[service, need] = counts
        else:
            said[service, need] = counts
            names_any[service] = True
    return said, names_any, corrected


def settled_needs(told: Vectors | None, said: Vectors, names_any: npt.NDArray[np.bool_], corrected: Vectors) -> Vectors:
    """(n, needs): the source's word where it has one, else what the words tell; a worker's before either."""
    settled = said.copy()
    if told is not None:
        settled[~names_any] = told[~names_any]
    has = ~np.isnan(corrected)
    settled[has] = corrected[has]
    return settled


def write_told(session: Session, keys: list[str], told: Vectors, names_any: npt.NDArray[np.bool_]) -> int:
    """Keep, for staff and cards to see, the needs that the words of services without named ones tell; how many changed."""
    rules = weights()["told"]
    order = np.argsort(-told, axis=1)[:, : rules["most"]]
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    codes = list(needs())
    for number in np.flatnonzero(~names_any).tolist():
        for position, need in enumerate(order[number].tolist()):
            confidence = float(told[number, need])
            if confidence >= rules["from"]:
                row = {"service_key": keys[number], "code": codes[need], "by": WORDS, "position": position}
                wanted[keys[number], codes[need]] = row | {"confidence": round(confidence, 2)}
    chosen = select(ServiceNeed.service_key, ServiceNeed.code, ServiceNeed.confidence).where(ServiceNeed.by == WORDS)
    there = {(row.service_key, row.code): row.confidence for row in session.execute(chosen)}
    gone = [key for key, confidence in there.items() if key not in wanted or wanted[key]["confidence"] != confidence]
    table = ServiceNeed.__table__
    for key, code in gone:
        session.execute(delete(table).where(table.c.service_key == key, table.c.code == code, table.c.by == WORDS))
    new = [row for key, row in wanted.items() if there.get(key) != row["confidence"]]
    if new:
        session.execute(insert(table), new)
    return len(gone) + len(new)
