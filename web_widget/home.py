"""The demonstration page of the pack's council, and what the widget must know of that council."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from directory.hours import parse_hours
from directory.packs import Team
from web_widget.configuration import configured

home = Blueprint("home", __name__)


@home.get("/")
def demonstration() -> ResponseReturnValue:
    """A council's page that embeds the widget, as any of its pages could."""
    return render_template("home.html")


@home.get("/council.json")
def council() -> ResponseReturnValue:
    """The council's name, the emergency numbers and the way out: the widget holds them before a chat begins."""
    config = configured()
    return {"name": config.council.name, "contacts": config.contacts(), "exit": config.exit_url}


@home.app_template_filter()
def hours_in_words(team: Team) -> str:
    """A team's opening hours as a sentence; empty where the council has yet to give them."""
    return parse_hours(team.hours).in_words() if team.hours else ""
