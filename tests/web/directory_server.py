"""A directory of Westmere's own services with a real directory server before it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from flask import Flask

import handover.records  # noqa: F401  (its tables must be on Base before the database is made)
from directory.client import DirectoryClient
from directory.database import engine, prepare_database, session
from directory.importer import import_reading
from directory.index import build_index
from directory.packs import pack
from directory.server import Directory, create_app
from directory.sources.csv_template import read_csv_template
from tests.directory.invented_services import WordEncoder
from web_widget.app import create_app as create_web
from web_widget.configuration import WebConfig

SECRET = "a secret of these tests, thirty-two characters"


@pytest.fixture(scope="session")
def westmere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state of a Signpost that has read Westmere's services, made once; tests work on copies."""
    house = tmp_path_factory.mktemp("westmere")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNPOST_VAR", str(house))
        for name in ("DATABASE_URL", "SIGNPOST_COUNCIL"):
            patch.delenv(name, raising=False)
        prepare_database()
        import_reading(read_csv_template(pack("westmere").services_csv, "westmere", "westmere"), "westmere", "westmere")
        with session() as opened:
            build_index(opened, WordEncoder())  # type: ignore[arg-type]
        engine().dispose()
    return house


@pytest.fixture
def house(westmere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Signpost's state of this test's own."""
    own = tmp_path / "house"
    shutil.copytree(westmere, own)
    monkeypatch.setenv("SIGNPOST_VAR", str(own))
    monkeypatch.setenv("SIGNPOST_SECRET", SECRET)
    for name in ("DATABASE_URL", "SIGNPOST_COUNCIL"):
        monkeypatch.delenv(name, raising=False)
    return own


@pytest.fixture
def directory_server(house: Path) -> Iterator[str]:
    """The address of a directory server that is ready."""
    directory = Directory(load=WordEncoder)  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(create_app(directory), port=0, log_level="error", ws="none"))
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    deadline = time.monotonic() + 20
    while not (server.started and directory.ready):
        assert time.monotonic() < deadline, "the directory server did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    serving.join(5)


@pytest.fixture
def app(config: WebConfig, directory_server: str) -> Flask:
    """The application with a directory behind it; a module that imports this has it in place of conftest's."""
    made = create_web(replace(config, directory=DirectoryClient(url=directory_server, timeout=10)))
    made.testing = False
    return made
