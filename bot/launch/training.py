"""Training Rasa's model when what it is made from has changed (`signpost train`)."""

from __future__ import annotations

import subprocess
import sys

import click

from bot.launch.model import ROOT, is_current, models_folder, note_trained
from bot.launch.preflight import CannotStart
from bot.launch.progress import step
from directory.encoder import export_current, prepare_encoder
from directory.settings import Settings, settings


def prepare_encoder_if_needed() -> None:
    """Export the sentence encoder once: 15 seconds."""
    if not export_current():
        with step("Preparing the sentence encoder (once)"):
            prepare_encoder()


def train_if_changed(at: Settings) -> None:
    """Train unless the model at hand was made from just these files; CannotStart with the trainer's own last words."""
    if is_current(at):
        return
    with step("Training the assistant (only when its data changed)"):
        models_folder(at).mkdir(parents=True, exist_ok=True)
        trained = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bot.components.train"], cwd=ROOT, capture_output=True, text=True
        )
    if trained.returncode:
        said = "\n".join((trained.stderr + trained.stdout).strip().splitlines()[-12:])
        raise CannotStart(f"The assistant could not be trained. Mend what it says, then try again:\n{said}")
    note_trained(at)


@click.command()
def train() -> None:
    """Train the assistant, if its training data changed."""
    prepare_encoder_if_needed()
    train_if_changed(settings())
    click.echo("The assistant is trained.")
