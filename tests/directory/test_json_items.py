import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from directory.sources import json_items
from directory.sources.faults import SourceError
from directory.sources.json_items import JsonItems

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
tmp = trying(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "feed.json"


def test_a_list_a_page_of_either_version_and_one_record_are_all_read(file):
    for content in ([{"id": 1}], {"contents": [{"id": 1}]}, {"size": 1, "content": [{"id": 1}], "last": True}, {"id": 1}):
        file.write_text(json.dumps(content))
        assert list(JsonItems(file)) == [{"id": 1}]


def test_what_stands_around_the_list_is_kept(file):
    file.write_text('{"total_items": 3, "contents": [1, 2], "pages": [[]]}')
    items = JsonItems(file)
    assert list(items) == [1, 2] and items.wrapper == {"total_items": 3, "pages": [[]]}


@tmp
@given(items=st.lists(anything, max_size=6), chunk=st.integers(1, 9), indent=st.none() | st.integers(0, 2))
def test_any_list_is_read_whole_however_it_is_cut(file, monkeypatch, items, chunk, indent):
    monkeypatch.setattr(json_items, "_CHUNK", chunk)
    for content in (items, {"total_items": 1234, "contents": items, "last_page": True}):
        file.write_text(json.dumps(content, indent=indent, ensure_ascii=False), encoding="utf-8")
        assert list(JsonItems(file)) == items


@tmp
@given(st.binary(max_size=80) | st.text(alphabet='[]{}",:0123 \\aue', max_size=60).map(str.encode))
def test_no_bytes_whatever_break_the_reader(file, content):
    file.write_bytes(content)
    try:
        list(JsonItems(file))
    except SourceError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "ends in the middle"),
        (b'[{"id": 1}', "ends in the middle"),
        (b'{"contents": [{"id": 1}, {"id"', "not JSON"),
        (b"hello", "begins with neither"),
        (b'[{"id": 1} {"id": 2}]', "comma is missing"),
        (b'[{"name": "caf\xe9"}]', "not UTF-8"),
        (b'{"a":' * 100_000, "nested deeper"),
        (b"[" * 100_000, "nested deeper"),
        (b'[{"n": ' + b"9" * 10_000 + b"}]", "not JSON"),
    ],
)
def test_what_is_no_list_is_one_clear_error(file, content, says):
    file.write_bytes(content)
    with pytest.raises(SourceError, match=says):
        list(JsonItems(file))


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(file):
    with file.open("wb") as opened:
        opened.truncate(1024**3)
    with pytest.raises(SourceError, match="over 512 MB"):
        JsonItems(file)


def test_a_record_without_end_is_refused_before_it_fills_the_memory(file, monkeypatch):
    monkeypatch.setattr(json_items, "LARGEST_RECORD", 10_000)
    monkeypatch.setattr(json_items, "_CHUNK", 1_000)
    file.write_text('["' + "x" * 100_000)
    with pytest.raises(SourceError, match="one record is over"):
        list(JsonItems(file))
