"""A directory of its own for every test: a fresh folder and database, and an encoder that needs no weights."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_services import WordEncoder

from directory.database import engine, prepare_database


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared database with nothing in it, made once: a copy of it is quicker than making the tables again."""
    file = tmp_path_factory.mktemp("empty") / "signpost.db"
    prepare_database(f"sqlite:///{file}")
    engine(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_database: Path) -> Iterator[Path]:
    """The folder this Signpost keeps its state in."""
    monkeypatch.setenv("SIGNPOST_VAR", str(tmp_path))
    monkeypatch.setenv("SIGNPOST_SECRET", "a secret that only the tests know, long enough")
    for name in ("DATABASE_URL", "SIGNPOST_COUNCIL", "SIGNPOST_DIRECTORY_PORT"):
        monkeypatch.delenv(name, raising=False)
    shutil.copy(empty_database, tmp_path / "signpost.db")
    yield tmp_path
    engine(f"sqlite:///{tmp_path / 'signpost.db'}").dispose()


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()
