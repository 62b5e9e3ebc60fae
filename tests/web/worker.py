"""Somebody of the council at the staff pages, with and without a browser."""

from __future__ import annotations

import re
from typing import Any

import pyotp
from flask import Flask
from playwright.sync_api import Page
from werkzeug.test import TestResponse

from handover import staff as accounts

PASSWORD = "correct horse battery"


class Worker:
    """Somebody of the council at the staff pages."""

    def __init__(self, app: Flask, email: str = "sam@westmere.example.org", role: str = "worker") -> None:
        self.client, self.email = app.test_client(), email
        made = accounts.add(email, role)
        self.totp = pyotp.parse_uri(made.uri)
        accounts.change_password(email, made.password, PASSWORD)

    def sign_in(self, password: str = PASSWORD) -> TestResponse:
        return self.send("/staff/sign-in", form_at="/staff/sign-in", email=self.email, password=password, code=self.totp.now())

    def send(self, path: str, form_at: str, **fields: Any) -> TestResponse:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get(form_at).text)
        assert token
        return self.client.post(path, data={"csrf_token": token[1], **fields})

    def sign_in_with(self, page: Page, address: str) -> None:
        """Sign in in a browser."""
        page.goto(f"{address}/staff/sign-in")
        page.get_by_label("Email address").fill(self.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("One-time code").fill(self.totp.now())
        page.get_by_role("button", name="Sign in").click()
