"""/accessibility and /privacy: what a public body says of its pages, in plain words."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

information = Blueprint("information", __name__)

# The day on which somebody last read each statement against what the pages really do. A test holds the statement's
# words to its date: who changes one changes the other.
ACCESSIBILITY_READ = date(2026, 11, 22)
PRIVACY_READ = date(2026, 11, 22)


@information.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("information/accessibility.html", read=ACCESSIBILITY_READ)


@information.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept of those who use the pages, where, and for how long."""
    return render_template("information/privacy.html", read=PRIVACY_READ)
