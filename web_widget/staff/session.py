"""The staff session: a signed cookie that is sent to /staff only, and over https wherever there is any."""

from __future__ import annotations

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

LOOPBACK = frozenset({"127.0.0.1", "::1"})


class StaffSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, Secure unless somebody tries Signpost out on their own machine."""

    def get_cookie_secure(self, app: Flask) -> bool:
        # Behind a proxy the request comes from another address or says https; only a trial is plain and local.
        trial = not request.is_secure and request.remote_addr in LOOPBACK and _is_loopback_host(request.host)
        return not trial


def _is_loopback_host(host: str) -> bool:
    return host.rsplit(":", 1)[0] in {"127.0.0.1", "localhost", "[::1]"}
