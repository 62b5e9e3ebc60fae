"""The processes of a running Signpost, kept alive by supervisor."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.launch.model import ROOT
from directory.settings import Settings


@dataclass(frozen=True)
class Process:
    """One process: its name, the module that serves it, and what is said to the module."""

    name: str
    module: str
    arguments: str = ""


# glibc's memory arenas for many threads cost what our few threads do not use.
QUIET_AND_LEAN = {"MALLOC_ARENA_MAX": "2", "PYTHONWARNINGS": "ignore"}

# Rasa first: it is the slowest to start.
PROCESSES = (
    Process("rasa", "bot.components.serve"),
    Process("directory", "directory.server"),
    Process("actions", "actions.serve"),
    Process("web", "web_widget.serve"),
)
# Tells the council's team by e-mail that a request has arrived; only where a mail server is set.
DELIVERY = Process("delivery", "bot.cli", "deliver --every 60")


def start(at: Settings) -> subprocess.Popen[bytes]:
    """Start supervisor, and with it every process; each comes back when it dies."""
    configuration = at.var / "run" / "supervisord.conf"
    for folder in (configuration.parent, logs(at)):
        folder.mkdir(parents=True, exist_ok=True)
    configuration.write_text(_configuration(at))
    # A session of its own: Ctrl-C reaches us alone, and we stop supervisor, which stops the rest.
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "--nodaemon", "-c", str(configuration)],
        cwd=ROOT,
        env=os.environ | QUIET_AND_LEAN,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def stop(supervisor: subprocess.Popen[bytes], patience: float = 15.0) -> None:
    """Stop every process, gently first."""
    supervisor.terminate()
    try:
        supervisor.wait(patience)
    except subprocess.TimeoutExpired:
        supervisor.kill()
        supervisor.wait()


def logs(at: Settings) -> Path:
    """The folder of the processes' logs; no message of a family is ever in them."""
    return at.var / "log"


def _configuration(at: Settings) -> str:
    run = at.var / "run"
    sections = [
        "[supervisord]",
        f"logfile={logs(at) / 'supervisord.log'}",
        f"pidfile={run / 'supervisord.pid'}",
        f"childlogdir={logs(at)}",
        "loglevel=warn",
        "umask=077",
        "silent=true",
        "[unix_http_server]",
        f"file={run / 'supervisor.sock'}",
        "chmod=0700",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
        "[supervisorctl]",
        f"serverurl=unix://{run / 'supervisor.sock'}",
    ]
    processes = (*PROCESSES, DELIVERY) if os.environ.get("SIGNPOST_SMTP_HOST") else PROCESSES
    for number, process in enumerate(processes):
        sections += [
            f"[program:{process.name}]",
            f"command={sys.executable} -W ignore -m {process.module} {process.arguments}".rstrip(),
            f"priority={number + 1}",
            "autorestart=true",
            "startsecs=1",
            "startretries=1000000",
            "stopasgroup=true",
            "killasgroup=true",
            "stopwaitsecs=10",
            "redirect_stderr=true",
            f"stdout_logfile={logs(at) / process.name}.log",
            "stdout_logfile_maxbytes=5MB",
            "stdout_logfile_backups=2",
        ]
    return "\n".join(sections) + "\n"
