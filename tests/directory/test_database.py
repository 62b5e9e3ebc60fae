from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from directory import audit
from directory.database import prepare_database, session
from directory.records import ServiceNeed


def test_what_a_block_wrote_is_gone_when_it_fails():
    with pytest.raises(RuntimeError), session() as opened:
        audit.record(opened, "a worker", "service.retire", "service:x")
        opened.flush()
        raise RuntimeError
    with session() as opened:
        assert audit.entries(opened, "service:x") == []


def test_preparing_twice_keeps_what_is_there():
    with session() as opened:
        audit.record(opened, "a worker", "service.retire", "service:x")
    prepare_database()
    with session() as opened:
        assert [entry.action for entry in audit.entries(opened, "service:x")] == ["service.retire"]


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("secure_delete", 1)])
def test_sqlite_keeps_its_word(pragma, value):
    with session() as opened:
        assert opened.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_need_of_no_service_cannot_be_kept():
    with pytest.raises(IntegrityError), session() as opened:
        opened.add(ServiceNeed(service_key="nowhere/nothing", code="money.food", by="worker"))


def test_a_moment_comes_back_in_utc_whatever_zone_it_was_written_in():
    lunch = datetime(2026, 11, 22, 13, tzinfo=timezone(timedelta(hours=1)))
    with session() as opened:
        audit.record(opened, "a worker", "x", "y").at = lunch
    with session() as opened:
        assert audit.entries(opened, "y")[0].at == datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(StatementError, match="time zone"), session() as opened:
        audit.record(opened, "a worker", "x", "y").at = datetime(2026, 11, 22, 12)


def test_an_error_of_the_database_does_not_say_what_somebody_wrote():
    with pytest.raises(IntegrityError) as caught, session() as opened:
        opened.add(ServiceNeed(service_key="what a family wrote", code="money.food", by="worker"))
    assert "what a family wrote" not in str(caught.value)
