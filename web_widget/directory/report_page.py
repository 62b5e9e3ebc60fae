"""Report a problem with a service's page: what is wrong, in a tap and, who likes, a few words; nobody is asked who they are."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from directory.reports import KINDS, LONGEST, report
from web_widget.directory.blueprint import directory_pages, per_report
from web_widget.directory.service_page import shown, shown_record
from web_widget.directory.state import state_of_request
from web_widget.directory.words import words

TRAP = "website"
"""A field that people neither see nor reach; whoever fills it in is a program."""


@directory_pages.route("/report/<source>/<path:service>", methods=["GET", "POST"])
@per_report
def report_problem(source: str, service: str) -> ResponseReturnValue:
    """The form, and after it a thank-you; the report waits for a worker."""
    record = shown_record(source, service)
    kind, said = request.form.get("kind", ""), request.form.get("words", "")
    faults = {}
    if request.method == "POST":
        if kind not in KINDS:
            faults["kind"] = "Choose what is wrong."
        if len(said) > LONGEST:
            faults["words"] = f"Use fewer than {LONGEST:,} characters."
        if not faults:
            if not request.form.get(TRAP):
                report(record.key, kind, said)
            return render_template("directory/reported.html", service=shown(record), state=state_of_request())
    page = render_template(
        "directory/report.html",
        service=shown(record),
        state=state_of_request(),
        kinds=words()["reports"],
        kind=kind,
        said=said,
        faults=faults,
        longest=LONGEST,
        trap=TRAP,
    )
    return page, 422 if faults else 200
