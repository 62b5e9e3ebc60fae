import json

import pytest
from click.testing import CliRunner
from feed_server import Feed, send, serving, status
from invented_services import WordEncoder, service
from samples import COUNTS, SAMPLES

import directory.encoder
import directory.load
from directory.commands import commands
from directory.corrections import correct
from directory.database import session
from directory.packs import pack
from directory.sources import feed_client
from directory.sources.csv_template import write_csv_template
from directory.store import read_source

WESTMERE = str(pack("westmere").services_csv)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(directory.encoder, "load_encoder", WordEncoder)
    monkeypatch.setattr(directory.load, "load_encoder", WordEncoder)
    monkeypatch.setattr(feed_client.time, "sleep", lambda seconds: None)


@pytest.fixture
def run():
    def runner(name, *args):
        by_name = {command.name: command for command in commands()}
        return CliRunner().invoke(by_name[name], args)

    return runner


def everything():
    with session() as opened:
        return {source: read_source(opened, source) for source in ("westmere", "feed", "scout-x-bucks-services")}


@pytest.mark.parametrize("name", [name for name, (services, *_) in COUNTS.items() if services])
def test_every_sample_is_taken_and_a_second_time_changes_nothing(run, name):
    first, again = run("import", str(SAMPLES / name)), run("import", str(SAMPLES / name))
    services = COUNTS[name][0]
    assert first.exit_code == 0 and f"{services} added, 0 changed, 0 unchanged, 0 retired" in first.stdout
    assert again.exit_code == 0 and f"0 added, 0 changed, {services} unchanged, 0 retired" in again.stdout


@pytest.mark.parametrize("form", ["csv", "oruk3"])
@pytest.mark.parametrize("name", ["scout-x-bucks/services.json", "outpost/services_valid.csv", "hsds-3.0/service_full.json"])
def test_a_feed_s_own_export_changes_nothing(run, tmp_path, name, form):
    run("import", str(SAMPLES / name), "--source", "feed")
    before = everything()
    out = tmp_path / f"out.{form}"
    out.write_text(run("export", "--source", "feed", "--format", form).stdout)
    said = run("import", str(out), "--source", "feed")
    assert "feed: 0 added, 0 changed," in said.stdout and " 0 retired" in said.stdout
    assert everything() == before


@pytest.mark.parametrize("form", ["csv", "oruk3"])
def test_the_council_s_own_export_changes_nothing_and_needs_no_name(run, tmp_path, form):
    run("import", WESTMERE)
    before = everything()
    with session() as opened:
        correct(opened, before["westmere"][0].key, "ann@westmere.example.org", name="Corrected", phone="", status="retired")
    corrected = everything()
    out = tmp_path / "out.dat"
    out.write_text(run("export", "--format", form).stdout)
    said = run("import", str(out))
    assert f"westmere: 0 added, 0 changed, {len(before['westmere'])} unchanged, 0 retired" in said.stdout
    assert everything() == corrected


def test_an_export_brought_into_an_empty_directory_is_the_same_directory(run, tmp_path, monkeypatch):
    run("import", str(SAMPLES / "scout-x-bucks/services.json"), "--source", "feed")
    before = everything()["feed"]
    (out := tmp_path / "out.json").write_text(run("export", "--source", "feed", "--format", "oruk3").stdout)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'second.db'}")
    assert "feed: 20 added" in run("import", str(out)).stdout
    assert everything()["feed"] == before


def test_two_feeds_may_use_the_same_ids(run, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "services.json").write_text(json.dumps([{"id": "1", "name": folder, "status": "active"}]))
    assert "1 added" in run("import", str(tmp_path / "one" / "services.json")).stdout
    assert "1 added" in run("import", str(tmp_path / "two" / "services.json")).stdout


def test_what_has_vanished_is_retired(run, tmp_path):
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps([{"id": n, "name": f"Service {n}", "status": "active"} for n in range(3)]))
    run("import", str(feed))
    feed.write_text(json.dumps([{"id": n, "name": f"Service {n}", "status": "active"} for n in range(2)]))
    assert "0 added, 0 changed, 2 unchanged, 1 retired" in run("import", str(feed)).stdout


def test_a_file_of_the_same_name_that_is_another_list_does_not_retire_the_first(run, tmp_path):
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps([{"id": n, "name": f"Service {n}", "status": "active"} for n in range(30)]))
    run("import", str(feed))
    feed.write_text(json.dumps([{"id": f"x{n}", "name": f"Other {n}", "status": "active"} for n in range(30)]))
    said = run("import", str(feed))
    assert said.exit_code == 1 and "--source" in said.stderr and said.stderr.count("\n") == 1
    name = said.stderr.split("say so with --source ")[1].split(".")[0]
    assert "30 added, 0 changed, 0 unchanged, 30 retired" in run("import", str(feed), "--source", name).stdout


def test_another_list_with_an_id_and_a_name_does_not_retire_the_council_s_own(run, tmp_path):
    run("import", WESTMERE)
    before = everything()
    (other := tmp_path / "organisations.csv").write_text("id,name,url\no1,A charity,https://charity.example.org\n")
    said = run("import", str(other))
    assert said.exit_code == 1 and "give it a name of its own with --source NAME" in said.stderr
    assert everything() == before
    assert "1 added, 0 changed, 0 unchanged, 0 retired" in run("import", str(other), "--source", "charities").stdout


