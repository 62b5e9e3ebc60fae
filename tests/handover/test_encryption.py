"""Personal data at rest: unreadable without the secret, readable through a change of it."""

from __future__ import annotations

import pytest

from directory.settings import SettingsError
from handover.encryption import DecryptionError, decrypt, encrypt, reencrypt
from handover.requests import read_request
from handover.rotation import rotate_keys

NEW_SECRET = "another secret, which is as long as the first one"


def test_what_is_encrypted_comes_back_and_cannot_be_read_meanwhile():
    token = encrypt({"name": "Zelda"})
    assert b"Zelda" not in token
    assert decrypt(token) == {"name": "Zelda"}


def test_each_use_has_a_key_of_its_own():
    with pytest.raises(DecryptionError):
        decrypt(encrypt("x", "requests"), "staff")


def test_a_wrong_secret_says_what_to_do_and_nothing_of_the_record(monkeypatch):
    token = encrypt("Zelda")
    monkeypatch.setenv("SIGNPOST_SECRET", NEW_SECRET)
    with pytest.raises(DecryptionError, match="SIGNPOST_SECRET_OLD") as caught:
        decrypt(token)
    assert "Zelda" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_damaged_record_is_told_from_a_good_one():
    with pytest.raises(DecryptionError):
        decrypt(encrypt("x")[:-4] + b"AAAA")


def test_without_a_secret_nothing_is_encrypted(monkeypatch):
    monkeypatch.delenv("SIGNPOST_SECRET")
    with pytest.raises(SettingsError, match="SIGNPOST_SECRET is not set"):
        encrypt("x")


def test_a_former_secret_still_reads_and_a_rotated_record_no_longer_needs_it(monkeypatch, secret):
    token = encrypt("Zelda")
    monkeypatch.setenv("SIGNPOST_SECRET", NEW_SECRET)
    monkeypatch.setenv("SIGNPOST_SECRET_OLD", secret)
    assert decrypt(token) == "Zelda"
    fresh = reencrypt(token)
    monkeypatch.delenv("SIGNPOST_SECRET_OLD")
    assert decrypt(fresh) == "Zelda"


def test_rotating_the_keys_carries_every_request_and_account_over(monkeypatch, secret, send, worker):
    reference = send().reference
    monkeypatch.setenv("SIGNPOST_SECRET", NEW_SECRET)
    monkeypatch.setenv("SIGNPOST_SECRET_OLD", secret)
    assert rotate_keys() == 2  # a payload and a one-time code's secret
    monkeypatch.delenv("SIGNPOST_SECRET_OLD")
    assert read_request(reference, worker).answers["name"] == "Zelda"
