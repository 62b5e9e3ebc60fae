"""Serves the web application with gunicorn: `python -m web_widget.serve`."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from directory.packs import PackError, pack
from directory.settings import SettingsError, settings

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8  # each may wait for a turn of Rasa's, which takes them one after another anyway


class Server(BaseApplication):
    """Gunicorn with our options and no command line or configuration file of its own."""

    def __init__(self, host: str, port: int) -> None:
        self._bind = f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Our options."""
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,  # one process: the rate limits and the connections to Rasa are counted in its memory
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": 5,
            "limit_request_line": 8190,  # gunicorn's most: a search of thousands of characters is told kindly that it is too long
            "graceful_timeout": 5,
            "accesslog": None,  # addresses hold conversation ids
            "loglevel": "warning",
            "proc_name": "signpost-web",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made in the worker: the process that only watches over it stays small."""
        from directory.database import prepare_database
        from web_widget.app import create_app
        from web_widget.danger import load_patterns_meanwhile

        app = create_app()
        prepare_database()
        load_patterns_meanwhile()
        return app


def main() -> int:
    """Serve until stopped; a setting or a pack that cannot be used is one sentence and exit 1."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its INFO lines hold conversation ids
    try:
        chosen = settings()
        _ = chosen.secret, pack(chosen.council)
    except (SettingsError, PackError) as fault:
        print(f"signpost web: {fault}", file=sys.stderr)
        return 1
    Server(chosen.host, chosen.port).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
