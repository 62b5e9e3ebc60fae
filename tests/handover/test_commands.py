"""The commands somebody at a terminal gives for staff, notifications and keys."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from handover.commands import deliver, rotate, staff


@pytest.fixture
def terminal():
    def giving(command, *words):
        return CliRunner().invoke(command, list(words), catch_exceptions=False)

    return giving


def test_adding_somebody_prints_the_password_once_and_a_code_to_scan(terminal):
    shown = terminal(staff, "add", "jo@westmere.example", "--role", "admin")
    assert shown.exit_code == 0
    [password] = re.findall(r"first sign-in: (\S+)", shown.output)
    assert shown.output.count(password) == 1
    assert "otpauth://totp/Signpost:jo%40westmere.example" in shown.output
    assert "▄" in shown.output
    listed = terminal(staff, "list").output
    assert listed == "jo@westmere.example\tadmin\tactive\n"
    assert password not in listed


def test_a_second_account_for_one_address_says_what_to_do(terminal):
    terminal(staff, "add", "jo@westmere.example")
    again = terminal(staff, "add", "jo@westmere.example")
    assert again.exit_code == 1
    assert "Deactivate it first" in again.output


def test_without_a_secret_it_says_how_to_make_one(terminal, monkeypatch):
    monkeypatch.delenv("SIGNPOST_SECRET")
    said = terminal(staff, "add", "jo@westmere.example")
    assert said.exit_code == 1
    assert "secrets.token_hex" in said.output


def test_somebody_who_left_is_deactivated(terminal):
    terminal(staff, "add", "jo@westmere.example")
    assert terminal(staff, "deactivate", "jo@westmere.example").output == "Deactivated.\n"
    assert "deactivated" in terminal(staff, "list").output
    assert terminal(staff, "deactivate", "jo@westmere.example").exit_code == 1


def test_delivering_says_what_still_waits(terminal, send):
    send()
    assert terminal(deliver).output == "Notifications sent: 0, waiting: 1.\n"


def test_a_mail_setting_that_cannot_be_used_ends_with_its_mending(terminal, monkeypatch):
    monkeypatch.setenv("SIGNPOST_SMTP_HOST", "localhost")
    said = terminal(deliver)
    assert said.exit_code == 1
    assert "SIGNPOST_SMTP_FROM" in said.output


def test_rotating_without_the_former_secret_changes_nothing_and_says_so(terminal, send, monkeypatch):
    send()
    monkeypatch.setenv("SIGNPOST_SECRET", "another secret, which is as long as the first one")
    said = terminal(rotate)
    assert said.exit_code == 1
    assert "SIGNPOST_SECRET_OLD" in said.output
