"""The page of one service: everything the directory knows of it, for a family, a printer or a link."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from directory.cards import Asked, card
from directory.database import now, session
from directory.service import ServiceRecord
from directory.store import read_records
from directory.words import times_in_words
from web_widget.configuration import configured
from web_widget.problems import Problem

service_pages = Blueprint("service_pages", __name__)


@service_pages.get("/directory/services/<source>/<path:service>")
def page(source: str, service: str) -> ResponseReturnValue:
    """One service by where it comes from and its id there; a retired one is gone."""
    wanted = ServiceRecord(source=source, id=service, name="").key
    with session() as db:
        record = read_records(db, [wanted]).get(wanted)
    if record is None or record.status != "active":
        raise Problem("service-gone")
    shown = card(record, Asked(at=now(), council=configured().council.code))
    places = [
        {"where": ", ".join(filter(None, (it.location, it.address, it.postcode))), "when": times_in_words(it.times)}
        for it in record.places
    ]
    return render_template("service.html", service=shown, record=record, places=places)
