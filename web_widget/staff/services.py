"""The council's services as its editors look after them: found, changed, retired, restored, checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from directory import editing, upkeep
from directory.database import now
from directory.hours import LONDON
from directory.reports import open_reports
from web_widget.configuration import configured
from web_widget.following import index_follows
from web_widget.pages import day
from web_widget.problems import Problem
from web_widget.staff.access import for_role, staff
from web_widget.staff.casework import words
from web_widget.staff.forms import PlainForm
from web_widget.staff.forms_of_services import ServiceForm, form_of

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@staff.get("/services")
@for_role("editor")
def services() -> ResponseReturnValue:
    """The lists: all, those to be checked, those reported, those retired; found by words of their name."""
    which = request.args.get("which", "")
    which = which if which in upkeep.WHICH else upkeep.WHICH[0]
    asked, page = request.args.get("q", "")[:200], max(1, request.args.get("page", 1, type=int) or 1)
    council, today = _council(), _today()
    found = upkeep.find_services(council, today, asked, which, min(page, 10_000))
    return render_template(
        "staff/services.html",
        found=found,
        counts=upkeep.counts(council, today),
        which=which,
        asked=asked,
        page=page,
        pages=-(-found.total // upkeep.PER_PAGE),
        words=words(),
    )


@staff.route("/services/edit/<source>/<path:service>", methods=["GET", "POST"])
@for_role("editor")
def service(source: str, service: str) -> ResponseReturnValue:
    """One service: its form, what was reported of it, and everything that was done to it."""
    key = f"{source}/{service}"
    held = _editable(key)
    form = ServiceForm() if request.method == "POST" else form_of(held)
    if form.validate_on_submit():
        try:
            changed = editing.change(key, form.cells(), form.place_cells(), form.version.data, g.member.email, _council())
        except editing.EditRefused as refused:
            _tell(form, refused.fields)
        except editing.EditedMeanwhile:
            raise Problem("edited-meanwhile") from None
        else:
            if changed:
                index_follows()
            return redirect(url_for("staff.service", source=source, service=service, saved=len(changed)))
    page = render_template(
        "staff/service.html",
        form=form,
        record=held.record,
        stale=upkeep.is_stale(held.record.assured_date, _today()),
        reports=open_reports(key),
        history=editing.history(key),
        saved=request.args.get("saved", type=int),
        plain_form=PlainForm(),
        words=words(),
    )
    return page, 422 if request.method == "POST" else 200


@staff.post("/services/retire/<source>/<path:service>")
@for_role("editor")
def retire(source: str, service: str) -> ResponseReturnValue:
    """Show it no more."""
    return _done(source, service, editing.retire)


@staff.post("/services/restore/<source>/<path:service>")
@for_role("editor")
def restore(source: str, service: str) -> ResponseReturnValue:
    """Show it again."""
    return _done(source, service, editing.restore)


@staff.post("/services/checked/<source>/<path:service>")
@for_role("editor")
def checked(source: str, service: str) -> ResponseReturnValue:
    """Somebody has looked at it today, and it is right."""
    return _done(source, service, lambda key, who, council: editing.checked(key, who, council, _today()))


@staff.app_template_filter()
def edit_value(value: Any) -> str:
    """What a field was or became, as the audit trail shows it."""
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, dict):
        parts = [part for name, part in value.items() if name not in ("latitude", "longitude")]
        return ", ".join(edit_value(part) for part in parts if part not in (None, "", []))
    if isinstance(value, list):
        return "; ".join(map(edit_value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day(value) if isinstance(value, str) and ISO_DATE.fullmatch(value) else str(value)


def _done(source: str, service: str, act: Callable[[str, str, str], None]) -> ResponseReturnValue:
    try:
        act(f"{source}/{service}", g.member.email, _council())
    except editing.UnknownService:
        raise Problem("unknown-service") from None
    index_follows()
    return redirect(url_for("staff.service", source=source, service=service))


def _editable(key: str) -> editing.Editable:
    try:
        return editing.editable(key, _council())
    except editing.UnknownService:
        raise Problem("unknown-service") from None


def _tell(form: ServiceForm, columns: tuple[str, ...]) -> None:
    """Put a sentence beside each field at fault."""
    said = words()["edit_faults"]
    for column in columns:
        if column in form:
            form[column].errors = [*form[column].errors, said.get(column, said["other"])]
        else:
            form.form_errors.append(said.get(column, said["other"]))


def _council() -> str:
    return configured().council.code


def _today() -> date:
    return now().astimezone(LONDON).date()
