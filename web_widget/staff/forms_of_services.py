"""The form that a service is edited with: the cells of the template, a place a block."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)  # fmt: skip
from wtforms.validators import InputRequired, Length

from directory.editing import Editable
from directory.needs import needs
from directory.service import AUDIENCES, DELIVERIES, KINDS, REFERRALS
from directory.sources.template import PLACE_COLUMNS

LISTS = ("needs", "audience", "delivery")
"""Cells that are ticked off a list; in the template they are words with `; ` between."""
SPARE = 1  # empty places at the end of the form, to be filled in


def _plain(code: str) -> str:
    return code.upper() if code == "lgbt" else code.replace("_", " ").capitalize()


def _coded(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, _plain(code)) for code in codes]


class PlaceForm(Form):
    """One place and its times. Emptied, it is taken away."""

    location = StringField("Building", [Length(max=300)])
    address = StringField("Address", [Length(max=500)])
    postcode = StringField("Postcode", [Length(max=16)])
    place = StringField("Town or area", [Length(max=200)])
    latitude = StringField("Latitude", [Length(max=20)])
    longitude = StringField("Longitude", [Length(max=20)])
    times = TextAreaField("Days and times", [Length(max=1_000)])


class ServiceForm(FlaskForm):
    """Everything of a service that a worker may change."""

    version = HiddenField()
    name = StringField("Name", [InputRequired("Write its name"), Length(max=300)])
    organisation = StringField("Who runs it", [Length(max=300)])
    summary = TextAreaField("In one sentence", [Length(max=1_000)])
    description = TextAreaField("What happens there", [Length(max=20_000)])
    kind = SelectField("What it is", choices=[("", "Not known"), *_coded(KINDS)])
    needs = SelectMultipleField("What it helps with", choices=lambda: [(it.code, it.label) for it in needs().values()])
    audience = SelectMultipleField("Whom it is for", choices=_coded(AUDIENCES))
    min_age = StringField("Youngest age", [Length(max=10)])
    max_age = StringField("Oldest age", [Length(max=10)])
    eligibility = TextAreaField("Who can come, in words", [Length(max=2_000)])
    how_to_join = TextAreaField("How to join", [Length(max=2_000)])
    referral = SelectField("Who refers", choices=[("", "Not known"), *_coded(REFERRALS)])
    cost = StringField("Cost", [Length(max=500)])
    phone = StringField("Phone", [Length(max=100)])
    text = StringField("Text", [Length(max=100)])
    email = StringField("Email", [Length(max=320)])
    url = StringField("Website", [Length(max=2_000)])
    languages = StringField("Languages", [Length(max=500)])
    accessibility = StringField("Access", [Length(max=1_000)])
    send = SelectField("Special needs welcome", choices=[("", "Not known"), ("yes", "Yes"), ("no", "No")])
    delivery = SelectMultipleField("How it is given", choices=_coded(DELIVERIES))
    areas = StringField("Areas served", [Length(max=1_000)])
    booking_opens = StringField("Booking opens", [Length(max=10)])
    starts = StringField("First day", [Length(max=10)])
    ends = StringField("Last day", [Length(max=10)])
    places = FieldList(FormField(PlaceForm), max_entries=60)

    def cells(self) -> dict[str, str]:
        """What was written, as cells of the template."""
        plain = {name: "; ".join(value) if name in LISTS else value or "" for name, value in self.data.items()}
        return {name: value for name, value in plain.items() if name not in ("csrf_token", "version", "places")}

    def place_cells(self) -> list[dict[str, str]]:
        """The places that something was written for."""
        places = [{name: place.get(name) or "" for name in PLACE_COLUMNS} for place in self.places.data]
        return [
            place | {"times": "; ".join(place["times"].splitlines())} for place in places if any(map(str.strip, place.values()))
        ]


def form_of(service: Editable) -> ServiceForm:
    """The form as it is first shown."""
    lists = {name: [word for word in service.cells[name].split("; ") if word] for name in LISTS}
    places: list[dict[str, Any]] = [place | {"times": place["times"].replace("; ", "\n")} for place in service.places]
    return ServiceForm(
        formdata=None, data={**service.cells, **lists, "version": service.version, "places": places + [{}] * SPARE}
    )
