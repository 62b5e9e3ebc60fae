"""Bringing the database up to date and reading the council's services, in a process that ends when it is done."""

from __future__ import annotations

import subprocess
import sys

from bot.launch.model import ROOT
from bot.launch.preflight import CannotStart


def prepare_services() -> None:
    """Prepare them in a process of their own, so that what it takes is not kept while Signpost runs; CannotStart."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", "bot.launch.prepare"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise CannotStart(f"The services could not be read: {said[0]}")


def main() -> None:
    """Prepare, here and now."""
    import handover.records  # noqa: F401  (its tables belong to the same database)
    from directory.load import prepare_directory

    prepare_directory()


if __name__ == "__main__":
    main()
