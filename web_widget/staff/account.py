"""Signing in and out, and a password of one's own."""

from __future__ import annotations

from flask import g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from handover.passwords import PasswordRefused
from handover.staff import SignInRefused, change_password, verify
from web_widget.limits import per_sign_in
from web_widget.staff.access import ANY, for_role, home_of, remember, staff
from web_widget.staff.forms import PasswordForm, SignInForm


@staff.route("/sign-in", methods=["GET", "POST"])
@per_sign_in
def sign_in() -> ResponseReturnValue:
    """E-mail address, password and one-time code; one answer for every mistake."""
    form = SignInForm()
    if form.validate_on_submit():
        try:
            remember(member := verify(form.email.data, form.password.data, form.code.data))
            return redirect(home_of(member))
        except SignInRefused as refused:
            form.form_errors.append(str(refused))
    return render_template("staff/sign_in.html", form=form), 422 if form.is_submitted() else 200


@staff.route("/password", methods=["GET", "POST"])
@per_sign_in
@for_role(ANY)
def password() -> ResponseReturnValue:
    """Change the password; asked of everybody at their first sign-in."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            change_password(g.member.email, form.current.data, form.new.data)
            return redirect(home_of(g.member))
        except (SignInRefused, PasswordRefused) as refused:
            form.form_errors.append(str(refused))
    return render_template("staff/password.html", form=form), 422 if form.is_submitted() else 200


@staff.post("/sign-out")
@for_role(ANY)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    session.clear()
    return redirect(url_for("staff.sign_in"))
