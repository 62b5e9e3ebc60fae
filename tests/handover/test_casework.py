"""A worker's page: every step is written down, and only a worker may take it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from directory.audit import entries
from directory.database import session
from handover import staff
from handover.records import EarlyHelpRequest, Notification, RequestEvent
from handover.requests import (
    NotAWorker,
    RequestClosed,
    UnknownRequest,
    acknowledge,
    assign_lead,
    close,
    delete_request,
    open_requests,
    purge_due,
    read_request,
    record_contact,
)


def count(model) -> int:
    with session() as db:
        return db.scalar(select(func.count()).select_from(model))


def test_a_request_is_followed_from_sent_to_closed_with_who_and_when(send, worker):
    reference = send().reference
    lead = staff.add("lead@westmere.example", "worker").email
    acknowledge(reference, worker)
    assign_lead(reference, lead, worker)
    record_contact(reference, lead, "Spoke on the phone, she sounded relieved")
    close(reference, lead, "A place at the dads' group")
    read = read_request(reference, worker)
    assert [(event.who, event.what) for event in read.events] == [
        ("family", "sent"),
        (worker, "acknowledged"),
        (worker, "assigned"),
        (lead, "contacted"),
        (lead, "closed"),
        (worker, "read"),
    ]
    assert (read.summary.status, read.summary.lead) == ("closed", lead)
    assert [event.note for event in read.events][3:5] == [
        "Spoke on the phone, she sounded relieved",
        "A place at the dads' group",
    ]


def test_a_workers_note_cannot_be_read_in_the_database_file(send, worker, house):
    record_contact(send().reference, worker, "she is staying with her sister")
    assert b"sister" not in b"".join(path.read_bytes() for path in house.glob("signpost.db*"))


def test_the_list_shows_what_nobody_has_seen_first_and_leaves_out_what_is_closed(send, worker):
    seen, new, closed = (send(f"conversation-{n}").reference for n in range(3))
    acknowledge(seen, worker)
    close(closed, worker, "not needed")
    assert [(request.reference, request.status) for request in open_requests()] == [
        (new, "new"),
        (seen, "acknowledged"),
    ]


def test_acknowledging_twice_is_acknowledging_once(send, worker):
    reference = send().reference
    acknowledge(reference, worker)
    acknowledge(reference, worker)
    assert [event.what for event in read_request(reference, worker).events] == ["sent", "acknowledged", "read"]


def test_the_status_only_moves_forward(send, worker):
    reference = send().reference
    record_contact(reference, worker, "rang, no answer")
    assign_lead(reference, worker, worker)
    assert open_requests()[0].status == "contacted"


def test_a_closed_request_is_left_alone(send, worker):
    reference = send().reference
    close(reference, worker, "done")
    for step in (lambda: acknowledge(reference, worker), lambda: close(reference, worker, "again")):
        with pytest.raises(RequestClosed):
            step()


@pytest.mark.parametrize("role", ["editor", None])
def test_only_a_worker_may_read_or_touch_a_request(send, role):
    reference = send().reference
    who = staff.add("other@westmere.example", role).email if role else "stranger@example.org"
    for step in (read_request, acknowledge):
        with pytest.raises(NotAWorker):
            step(reference, who)
    assert count(RequestEvent) == 1


def test_an_admin_may_and_somebody_deactivated_may_not(send):
    reference = send().reference
    admin = staff.add("admin@westmere.example", "admin").email
    acknowledge(reference, admin)
    staff.deactivate(admin)
    with pytest.raises(NotAWorker):
        read_request(reference, admin)


def test_a_lead_is_somebody_who_can_read_the_request(send, worker):
    with pytest.raises(NotAWorker):
        assign_lead(send().reference, "nobody@example.org", worker)


def test_an_unknown_reference_is_said_to_be_unknown(worker):
    with pytest.raises(UnknownRequest):
        read_request("WM-2222-22", worker)


def test_a_request_is_forgotten_when_its_time_is_over_with_all_that_hangs_on_it(send, worker):
    send()
    kept_until = open_requests()[0].keep_until
    assert purge_due(kept_until - timedelta(seconds=1)) == 0
    assert purge_due(kept_until) == 1
    assert [count(model) for model in (EarlyHelpRequest, RequestEvent, Notification)] == [0, 0, 0]


def test_what_was_deleted_is_not_left_over_in_the_database_file(send, worker, house):
    first, second = send().reference, send("conversation-2").reference
    purge_due(open_requests()[0].keep_until)
    files = b"".join(path.read_bytes() for path in house.glob("signpost.db*"))
    assert first.encode() not in files
    delete_request(second, worker)
    files = b"".join(path.read_bytes() for path in house.glob("signpost.db*"))
    assert files.count(second.encode()) == files.count(f"request:{second}".encode())  # the audit trail's


def test_its_time_begins_anew_with_every_change_but_not_with_reading(send, worker):
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        reference = send().reference
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
        read_request(reference, worker)
        assert open_requests()[0].keep_until == datetime(2027, 1, 1, tzinfo=UTC)
        record_contact(reference, worker, "rang")
        assert open_requests()[0].keep_until == datetime(2027, 3, 1, tzinfo=UTC)


def test_a_family_that_asks_is_forgotten_at_once(send, worker):
    reference = send().reference
    delete_request(reference, worker)
    assert [count(model) for model in (EarlyHelpRequest, RequestEvent, Notification)] == [0, 0, 0]
    with session() as db:
        assert [(entry.who, entry.detail) for entry in entries(db, f"request:{reference}")] == [(worker, {})]
