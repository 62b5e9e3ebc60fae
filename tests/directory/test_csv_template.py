import contextlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from invented_services import at, service

from directory.service import ServicePlace
from directory.sources.csv_template import COLUMNS, SourceError, read_csv_template, write_csv_template

DOCS = Path(__file__).parents[2] / "docs" / "csv-template.md"


@pytest.fixture
def read(tmp_path):
    """Reads a file of these rows, each given by its columns."""

    def reader(*rows: dict[str, str], header: tuple[str, ...] = COLUMNS):
        lines = [",".join(header)]
        lines += [",".join('"' + row.get(column, "").replace('"', '""') + '"' for column in header) for row in rows]
        file = tmp_path / "services.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        return read_csv_template(file, "westmere", "westmere")

    return reader


def test_the_page_about_the_template_explains_every_column():
    page = DOCS.read_text()
    assert not [column for column in COLUMNS if f"`{column}`" not in page]


def test_what_is_written_is_read_back_the_same(tmp_path):
    whole = service(
        "stay-and-play",
        organisation="Westmere Family Hubs",
        summary='He said: "come, and bring a friend".',
        description="One line.\n\nAnother; with a semicolon.",
        kind="group",
        needs=("early_years.play_and_learning", "family.isolation"),
        audience=("families",),
        min_age=0.0,
        max_age=1.5,
        languages=("English", "Polish"),
        send=False,
        delivery=("in_person",),
        places=(
            *at("Aldmoor", "Mon 09:30-11:30 term", "by arrangement"),
            ServicePlace(address="1 Mill Row", postcode="WM10 1GA", latitude=53.748, longitude=-3.966),
        ),
        booking_opens=date(2026, 11, 16),
        ends=date(2026, 12, 31),
        status="retired",
    )
    bare = service("bare")
    file = tmp_path / "out.csv"
    with file.open("w") as opened:
        write_csv_template([whole, bare], opened)
    assert read_csv_template(file, "westmere").records == [whole, bare]


def test_a_second_row_with_the_same_id_is_a_second_place(read):
    found = read(
        {"id": "a", "name": "A", "place": "Aldmoor", "times": "Mon 09:00-10:00"},
        {"id": "a", "name": "A", "place": "Thornbeck"},
    )
    assert [place.place for place in found.records[0].places] == ["Aldmoor", "Thornbeck"] and not found.repaired


def test_another_service_of_the_same_id_is_told_and_only_its_place_is_read(read):
    found = read({"id": "a", "name": "A", "place": "Aldmoor"}, {"id": "a", "name": "B", "place": "Thornbeck"})
    assert [record.name for record in found.records] == ["A"]
    assert [(remark.record, remark.what) for remark in found.repaired] == [
        ("a", "line 3, 'B', has the same id as 'A': only its place was read")
    ]


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"assured_date": "02/10/2026"}, "assured_date", date(2026, 10, 2)),
        ({"ends": "31 December 2026"}, "ends", date(2026, 12, 31)),
        ({"kind": "Drop_In"}, "kind", "drop_in"),
        ({"needs": "Money.Food; money.food"}, "needs", ("money.food",)),
        ({"send": "YES"}, "send", True),
        ({"phone": "01632 960123 (ask for Jo)"}, "phone", "01632 960123 (ask for Jo)"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_read_all_the_same(read, cells, field, value):
    reading = read({"id": "a", "name": "A"} | cells)
    assert getattr(reading.records[0], field) == value and not reading.repaired


def test_the_columns_names_may_be_written_as_people_write_them(tmp_path):
    (file := tmp_path / "x.csv").write_text("\ufeffID,Name , PHONE\na,A,01632 960123\n", encoding="utf-8")
    (record,) = read_csv_template(file, "westmere").records
    assert (record.id, record.name, record.phone) == ("a", "A", "01632 960123")


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"min_age": "-1"}, "min_age", None),
        ({"min_age": "eight"}, "min_age", None),
        ({"min_age": "nan"}, "min_age", None),
        ({"min_age": "9", "max_age": "5"}, "max_age", None),
        ({"needs": "money.food; money.gold"}, "needs", ("money.food",)),
        ({"kind": "party"}, "kind", ""),
        ({"email": "office@noemail.invalid"}, "email", ""),
        ({"url": "javascript:alert(1)"}, "url", ""),
        ({"assured_date": "2026-13-02"}, "assured_date", None),
        ({"assured_date": "2026"}, "assured_date", None),
        ({"phone": "to be confirmed"}, "phone", ""),
        ({"text": "WhatsApp"}, "text", ""),
        ({"send": "maybe"}, "send", None),
        ({"place": "Atlantis"}, "name", "A"),
        ({"times": "when it is dry"}, "name", "A"),
    ],
)
def test_what_cannot_be_read_becomes_not_known_and_is_reported(read, cells, field, value):
    reading = read({"id": "a", "name": "A"} | cells)
    assert getattr(reading.records[0], field) == value
    assert [remark.record for remark in reading.repaired] == ["a"]


@pytest.mark.parametrize("cells", [{"name": "no id"}, {"id": "a"}, {"id": "a b", "name": "A"}, {"id": "../a", "name": "A"}])
def test_a_row_without_an_id_or_a_name_is_refused_and_the_rest_is_kept(read, cells):
    reading = read(cells, {"id": "good", "name": "Good"})
    assert [record.id for record in reading.records] == ["good"] and len(reading.refused) == 1


def test_nothing_of_a_script_is_left(read):
    text = 'Come <b>along</b><script>alert("x")</script><p><br></p>&amp; play <img src="data:image/png;base64,AAAA">'
    assert read({"id": "a", "name": "A", "description": text}).records[0].description == "Come along\n\n& play"


def test_columns_we_do_not_know_do_no_harm(read):
    assert read({"id": "a", "name": "A", "colour": "blue"}, header=(*COLUMNS, "colour")).records[0].name == "A"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no column id"),
        (b"name\nA\n", "no column id"),
        (b"id,name\na,\xff\xfe\n", "not UTF-8"),
        (b'id,name\na,"never closed\n', "not a CSV file"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_as_a_whole(tmp_path, content, says):
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=says):
        read_csv_template(file, "westmere")


def test_a_giant_file_is_refused_before_it_is_read(tmp_path):
    file = tmp_path / "x.csv"
    with file.open("wb") as opened:
        opened.truncate(1024**3)
    with pytest.raises(SourceError, match="over 200 MB"):
        read_csv_template(file, "westmere")


@trying(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reader(tmp_path, content):
    file = tmp_path / "x.csv"
    file.write_bytes(b"id,name,min_age,times,url\n" + content)
    with contextlib.suppress(SourceError):
        read_csv_template(file, "westmere")


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="<&;"), max_size=20)


@trying(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(name=words.filter(bool), description=words, languages=st.lists(words.filter(bool), unique=True).map(tuple))
def test_any_words_survive_the_round_trip(tmp_path, name, description, languages):
    record = replace(service("a"), name=name, description=description, languages=languages)
    out = io.StringIO()
    write_csv_template([record], out)
    file = tmp_path / "x.csv"
    file.write_text(out.getvalue(), encoding="utf-8")
    assert read_csv_template(file, "westmere").records == [record]
