"""The forms of the staff pages, with what they say when something is missing."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import EqualTo, InputRequired, Length


class SignInForm(FlaskForm):
    email = StringField("Email address", [InputRequired("Enter your email address"), Length(max=320)])
    password = PasswordField("Password", [InputRequired("Enter your password"), Length(max=200)])
    code = StringField("One-time code", [InputRequired("Enter the code from your app"), Length(max=20)])


class PasswordForm(FlaskForm):
    current = PasswordField("Current password", [InputRequired("Enter your current password"), Length(max=200)])
    new = PasswordField("New password", [InputRequired("Enter a new password"), Length(max=200)])
    again = PasswordField("New password again", [EqualTo("new", "The two new passwords are not the same")])


class AssignForm(FlaskForm):
    lead = SelectField("Lead professional", [InputRequired("Choose who will lead")])


class NoteForm(FlaskForm):
    """A contact with the family, or how the request ended."""

    note = TextAreaField("Note", [InputRequired("Write a few words"), Length(max=4000, message="Keep it under 4,000 characters")])


class PlainForm(FlaskForm):
    """Only a button, and its protection."""
