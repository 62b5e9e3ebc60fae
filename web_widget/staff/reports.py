"""The queue of problems that families reported with services' pages."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from directory.reports import UnknownReport, open_reports, settle
from web_widget.problems import Problem
from web_widget.staff.access import for_role, staff
from web_widget.staff.casework import words
from web_widget.staff.forms import PlainForm


@staff.get("/reports")
@for_role("editor")
def reports() -> ResponseReturnValue:
    """Every report that waits, the oldest first."""
    return render_template("staff/reports.html", reports=open_reports(), words=words(), plain_form=PlainForm())


@staff.post("/reports/<number>/done")
@for_role("editor")
def report_done(number: str) -> ResponseReturnValue:
    """Take one off the queue; its words are deleted."""
    try:
        settle(int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0, g.member.email)
    except UnknownReport:
        raise Problem("unknown-report") from None
    return redirect(url_for("staff.reports"))
