"""The commands of this package; bot/cli.py hangs them on `signpost`."""

from __future__ import annotations

import io
import logging
import time
from typing import Any

import click
from qrcode.main import QRCode
from sqlalchemy.exc import SQLAlchemyError

from directory.database import prepare_database
from directory.settings import SettingsError
from handover import staff as accounts
from handover.delivery import deliver_pending
from handover.encryption import DecryptionError
from handover.records import ROLES
from handover.rotation import rotate_keys

_log = logging.getLogger(__name__)


@click.group()
def staff() -> None:
    """Staff accounts: who of the council may sign in."""
    prepare_database()


@staff.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), default="worker", show_default=True, help="What they may do.")
def add_staff(email: str, role: str) -> None:
    """Make an account for EMAIL; its password is shown once."""
    try:
        made = accounts.add(email, role)
    except (accounts.StaffError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Account: {made.email} ({role})")
    click.echo(f"Password, to be changed at the first sign-in: {made.password}")
    click.echo("It is shown this once. For the one-time codes, scan this with an authenticator app:\n")
    click.echo(_drawn(made.uri))
    click.echo(f"or type in its address: {made.uri}")


@staff.command("list")
def list_accounts() -> None:
    """Show every account, its roles and whether it is active."""
    for member in accounts.list_staff():
        click.echo(f"{member.email}\t{','.join(member.roles)}\t{'active' if member.active else 'deactivated'}")


@staff.command("deactivate")
@click.argument("email")
def deactivate_account(email: str) -> None:
    """Let EMAIL sign in no more; what they did stays on record."""
    try:
        accounts.deactivate(email)
    except accounts.StaffError as error:
        raise click.ClickException(str(error)) from error
    click.echo("Deactivated.")


def _drawn(uri: str) -> str:
    """A QR code in half blocks, light on a dark terminal."""
    code: Any = QRCode(border=2)
    code.add_data(uri)
    code.print_ascii(out=(drawing := io.StringIO()), invert=True)
    return drawing.getvalue()


@click.command("deliver")
@click.option("--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on, once in so many seconds.")
def deliver(every: int | None) -> None:
    """Send the notifications that wait in the outbox."""
    prepare_database()
    while True:
        try:
            done = deliver_pending()
            if done.sent or not every:
                click.echo(f"Notifications sent: {done.sent}, waiting: {done.waiting}.")
        except SettingsError as error:
            raise click.ClickException(str(error)) from error
        except SQLAlchemyError as error:
            if not every:
                raise
            # Only the kind: the message of a database error can hold a row's values.
            _log.warning("The outbox could not be read (%s); it will be tried again.", type(error).__name__)
        if not every:
            return
        time.sleep(every)


@click.command("rotate-keys")
def rotate() -> None:
    """Encrypt everything again with today's SIGNPOST_SECRET; name the former one in SIGNPOST_SECRET_OLD."""
    prepare_database()
    try:
        click.echo(f"Encrypted again: {rotate_keys()}. SIGNPOST_SECRET_OLD is not needed any more.")
    except (DecryptionError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