def test_a_feed_s_address_is_imported_and_a_fault_leaves_all_as_it_was(run):
    with serving(Feed()) as feed:
        feed.fill(5)
        assert "5 added" in run("import", feed.address).stdout
        again = run("import", f"{feed.address}/services")
        assert "0 added, 0 changed, 5 unchanged" in again.stdout
        feed.fill(9)
        feed.faults = {"/api/services": [lambda request: feed.page(request, 1)] + [status(500)] * 9}
        broken = run("import", feed.address)
        assert broken.exit_code == 1 and "answers 500" in broken.stderr and not broken.stdout
        feed.faults = {}
        assert "4 added, 0 changed, 5 unchanged" in run("import", feed.address).stdout


def test_our_own_api_is_a_feed_like_any_other(run):
    from directory.open_referral import api
    from directory.open_referral.query import ListQuery

    run("import", WESTMERE)

    class OwnApi(Feed):
        def answer(self, request):
            path, _, asked = request.path.partition("?")
            args = dict(pair.split("=") for pair in asked.split("&") if pair)
            with session() as opened:
                if path == "/api":
                    said = api.about("https://westmere.example.org/openapi.json")
                elif path == "/api/services":
                    said = api.services(opened, "westmere", ListQuery.from_args(args))
                else:
                    said = api.service(opened, "westmere", path.rpartition("/")[2])
            send(request, said)

    with serving(OwnApi()) as feed:
        said = run("import", feed.address, "--source", "feed", "--council", "westmere")
    held = everything()
    shown = [record for record in held["westmere"] if record.status == "active"]
    assert said.exit_code == 0 and len(held["feed"]) == len(shown), said.stderr
    by_name = {(record.name, record.summary): record for record in held["feed"]}
    for record in shown:
        copy = by_name[record.name, record.summary]
        assert (copy.needs, copy.places, copy.phone, copy.audience) == (
            record.needs, record.places, record.phone, record.audience
        )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"hello", "no column id"),
        (b'{"contents": [', "ends in the middle"),
        (b"[]", "holds no services"),
        (b"[[[[[" * 50_000, "nested deeper"),
        (b'[{"id": "\xff"}]', "not UTF-8"),
        ('[{"id": "1"}]'.encode("utf-16"), "not UTF-8"),
        (b"PK\x03\x04abc", "ZIP"),
        (b'[{"id": "1", "colour": "blue"}]', "no list of services"),
        (b"import_id,import_id_reference,name\n", "holds no services"),
        (b"id,name\n", "holds no services"),
    ],
)
def test_what_cannot_be_read_is_one_clear_sentence_and_changes_nothing(run, tmp_path, content, says):
    run("import", WESTMERE)
    before = everything()
    (file := tmp_path / "bad.json").write_bytes(content)
    said = run("import", str(file))
    assert said.exit_code == 1 and says in said.stderr and "Traceback" not in said.stderr and said.stderr.count("\n") == 1
    assert everything() == before


def test_a_file_of_a_gigabyte_takes_no_memory(run, tmp_path):
    for head, name in ((b"[", "big.json"), (b"id,name\n", "big.csv")):
        with (file := tmp_path / name).open("wb") as opened:
            opened.write(head)
            opened.truncate(1024**3)
        said = run("import", str(file))
        assert said.exit_code == 1 and "over 512 MB" in said.stderr and said.stderr.count("\n") == 1
        file.unlink()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("nowhere.csv",), "There is no file"),
        (("https://",), "is no address"),
        ((WESTMERE, "--source", "a/b"), "is no name"),
        ((WESTMERE, "--council", "atlantis"), "no such council pack"),
    ],
)
def test_what_is_asked_wrongly_is_one_clear_sentence(run, args, says):
    said = run("import", *args)
    assert said.exit_code == 1 and says in said.stderr and "Traceback" not in said.stderr


def test_what_was_refused_and_repaired_is_told_with_its_record(run, tmp_path):
    file = tmp_path / "feed.json"
    records = [{"id": "a", "name": "", "status": "active"}, {"id": "b", "name": "B", "status": "active", "minimum_age": -1}]
    file.write_text(json.dumps(records))
    said = run("import", str(file)).stdout
    assert "1 added" in said and "refused: a: it has no name" in said
    assert "repaired: b: minimum_age: '-1' cannot be right, taken as not known" in said


def test_a_csv_says_nothing_of_what_a_feed_said_beyond_it(run, tmp_path):
    run("import", str(SAMPLES / "hsds-3.0/service_full.json"), "--source", "feed")
    (record,) = everything()["feed"]
    file = tmp_path / "edited.csv"
    with file.open("w") as opened:
        write_csv_template([service(record.id, "Renamed")], opened)
    assert "1 changed" in run("import", str(file), "--source", "feed").stdout
    (edited,) = everything()["feed"]
    assert edited.name == "Renamed" and edited.open_referral == record.open_referral
