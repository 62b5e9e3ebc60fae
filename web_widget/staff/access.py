"""Who may see a staff page: signed in, with the right role, and with a password of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Blueprint, g, redirect, request, session, url_for

from directory.database import now
from handover.records import StaffMember
from handover.staff import find_staff
from web_widget.problems import Problem

staff = Blueprint("staff", __name__, url_prefix="/staff")

LONGEST = timedelta(hours=12)  # however busy: nobody stays signed in into the next day
ANY = "any"
"""In place of a role: whoever is signed in."""

View = Callable[..., Any]


def for_role(role: str) -> Callable[[View], View]:
    """Let a view be seen by members of staff with `role` (`worker`, `editor`, `admin`, or ANY) and by nobody else."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            member = signed_in()
            if member is None:
                session.clear()
                return redirect(url_for("staff.sign_in"))
            if member.must_change_password and request.endpoint not in BEFORE_OWN_PASSWORD:
                return redirect(url_for("staff.password"))
            if role != ANY and not member.may(role):
                raise Problem("not-allowed")
            g.member = member
            return view(*args, **kwargs)

        setattr(checked, "staff_role", role)  # noqa: B010 (read by the test that walks all routes)
        return checked

    return decorate


BEFORE_OWN_PASSWORD = ("staff.password", "staff.sign_out")
FOR_EVERYBODY = ("staff.sign_in",)
"""Staff pages without a role check, each on purpose."""


def remember(member: StaffMember) -> None:
    """Begin a session for somebody who has just proved who they are."""
    session.clear()
    session.permanent = True  # permanent here means: ends after 30 idle minutes (setup.IDLE)
    session["email"] = member.email
    session["since"] = now().timestamp()


def home_of(member: StaffMember) -> str:
    """Where a member of staff begins: with the requests, or with the services where requests are not theirs to see."""
    return url_for("staff.requests" if member.may("worker") else "staff.services")


def signed_in() -> StaffMember | None:
    """The active member of staff whose session this is; asked of the database anew with every request."""
    email, since = session.get("email"), session.get("since")
    if not email or not since or now().timestamp() - since > LONGEST.total_seconds():
        return None
    return find_staff(email)
