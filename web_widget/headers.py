"""The security headers of every answer, and who may keep a copy of it."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_talisman import DENY, Talisman

from web_widget.configuration import WebConfig

# No inline script or style anywhere, nothing from another host, nothing that reports back.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
# Nothing of a family's device is asked for, and no advertising machinery may run beside us.
PERMISSIONS = dict.fromkeys(("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb"), "()")
KEPT_NOWHERE = ("/api/conversations", "/api/search", "/chat", "/directory", "/staff")


def send_headers(app: Flask, config: WebConfig) -> None:
    """Put the security headers on everything `app` answers; call it when all views are registered."""
    embeddable = {**POLICY, "frame-ancestors": " ".join(("'self'", *config.council.sites))}
    private = {**POLICY, "frame-ancestors": "'none'"}
    Talisman(
        app,
        force_https=False,  # TLS ends at the council's proxy; a redirect here would loop behind it
        strict_transport_security=True,  # sent on https only
        strict_transport_security_max_age=31_536_000,
        frame_options=None,  # frame-ancestors says it, and can name sites
        content_security_policy=embeddable,
        permissions_policy=PERMISSIONS,
        referrer_policy="no-referrer",
        x_xss_protection=False,
        session_cookie_secure=False,  # the staff session decides for itself (staff/session.py)
        session_cookie_http_only=True,
        session_cookie_samesite="Strict",
    )
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("staff."):
            options = {"frame_options": DENY, "content_security_policy": private}
            setattr(view, "talisman_view_options", options)  # noqa: B010 (what Talisman's decorator does)
    app.after_request(_forbid_copies)


def _forbid_copies(response: Response) -> Response:
    if request.path.startswith(KEPT_NOWHERE):
        response.headers["Cache-Control"] = "no-store"
    elif request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"  # kept, but asked about: a new release is whole at once
    return response
