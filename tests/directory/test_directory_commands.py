import json

import pytest
from click.testing import CliRunner
from invented_services import WordEncoder, service

import directory.encoder
import directory.load
from directory.commands import commands
from directory.sources.csv_template import write_csv_template


@pytest.fixture(autouse=True)
def quick_encoder(monkeypatch):
    monkeypatch.setattr(directory.encoder, "load_encoder", WordEncoder)
    monkeypatch.setattr(directory.load, "load_encoder", WordEncoder)


@pytest.fixture
def run():
    def runner(name, *args, heard=None, **more):
        by_name = {command.name: command for command in commands(heard)}
        return CliRunner().invoke(by_name[name], args, **more)

    return runner


@pytest.fixture
def services(tmp_path):
    file = tmp_path / "services.csv"
    with file.open("w") as opened:
        write_csv_template([service("play", description="Songs and toys."), service("food", description="A food bank.")], opened)
    return str(file)


def test_an_export_imported_again_changes_nothing(run, services, tmp_path):
    assert "2 added" in run("import", services).output
    out = tmp_path / "out.csv"
    out.write_text(run("export").output)
    assert "0 added, 0 changed, 2 unchanged, 0 retired" in run("import", str(out)).output


def test_a_search_prints_what_fits_and_why(run, services):
    run("import", services)
    assert run("search", "songs and toys", "--top", "1").output.startswith("Play\n  Songs and toys.")


def test_lines_of_input_become_lines_of_json(run, services):
    run("import", services)
    lines = run("search", "--json", input="songs\n\nfood\n").output.splitlines()
    assert [json.loads(line)["q"] for line in lines] == ["songs", "food"]
    assert json.loads(lines[1])["services"][0]["id"] == "food"


def test_what_was_understood_shapes_the_search(run, services):
    run("import", services)
    heard = {"parts": [{"need": None, "words": "food bank"}]}
    answer = json.loads(run("search", "we are skint", "--json", heard=lambda text: heard).output)
    assert answer["groups"][0]["services"][0]["id"] == "food"


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("search", "x", "--age", "old"), "--age 'old' is no age"),
        (("search", "x", "--age", "nan"), "--age 'nan' is no age"),
        (("search", "x", "--age", "999"), "--age '999' is no age"),
        (("search", "x", "--near", "Atlantis"), "--near 'Atlantis' is no place that we know"),
        (("search", "x"), "There are no services in the directory yet"),
        (("check", "--council", "atlantis"), "There is no such council pack"),
    ],
)
def test_a_mistake_is_one_clear_sentence(run, args, says):
    answer = run(*args)
    assert answer.exit_code == 1 and says in answer.output and "Traceback" not in answer.output


def test_a_pack_without_services_is_not_ready(run):
    answer = run("check")
    assert answer.exit_code == 1 and "MUST  There are no services" in answer.output


def test_the_invented_council_is_fit_to_go_live(run):
    from directory.packs import pack

    assert run("import", str(pack("westmere").services_csv)).exit_code == 0
    answer = run("check")
    assert answer.exit_code == 0, answer.output
    assert "look  westmere/" in answer.output  # some records are stale on purpose


def test_the_services_of_a_council_s_feed_are_checked_like_its_own_list(run, tmp_path):
    feed = tmp_path / "feed.json"
    records = [{"id": n, "name": f"Club {n}", "status": "active", "description": "A club."} for n in range(25)]
    feed.write_text(json.dumps(records))
    assert run("import", str(feed), "--source", "feed").exit_code == 0
    answer = run("check").output
    assert "There are no services" not in answer and "MUST  feed/1: it says no way to reach it" in answer
    assert answer.count("says no way to reach it") == 20 and "MUST  and 5 more like this: Add at least one" in answer
    assert run("check", "--all").output.count("says no way to reach it") == 25
