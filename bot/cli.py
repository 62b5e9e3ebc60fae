"""The `signpost` command: one group, each subcommand imported only when it is asked for."""

from __future__ import annotations

import importlib
import os
import resource
import sys

import click

COMMANDS = {
    # what is typed: where it is defined
    "up": "bot.launch.up:up",
    "train": "bot.launch.training:train",
    "fit": "bot.commands:fit",
    "understand": "bot.commands:understand",
    "evaluate": "bot.evaluate:evaluate",
    "purge": "bot.commands:purge",
    "import": "directory.commands:import_",
    "export": "directory.commands:export",
    "search": "bot.commands:search",
    "index": "directory.commands:index",
    "check": "bot.commands:check",
    "staff": "handover.commands:staff",
    "deliver": "handover.commands:deliver",
    "rotate-keys": "handover.commands:rotate",
}


class LazyGroup(click.Group):
    """A group that knows its subcommands' names, and imports one when it is used: `signpost search` needs no Rasa."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, imported now; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup)
def signpost() -> None:
    """A conversational front door to a council's help for families."""


def main() -> None:
    """Run the command; a mistake of the operator's is one clear sentence, never a stack trace."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    from bot.launch.preflight import CannotStart, ensure_secret
    from directory.encoder_files import EncoderError
    from directory.pack_reader import PackError
    from directory.settings import SettingsError, settings

    try:
        os.umask(0o077)  # what families write is for this user's eyes alone, in files too
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a process that crashes leaves no picture of its memory
        os.environ["SIGNPOST_VAR"] = str(settings().var)  # absolute: our processes run from another folder
        ensure_secret(settings())
        signpost()
    except (CannotStart, EncoderError, PackError, SettingsError) as mistake:
        click.echo(str(mistake), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
