"""Has the index follow what workers edit, at once and in the background: nobody waits for it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app

from directory.client import DirectoryUnavailable

log = logging.getLogger("signpost.web")

EXTENSION = "signpost-following"
AGAIN = 5.0  # seconds until the directory server is asked again where it did not answer


class Following:
    """Asks for a reload soon after an edit; several edits in a moment are one reload."""

    def __init__(self, reload: Callable[[], Any]) -> None:
        """`reload` is the directory client's; it may raise DirectoryUnavailable."""
        self._reload = reload
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def soon(self) -> None:
        """Something was edited."""
        self._wanted.set()
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="following", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._wanted.wait():
            self._wanted.clear()
            try:
                self._reload()
            except DirectoryUnavailable as fault:
                log.warning("The index could not follow an edit yet: %s", fault)
                self._wanted.set()
                time.sleep(AGAIN)


def prepare_following(app: Flask, reload: Callable[[], Any]) -> None:
    """Give `app` its follower."""
    app.extensions[EXTENSION] = Following(reload)


def index_follows() -> None:
    """Something of the directory was edited: let the index follow."""
    following = current_app.extensions[EXTENSION]
    assert isinstance(following, Following)
    following.soon()
