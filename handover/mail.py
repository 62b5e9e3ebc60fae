"""The mail server: its settings from the environment, and one message handed to it."""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from directory.settings import SettingsError

TIMEOUT = 10  # seconds for any one answer of the mail server


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    starttls: bool = True


def mail_server() -> MailServer | None:
    """The mail server of SIGNPOST_SMTP_HOST, _PORT (587), _USER, _PASSWORD, _FROM; None where no host is set.

    SIGNPOST_SMTP_STARTTLS=off is for a relay on the same machine only. SettingsError where a value cannot be used.
    """
    host = os.environ.get("SIGNPOST_SMTP_HOST")
    if not host:
        return None
    port = os.environ.get("SIGNPOST_SMTP_PORT") or "587"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(
            "SIGNPOST_SMTP_PORT is not a port.",
            "A port is a whole number from 1 to 65535.",
            "Set it to 587, or unset it.",
        )
    sender = os.environ.get("SIGNPOST_SMTP_FROM", "")
    if "@" not in parseaddr(sender)[1]:
        raise SettingsError(
            "SIGNPOST_SMTP_FROM is not an e-mail address.",
            "Notifications need somebody to come from.",
            "Set it to an address of the council's, such as signpost@council.example.",
        )
    return MailServer(
        host=host,
        port=int(port),
        sender=sender,
        user=os.environ.get("SIGNPOST_SMTP_USER") or None,
        password=os.environ.get("SIGNPOST_SMTP_PASSWORD") or None,
        starttls=os.environ.get("SIGNPOST_SMTP_STARTTLS", "on").lower() not in {"off", "0", "no", "false"},
    )


def send(server: MailServer, to: str, subject: str, body: str, message_id: str) -> None:
    """Hand one plain message to the server; smtplib.SMTPException or OSError where it is not taken.

    `message_id` is the part before the @: the same one for the same news, so that a repeat can be told.
    """
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{message_id}@{parseaddr(server.sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    with smtplib.SMTP(server.host, server.port, timeout=TIMEOUT) as connection:
        if server.starttls:
            # A server that offers no STARTTLS, or shows a wrong certificate, gets nothing from us.
            connection.starttls(context=ssl.create_default_context())
        if server.user:
            connection.login(server.user, server.password or "")
        connection.send_message(message)
