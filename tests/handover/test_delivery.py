"""Notifications: a mail server hears that a request has arrived, and a dead one loses nothing."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from directory.database import now, session
from directory.settings import SettingsError
from handover.delivery import Delivery, deliver_pending, destination
from handover.outbox import wait_after
from handover.records import Notification
from handover.requests import acknowledge, open_requests


class Mailbox:
    """What a mail server took, and what it is told to answer."""

    def __init__(self) -> None:
        self.messages: list[tuple[list[str], str]] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.messages.append((envelope.rcpt_tos, envelope.content.decode()))
        return self.answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of `localhost` and its key, in files."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), moment, moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return folder


@pytest.fixture
def mailbox(certificate, monkeypatch):
    """A real mail server with STARTTLS and a password, and the settings that lead there."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    box = Mailbox()

    def check(server, session, envelope, mechanism, given):
        return AuthResult(success=(given.login, given.password) == (b"signpost", b"postman"), handled=False)

    server = Controller(
        box, hostname="localhost", port=free_port(), tls_context=context, require_starttls=True,
        auth_required=True, authenticator=check,
    )  # fmt: skip
    server.start()
    for name, value in {
        "HOST": "localhost", "PORT": str(server.port), "USER": "signpost", "PASSWORD": "postman",
        "FROM": "Signpost <signpost@westmere.example.org>",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"SIGNPOST_SMTP_{name}", value)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    yield box
    server.stop()


@pytest.fixture
def dead_server(monkeypatch):
    """Mail settings that lead to a port where nobody listens."""
    monkeypatch.setenv("SIGNPOST_SMTP_HOST", "localhost")
    monkeypatch.setenv("SIGNPOST_SMTP_PORT", str(free_port()))
    monkeypatch.setenv("SIGNPOST_SMTP_FROM", "signpost@westmere.example.org")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return listener.getsockname()[1]


def notification() -> Notification:
    with session() as db:
        return db.scalars(select(Notification)).one()


def test_the_council_hears_of_a_request_by_reference_and_area_only(send, mailbox):
    reference = send().reference
    assert deliver_pending() == Delivery(sent=1, waiting=0)
    [(to, message)] = mailbox.messages
    assert to == ["requests@westmere.example.org"]
    assert f"Subject: Early help request {reference}" in message
    assert "Area: North" in message
    for said in ("Zelda", "900123", "Aldmoor", "dancing", "nursery", "family.behaviour"):
        assert said not in message


def test_it_is_told_once(send, mailbox):
    send()
    deliver_pending()
    assert deliver_pending(now() + timedelta(days=1)) == Delivery(sent=0, waiting=0)
    assert len(mailbox.messages) == 1


def test_no_place_is_said_to_be_not_given(send, fill_in, mailbox):
    send(answers=fill_in("parent", where="skip"))
    deliver_pending()
    assert "Area: not given" in mailbox.messages[0][1]


def test_a_dead_mail_server_neither_loses_nor_delays_a_request(send, dead_server, caplog):
    send()
    assert len(open_requests()) == 1
    assert deliver_pending() == Delivery(sent=0, waiting=1)
    assert notification().problem == "ConnectionRefusedError"
    assert "westmere.example.org" not in caplog.text


def test_when_the_server_is_back_the_news_goes_out(send, dead_server, request):
    send()
    first = now()
    deliver_pending(first)
    mailbox = request.getfixturevalue("mailbox")
    assert deliver_pending(first + timedelta(seconds=59)) == Delivery(sent=0, waiting=1)
    assert deliver_pending(first + timedelta(seconds=60)) == Delivery(sent=1, waiting=0)
    assert len(mailbox.messages) == 1


def test_a_message_that_is_refused_does_not_hold_up_the_others(send, mailbox):
    send()
    send("conversation-2")
    mailbox.answer = "550 no such mailbox"
    assert deliver_pending() == Delivery(sent=0, waiting=2)
    with session() as db:
        assert {row.problem for row in db.scalars(select(Notification))} == {"SMTPDataError"}


def test_nobody_waits_longer_than_an_hour_for_the_next_try():
    minutes = [wait_after(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 4, 7, 1000)]
    assert minutes == [1, 2, 4, 8, 60, 60]


def test_a_server_without_starttls_gets_nothing_from_us(send, mailbox, monkeypatch):
    plain = Controller(box := Mailbox(), hostname="localhost", port=free_port())
    plain.start()
    monkeypatch.setenv("SIGNPOST_SMTP_PORT", str(plain.port))
    send()
    assert deliver_pending().sent == 0
    assert notification().problem == "SMTPNotSupportedError"
    monkeypatch.setenv("SIGNPOST_SMTP_STARTTLS", "off")
    monkeypatch.delenv("SIGNPOST_SMTP_USER")
    assert deliver_pending(now() + timedelta(hours=1)).sent == 1
    plain.stop()
    assert len(box.messages) == 1


def test_a_server_with_a_certificate_of_nobody_we_trust_gets_nothing(send, mailbox, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    send()
    assert deliver_pending().sent == 0
    assert notification().problem == "SSLCertVerificationError"


def test_a_wrong_mail_password_is_named_by_its_kind_only(send, mailbox, monkeypatch, caplog):
    monkeypatch.setenv("SIGNPOST_SMTP_PASSWORD", "not this one")
    send()
    deliver_pending()
    assert notification().problem == "SMTPAuthenticationError"
    assert "not this one" not in caplog.text


def test_without_a_mail_server_the_request_waits_on_the_staff_page(send):
    send()
    assert deliver_pending() == Delivery(sent=0, waiting=1)
    assert notification().attempts == 0
    assert len(open_requests()) == 1


def test_what_a_worker_has_already_seen_is_no_news(send, worker, mailbox):
    acknowledge(send().reference, worker)
    assert deliver_pending() == Delivery(sent=0, waiting=0)
    assert mailbox.messages == []


@pytest.mark.parametrize(("name", "value"), [("PORT", "smtp"), ("FROM", "nobody")])
def test_a_mail_setting_that_cannot_be_used_says_how_to_mend_it(dead_server, monkeypatch, name, value):
    monkeypatch.setenv(f"SIGNPOST_SMTP_{name}", value)
    with pytest.raises(SettingsError, match=f"SIGNPOST_SMTP_{name}.*Set it to"):
        deliver_pending()


def test_westmeres_requests_go_to_its_family_help_team(westmere):
    to = destination(westmere)
    assert (to.team, to.email, to.keep_days) == ("Westmere Family Help", "requests@westmere.example.org", 365)


@pytest.mark.parametrize("lacking", [{"staffed": False}, {"keep_days": None}, {"consent": {"family": "I agree."}}])
def test_without_staff_a_time_to_keep_or_words_of_consent_there_is_no_handover(westmere, lacking):
    assert destination(replace(westmere, handover=replace(westmere.handover, **lacking))) is None
