"""How long a test waits for what must be quick."""

from __future__ import annotations

import os


def patience() -> float:
    """Seconds that a family waits at most; where other work holds the machine, times say less and are held less tightly."""
    return 2.0 if os.getloadavg()[0] < (os.cpu_count() or 1) else 8.0
