"""Starting a bot for measuring, waiting for its first answer, and weighing its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

ENVIRONMENT = {"RASA_TELEMETRY_ENABLED": "false", "HF_HUB_OFFLINE": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}


@dataclass
class Running:
    """A bot's processes, and how long it took them to give the first answer, in seconds."""

    process: subprocess.Popen[bytes]
    seconds_to_first_answer: float

    def memory(self) -> float:
        """MiB of all its processes together, shared pages counted once (PSS)."""
        family = [psutil.Process(self.process.pid)]
        family += family[0].children(recursive=True)
        return sum(it.memory_full_info().pss for it in family if it.is_running()) / 2**20

    def stop(self) -> None:
        """End it and everything it started."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def start(
    command: list[str], folder: Path, answers: Callable[[], bool], environment: dict[str, str], patience: float = 240
) -> Running:
    """Start `command` in `folder` and wait until `answers()`; TimeoutError with the end of its output otherwise."""
    output = folder / "output.log"
    began = time.monotonic()
    with output.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | ENVIRONMENT | environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    while time.monotonic() - began < patience and process.poll() is None:
        if answers():
            return Running(process, time.monotonic() - began)
        time.sleep(0.1)
    process.kill()
    raise TimeoutError(f"{command[-3:]} gave no answer in {patience:.0f} s:\n" + output.read_text(errors="replace")[-2000:])


def timed(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """Seconds that `command` takes; RuntimeError with the end of its output where it fails."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=os.environ | ENVIRONMENT | environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[-3:]} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return time.monotonic() - began
