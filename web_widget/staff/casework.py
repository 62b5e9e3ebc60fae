"""The list of early help requests, one request in full, and what a worker does with it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from directory.hours import LONDON, clock
from directory.needs import needs
from handover import requests as early_help
from handover.requests import RequestClosed, RequestInFull, UnknownRequest
from handover.staff import list_staff
from web_widget.problems import Problem
from web_widget.staff.access import for_role, staff
from web_widget.staff.forms import AssignForm, NoteForm, PlainForm

WORDS = Path(__file__).with_name("words.yml")
CONTACT = ("reach", "safe", "interpreter", "times", "practitioner_reach")
"""Answers a worker must see before picking up a telephone; shown first and apart."""


@staff.get("")
@for_role("worker")
def requests() -> ResponseReturnValue:
    """Every open request, those nobody has acknowledged first."""
    return render_template("staff/requests.html", requests=early_help.open_requests(), words=words())


@staff.get("/requests/<reference>")
@for_role("worker")
def request_in_full(reference: str) -> ResponseReturnValue:
    """One request; that it was read is written down."""
    return _page(reference, NoteForm(prefix="contact"), NoteForm(prefix="close"))


@staff.post("/requests/<reference>/acknowledge")
@for_role("worker")
def acknowledge(reference: str) -> ResponseReturnValue:
    """Say that somebody has seen it."""
    return _done(reference, early_help.acknowledge)


@staff.post("/requests/<reference>/assign")
@for_role("worker")
def assign(reference: str) -> ResponseReturnValue:
    """Name the lead professional."""
    form = _assign_form()
    if not form.validate_on_submit():
        return _page(reference, NoteForm(prefix="contact"), NoteForm(prefix="close"), form), 422
    return _done(reference, lambda ref, by: early_help.assign_lead(ref, form.lead.data, by))


@staff.post("/requests/<reference>/contact")
@for_role("worker")
def contact(reference: str) -> ResponseReturnValue:
    """Record a contact with the family, or a try."""
    form = NoteForm(prefix="contact")
    if not form.validate_on_submit():
        return _page(reference, form, NoteForm(prefix="close")), 422
    return _done(reference, lambda ref, by: early_help.record_contact(ref, by, form.note.data))


@staff.post("/requests/<reference>/close")
@for_role("worker")
def close(reference: str) -> ResponseReturnValue:
    """Close it, with how it ended."""
    form = NoteForm(prefix="close")
    if not form.validate_on_submit():
        return _page(reference, NoteForm(prefix="contact"), form), 422
    return _done(reference, lambda ref, by: early_help.close(ref, by, form.note.data))


@staff.app_template_filter()
def need_label(code: str) -> str:
    """What a need is called; its code where the vocabulary no longer has it."""
    known = needs().get(code)
    return known.label if known else code


@staff.app_template_filter()
def answer_words(value: Any) -> str:
    """An answer as a worker reads it."""
    if isinstance(value, dict):
        way = words()["ways"].get(value.get("by", ""), "")
        return f"{value.get('words', '')}{f' ({way})' if way else ''}"
    return str(words()["choices"].get(value, value))


@staff.app_template_filter()
def moment(at: datetime) -> str:
    """A moment as people here say it: 2 October 2026 at 4:05pm."""
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y} at {clock(local.hour * 60 + local.minute)}"


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """What answers and events are called on these pages."""
    read: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return read


def _page(reference: str, contact_form: NoteForm, close_form: NoteForm, assign_form: AssignForm | None = None) -> str:
    try:
        request = early_help.read_request(reference, g.member.email)
    except UnknownRequest:
        raise Problem("unknown-request") from None
    return render_template(
        "staff/request.html",
        request=request,
        words=words(),
        contact_answers=_answers(request, CONTACT),
        other_answers=_answers(request, tuple(key for key in words()["answers"] if key not in CONTACT)),
        plain_form=PlainForm(),
        assign_form=assign_form or _assign_form(request.summary.lead),
        contact_form=contact_form,
        close_form=close_form,
    )


def _answers(request: RequestInFull, keys: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [(words()["answers"][key], request.answers[key]) for key in keys if request.answers.get(key)]


def _assign_form(lead: str | None = None) -> AssignForm:
    form = AssignForm(lead=lead)
    form.lead.choices = [(who.email, who.email) for who in list_staff() if who.may("worker")]
    return form


def _done(reference: str, act: Any) -> ResponseReturnValue:
    try:
        act(reference, g.member.email)
    except UnknownRequest:
        raise Problem("unknown-request") from None
    except RequestClosed:
        raise Problem("request-closed") from None
    return redirect(url_for("staff.request_in_full", reference=reference))
