"""`signpost up`: prepare what is missing, start everything, print the address, stop it all on Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import threading
from types import FrameType

import click

from bot.launch import processes
from bot.launch.answering import address, wait_until_answering
from bot.launch.preflight import CannotStart, check_pack, check_ports
from bot.launch.prepare import prepare_services
from bot.launch.progress import step
from bot.launch.training import prepare_encoder_if_needed, train_if_changed
from directory.settings import Settings, settings


@click.command()
def up() -> None:
    """Train and index if needed, start everything, print the address."""
    at = settings()
    check_pack()
    check_ports(at)
    prepare_encoder_if_needed()
    with step("Reading the services"):
        prepare_services()
    train_if_changed(at)
    serve(settings())


def serve(at: Settings) -> None:
    """Run until Ctrl-C or SIGTERM; CannotStart where no message gets an answer."""
    stopping = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, ask_to_stop)
    supervisor = processes.start(at)
    try:
        with step("Starting"):
            ready = wait_until_answering(at, lambda: supervisor.poll() is None and not stopping.is_set())
        if stopping.is_set():
            return
        if not ready:
            raise CannotStart(f"No message got an answer. The processes' logs are in {processes.logs(at)}.")
        click.echo(f"Signpost is ready: {address(at)}  (Ctrl-C stops it)")
        _wait(supervisor, stopping)
    finally:
        with step("Stopping"):
            processes.stop(supervisor)


def _wait(supervisor: subprocess.Popen[bytes], stopping: threading.Event) -> None:
    while not stopping.wait(0.5):
        if supervisor.poll() is not None:
            raise CannotStart("The process manager ended by itself. Start again; its log says why.")
