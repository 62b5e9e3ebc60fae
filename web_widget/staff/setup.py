"""Adds the staff pages to an application, with their session and the protection of their forms."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from web_widget.configuration import WebConfig
from web_widget.errors import answer
from web_widget.problems import Problem
from web_widget.staff import account, casework, reports, services  # noqa: F401  (their views are on the blueprint once imported)
from web_widget.staff.access import staff
from web_widget.staff.session import StaffSessions

IDLE = timedelta(minutes=30)
TOKEN_BEARERS = ("gateway", "chat", "directory")
"""Blueprints that no cookie authorises, but a token in the request or nothing at all: no other site can borrow a name there."""


def add_staff_pages(app: Flask, config: WebConfig) -> None:
    """Register the staff pages on `app`; call it after the other features."""
    app.config.update(
        SECRET_KEY=config.staff_key,
        SESSION_COOKIE_NAME="signpost_staff",
        SESSION_COOKIE_PATH="/staff",  # a family's browser is never given it
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=IDLE,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session, which is short
        # On https Flask-WTF would also ask for a Referer, and our own Referrer-Policy sends none.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = StaffSessions()
    protection = CSRFProtect(app)
    for feature in TOKEN_BEARERS:
        protection.exempt(app.blueprints[feature])
    app.register_error_handler(CSRFError, lambda _error: answer(Problem("form-expired")))
    app.register_blueprint(staff)
