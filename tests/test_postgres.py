"""The same state in PostgreSQL: services, requests, staff and conversations, on a real server."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

INITDB = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory) -> Iterator[str]:
    """The address of an empty PostgreSQL of our own, on loopback."""
    if INITDB is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed here: apt-get install postgresql")
    folder = tmp_path_factory.mktemp("postgres")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:  # PostgreSQL refuses to run as root
        for parent in (folder, *folder.parents):
            if parent != Path("/tmp") and str(parent).startswith("/tmp/"):
                parent.chmod(0o755)
        shutil.chown(folder, "postgres")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    quiet = {"cwd": folder, "check": True, "capture_output": True}
    subprocess.run([*as_user, INITDB, "-D", folder / "data", "-A", "trust", "-U", "signpost", "-E", "UTF8"], **quiet)
    server = subprocess.Popen(
        [*as_user, INITDB.parent / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder, "-c", "fsync=off"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(100):
        if (folder / f".s.PGSQL.{port}").exists():
            break
        time.sleep(0.1)
    yield f"postgresql://signpost@127.0.0.1:{port}/postgres"
    server.terminate()
    server.wait(20)


@pytest.fixture()
def on_postgres(postgres, tmp_path, monkeypatch) -> str:
    import handover.records  # noqa: F401
    from directory.database import prepare_database

    monkeypatch.setenv("DATABASE_URL", postgres)
    monkeypatch.setenv("SIGNPOST_VAR", str(tmp_path))
    monkeypatch.setenv("SIGNPOST_SECRET", "p" * 40)
    prepare_database()
    return postgres


def test_a_councils_services_can_be_read_in_twice(on_postgres) -> None:
    from directory.importer import import_reading
    from directory.packs import pack
    from directory.sources.csv_template import read_csv_template

    here = pack("westmere")
    first = import_reading(read_csv_template(here.services_csv, here.code, here.code), here.code, here.code)
    again = import_reading(read_csv_template(here.services_csv, here.code, here.code), here.code, here.code)
    assert len(first.added) > 200
    assert not again.touched


def test_every_filter_of_the_open_referral_api_filters(on_postgres) -> None:
    from directory.database import session
    from directory.importer import import_reading
    from directory.open_referral import api
    from directory.open_referral.identifiers import taxonomy_id, term_id
    from directory.open_referral.query import ListQuery
    from directory.packs import pack
    from directory.sources.detect import find_source, read_source

    here = pack("westmere")
    sample = Path(__file__).parent / "data" / "open-referral" / "scout-x-bucks" / "services.json"
    for file, source in ((here.services_csv, here.code), (sample, "bucks")):
        import_reading(read_source(find_source(str(file)), source, here.code), source, here.code)
    asked = (
        {"search": "play 100%"}, {"search": "play"}, {"minimum_age": "5"}, {"maximum_age": "5"}, {"day": "MO", "end_time": "12:00"},
        {"taxonomy_term_id": term_id("needs", "money.food")}, {"taxonomy_term_id": term_id("audience", "parents")},
        {"taxonomy_term_id": term_id("kind", "group")}, {"taxonomy_id": taxonomy_id("audience")},
        {"taxonomy_id": taxonomy_id("needs")}, {"taxonomy_id": "ac148810-d857-441c-9679-408f346de14b"},
        {"postcode": "WM4", "proximity": "3000"},
    )  # fmt: skip
    with session() as opened:
        everything = api.service_at_locations(opened, here.code, ListQuery())["total_items"]
        for args in asked:
            page = api.service_at_locations(opened, here.code, ListQuery.from_args(args))
            assert page["total_items"] < everything and page["size"] == min(page["total_items"], 50), args
            if page["contents"]:
                assert api.service_at_location(opened, here.code, page["contents"][0]["id"]), args


def test_a_request_is_kept_once_and_encrypted(on_postgres) -> None:
    import sqlalchemy as sa

    from directory.database import engine
    from directory.packs import pack
    from handover.consent import consent_words, give_consent
    from handover.requests import open_requests, submit
    from handover.story import Story

    answers = {
        "consent": "yes", "story": "right", "name": "Marigold", "reach": {"by": "email", "email": "m@example.org"},
        "safe": "no_message", "times": None, "where": None, "children": None, "read_back": "send",
    }  # fmt: skip
    here = pack("westmere")
    agreed = give_consent(consent_words(here, "parent"))
    story = Story(worrying=("he hits at nursery",))
    receipts = {
        submit(answers, story, agreed, ["family.behaviour"], [], "parent", here, "a-conversation").reference for _ in range(3)
    }
    assert {request.reference for request in open_requests()} == receipts
    with engine().connect() as connection:
        stored = connection.execute(sa.text("select * from early_help_request")).fetchall()
    assert "Marigold" not in str(stored)
    assert "hits at nursery" not in str(stored)


def test_a_conversation_is_forgotten_whole(on_postgres) -> None:
    import asyncio

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.components.conversations import ForgettingTrackerStore

    store = ForgettingTrackerStore(host=on_postgres)
    store.domain = Domain.empty()
    asyncio.run(store.save(DialogueStateTracker.from_events("mine", [UserUttered("hello")])))
    asyncio.run(store.save(DialogueStateTracker.from_events("theirs", [UserUttered("hello")])))
    assert store.forget("mine")
    assert not store.exists("mine")
    assert store.exists("theirs")


def test_idle_conversations_are_forgotten(on_postgres) -> None:
    from bot.launch.forgetting import forget

    assert forget(24)[0] == 0
    assert forget(-1)[0] > 0
