"""Signing in: a password and a one-time code, five tries, and never a hint why not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from directory.audit import entries
from directory.database import session
from handover import passwords, staff
from handover.passwords import PasswordRefused
from handover.staff import SignInRefused, StaffError, add, change_password, deactivate, find_staff, list_staff, verify

NOON = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
EMAIL = "jo@westmere.example"


@pytest.fixture
def jo():
    return add(EMAIL, "worker")


def code(new, at=NOON) -> str:
    return pyotp.parse_uri(new.uri).at(at)


def refused(email, password, typed, at=NOON) -> str:
    with pytest.raises(SignInRefused) as caught:
        verify(email, password, typed, at)
    return str(caught.value)


def test_a_worker_signs_in_and_must_change_the_first_password(jo):
    member = verify(EMAIL, jo.password, code(jo), NOON)
    assert (member.email, member.roles, member.must_change_password) == (EMAIL, ["worker"], True)
    change_password(EMAIL, jo.password, "three random words", NOON)
    later = NOON + timedelta(minutes=1)
    assert not verify(EMAIL, "three random words", code(jo, later), later).must_change_password


def test_an_email_address_is_the_same_in_capitals_and_a_code_with_a_space(jo):
    typed = code(jo)
    assert verify(f" {EMAIL.upper()} ", jo.password, f"{typed[:3]} {typed[3:]}", NOON).email == EMAIL


def test_every_refusal_says_the_same(jo):
    add("gone@westmere.example", "worker")
    deactivate("gone@westmere.example")
    said = {
        refused(EMAIL, "wrong", code(jo)),
        refused(EMAIL, jo.password, "000000"),
        refused(EMAIL, jo.password, ""),
        refused("nobody@westmere.example", jo.password, code(jo)),
        refused("gone@westmere.example", jo.password, code(jo)),
        refused("", "", "١٢٣٤٥٦"),
    }
    assert len(said) == 1
    assert EMAIL not in said.pop()


def test_an_unknown_address_costs_as_much_as_a_known_one(jo, monkeypatch):
    looked_at = []
    really = passwords.is_right
    monkeypatch.setattr(staff, "is_right", lambda *given: looked_at.append("password") or really(*given))
    really_step = staff.step_of
    monkeypatch.setattr(staff, "step_of", lambda *given: looked_at.append("code") or really_step(*given))
    shapes = []
    for email in (EMAIL, "nobody@westmere.example"):
        looked_at.clear()
        refused(email, "wrong", "000000")
        shapes.append(list(looked_at))
    assert shapes[0] == shapes[1] == ["password", "code"]


def test_a_code_opens_once(jo):
    verify(EMAIL, jo.password, code(jo), NOON)
    refused(EMAIL, jo.password, code(jo), NOON + timedelta(seconds=5))


def test_an_older_code_opens_nothing_after_a_newer_one(jo):
    verify(EMAIL, jo.password, code(jo), NOON)
    refused(EMAIL, jo.password, code(jo, NOON - timedelta(seconds=30)))


def test_the_same_code_from_two_places_at_one_moment_opens_one_of_them(jo):
    def attempt(_):
        try:
            return verify(EMAIL, jo.password, code(jo), NOON).email
        except SignInRefused:
            return None

    with ThreadPoolExecutor(4) as places:
        assert sorted(filter(None, places.map(attempt, range(4)))) == [EMAIL]


@pytest.mark.parametrize(("seconds", "opens"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_a_telephones_clock_may_be_half_a_minute_off(jo, seconds, opens):
    typed = code(jo, NOON + timedelta(seconds=seconds))
    if opens:
        assert verify(EMAIL, jo.password, typed, NOON)
    else:
        refused(EMAIL, jo.password, typed)


def test_five_wrong_tries_lock_the_account_for_fifteen_minutes(jo):
    for _ in range(5):
        refused(EMAIL, "wrong", code(jo))
    almost, over = NOON + timedelta(minutes=14), NOON + timedelta(minutes=15)
    refused(EMAIL, jo.password, code(jo, almost), almost)
    assert verify(EMAIL, jo.password, code(jo, over), over)


def test_four_wrong_tries_and_a_right_one_begin_the_count_anew(jo):
    for minute in range(3):
        at = NOON + timedelta(minutes=minute)
        for _ in range(4):
            refused(EMAIL, "wrong", code(jo, at), at)
        assert verify(EMAIL, jo.password, code(jo, at), at)


def test_guessing_the_password_where_it_is_changed_locks_too(jo):
    for _ in range(5):
        with pytest.raises(SignInRefused):
            change_password(EMAIL, "wrong", "three random words", NOON)
    with pytest.raises(SignInRefused):
        change_password(EMAIL, jo.password, "three random words", NOON)


@pytest.mark.parametrize("new", ["short", "x" * 201, "jo-and-some-more-words"])
def test_a_password_that_is_easy_to_find_is_refused_with_advice(jo, new):
    with pytest.raises(PasswordRefused, match="Three random words") as caught:
        change_password(EMAIL, jo.password, new, NOON)
    assert new not in str(caught.value)


def test_the_password_one_has_is_no_new_password(jo):
    with pytest.raises(PasswordRefused, match="password you have"):
        change_password(EMAIL, jo.password, jo.password, NOON)


def test_neither_password_nor_secret_is_kept_or_shown_in_a_log(jo, house):
    secret = pyotp.parse_uri(jo.uri).secret
    files = b"".join(path.read_bytes() for path in house.glob("signpost.db*"))
    assert jo.password.encode() not in files
    assert secret.encode() not in files
    assert b"$argon2id$" in files
    assert jo.password not in repr(jo)
    assert secret not in repr(jo)


def test_somebody_deactivated_can_be_added_anew_with_everything_fresh(jo):
    deactivate(EMAIL)
    assert find_staff(EMAIL) is None
    again = add(EMAIL, "admin")
    refused(EMAIL, jo.password, code(jo))
    assert verify(EMAIL, again.password, code(again), NOON).roles == ["admin"]
    assert [member.email for member in list_staff()] == [EMAIL]


def test_an_account_in_use_cannot_be_taken_over_by_adding_it_again(jo):
    with pytest.raises(StaffError, match="Deactivate it first"):
        add(EMAIL, "admin")


@pytest.mark.parametrize(("email", "role"), [("not an address", "worker"), (EMAIL, "king")])
def test_an_account_needs_an_address_and_a_role_that_exist(email, role):
    with pytest.raises(StaffError):
        add(email, role)


def test_nobody_can_be_deactivated_twice(jo):
    deactivate(EMAIL)
    with pytest.raises(StaffError, match="no active account"):
        deactivate(EMAIL)


def test_what_each_role_may_do(jo):
    editor, admin = add("e@westmere.example", "editor"), add("a@westmere.example", "admin")
    may = {
        new.email: [role for role in ("worker", "editor", "admin") if find_staff(new.email).may(role)]
        for new in (jo, editor, admin)
    }
    assert may == {jo.email: ["worker"], editor.email: ["editor"], admin.email: ["worker", "editor", "admin"]}


def test_every_change_of_an_account_is_on_the_audit_trail(jo):
    change_password(EMAIL, jo.password, "three random words", NOON)
    deactivate(EMAIL, by="admin@westmere.example")
    with session() as db:
        trail = [(entry.who, entry.action) for entry in entries(db, f"staff:{EMAIL}")]
    assert trail == [
        ("admin@westmere.example", "staff.deactivate"),
        (EMAIL, "staff.password"),
        ("command line", "staff.add"),
    ]
