"""Sending: a request is stored once, whole and encrypted, or not at all."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from directory.database import session
from handover import sending
from handover.consent import consent_words, give_consent
from handover.form import change_line
from handover.records import EarlyHelpRequest, Notification
from handover.reference import ALPHABET, SHAPE, new_reference, prefix, tidy_reference
from handover.requests import (
    ConsentRequired,
    NobodyToReceive,
    RequestIncomplete,
    open_requests,
    read_request,
)
from handover.story import Story


def stored() -> int:
    with session() as db:
        return db.scalar(select(func.count()).select_from(EarlyHelpRequest))


def test_what_was_sent_is_what_a_worker_reads(send, story, consent, worker, westmere):
    receipt = send()
    assert receipt.what_next == westmere.handover.what_happens_next["family"]
    read = read_request(receipt.reference, worker)
    assert read.answers["name"] == "Zelda"
    assert read.answers["reach"]["phone"] == "07700 900123"
    assert read.answers["safe"] == "say_who_you_are"
    assert read.story == story
    assert read.reasons == ("one need, and a family at its wits' end",)
    assert (read.consent_words, read.consent_version, read.consent_at) == (
        consent.words,
        consent.version,
        consent.given_at,
    )
    assert (read.summary.locality, read.summary.status, read.summary.needs) == ("North", "new", ("family.behaviour",))
    assert read.summary.keep_until - read.summary.created == timedelta(days=365)


def test_nothing_that_the_family_said_can_be_read_in_the_database_file(send, house):
    send(reasons=["an unusual reason"])
    files = b"".join(path.read_bytes() for path in Path(house).glob("signpost.db*"))
    assert b"WM-" in files
    for said in (
        "Zelda",
        "900123",
        "wits end",
        "loves dancing",
        "interpreter",
        "4 and 14",
        "unusual reason",
        "say_who",
    ):
        assert said.encode() not in files, said


def test_a_double_tap_on_send_makes_one_request(send):
    assert send().reference == send().reference
    assert stored() == 1


def test_taps_at_the_very_same_moment_make_one_request(send):
    with ThreadPoolExecutor(8) as taps:
        references = {receipt.reference for receipt in taps.map(lambda _: send(), range(8))}
    assert len(references) == 1
    assert stored() == 1


def test_a_second_request_in_the_same_conversation_is_a_second_request(send, westmere):
    again = give_consent(consent_words(westmere, "parent"))
    assert send().reference != send(consent=again).reference
    assert send("conversation-2").reference not in {send().reference, send(consent=again).reference}


def test_without_consent_nothing_is_stored(send):
    with pytest.raises(ConsentRequired):
        send(consent=None)
    assert stored() == 0


def test_a_practitioners_request_needs_the_familys_consent_too(send, fill_in):
    answers = {**fill_in("practitioner"), "family_consents": "no"}
    with pytest.raises(ConsentRequired):
        send(answers=answers, audience="practitioner")
    assert send(answers=fill_in("practitioner"), audience="practitioner").reference


@pytest.mark.parametrize("missing", ["reach", "safe", "where", "read_back"])
def test_a_form_that_is_not_finished_is_not_sent(send, fill_in, missing):
    answers = {key: value for key, value in fill_in("parent").items() if key != missing}
    with pytest.raises(RequestIncomplete) as caught:
        send(answers=answers)
    assert caught.value.step == missing
    assert stored() == 0


def test_stop_at_the_read_back_is_not_send(send, fill_in):
    with pytest.raises(RequestIncomplete):
        send(answers=fill_in("parent", read_back="stop"))
    with pytest.raises(RequestIncomplete):
        send(answers=change_line(fill_in("parent"), "name"))


def test_a_refusal_says_nothing_of_what_was_typed(send, fill_in):
    answers = fill_in("parent")
    del answers["safe"]
    with pytest.raises(RequestIncomplete) as caught:
        send(answers=answers)
    assert not re.search("Zelda|900123|Aldmoor", str(caught.value))


def test_a_council_that_nobody_reads_for_receives_nothing(send, westmere):
    unstaffed = replace(westmere, handover=replace(westmere.handover, staffed=False))
    with pytest.raises(NobodyToReceive, match="telephone number"):
        send(pack=unstaffed)
    assert stored() == 0


def test_an_answer_that_this_audience_is_never_asked_is_not_kept(send, fill_in, worker):
    receipt = send(answers={**fill_in("young_person"), "role": "smuggled", "mother": "x"}, audience="young_person")
    assert not {"role", "mother", "consent", "read_back"} & set(read_request(receipt.reference, worker).answers)


def test_the_request_and_its_notification_are_kept_together_or_not_at_all(send, monkeypatch):
    def broken(**_columns):
        raise OSError("the disk is full")

    monkeypatch.setattr(sending, "Notification", broken)
    with pytest.raises(OSError, match="disk"):
        send()
    assert stored() == 0


def test_a_level_without_its_reasons_is_no_hint(send):
    send(level=3, reasons=[])
    send("conversation-2", level=3, reasons=["three needs at once"])
    assert [request.level for request in open_requests()] == [None, 3]


def test_a_request_with_no_place_and_no_story_is_still_a_request(send, fill_in):
    send(answers=fill_in("parent", where="skip", name="skip"), story=Story())
    assert open_requests()[0].locality is None


def test_a_council_without_a_mailbox_still_receives_the_request(send, westmere):
    send(pack=replace(westmere, handover=replace(westmere.handover, email=None)))
    with session() as db:
        assert db.scalar(select(func.count()).select_from(Notification)) == 0
    assert stored() == 1


def test_two_requests_never_share_a_reference(send, monkeypatch):
    drawn = iter(["WM-2222-22", "WM-2222-22", "WM-3333-33"])
    monkeypatch.setattr(sending, "new_reference", lambda _pack: next(drawn))
    assert (send().reference, send("conversation-2").reference) == ("WM-2222-22", "WM-3333-33")


def test_a_reference_can_be_read_out_on_the_telephone(westmere):
    references = {new_reference(westmere) for _ in range(200)}
    assert len(references) == 200
    assert all(SHAPE.fullmatch(reference) and reference.startswith("WM-") for reference in references)
    assert not set("0O1IL2Z5S6G8BUVAE") & set(ALPHABET) - {"2"}


@pytest.mark.parametrize("typed", ["wm-7k4p-2q", "WM 7K4P 2Q", " wm7k4p2q\n"])
def test_a_reference_is_known_however_it_is_typed(typed):
    assert tidy_reference(typed) == "WM-7K4P-2Q"


def test_a_council_without_places_takes_letters_of_its_name(tmp_path):
    assert prefix(tmp_path / "cumbria") == "CU"
