"""A service's own page says all that is known of it, and nothing of one that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory.cards import Asked, card
from directory.database import now, prepare_database
from directory.importer import import_reading
from directory.service import Reading, ServicePlace, ServiceRecord

RECORD = ServiceRecord(
    source="westmere",
    id="calm/days",
    name="Calm Days",
    organisation="Westmere Family Hubs",
    summary="A small group for parents.",
    description="You sit in a circle.\n<i>Nobody</i> has to speak.",
    needs=("family.behaviour",),
    phone="01632 960123",
    url="javascript:alert(1)",
    cost="Free",
    min_age=2,
    max_age=6,
    status="active",
    places=(ServicePlace(location="Aldmoor Family Hub", times=("Tue 09:30-11:30 term",)), ServicePlace(location="Saltby Hub")),
)


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'directory.db'}")
    prepare_database()
    import_reading(Reading(records=[RECORD]), "westmere", "westmere")


def test_the_link_on_a_card_leads_to_the_whole_of_it(client: FlaskClient) -> None:
    page = client.get(card(RECORD, Asked(at=now(), council="westmere"))["page"])
    assert page.status_code == 200
    for said in (
        "Calm Days",
        "You sit in a circle.",
        "&lt;i&gt;Nobody",
        "tel:01632960123",
        "2 to 6 years",
        "Saltby Hub",
        "Tuesday",
    ):
        assert said in page.text
    assert "javascript:" not in page.text


def test_a_service_that_is_gone_is_said_so(client: FlaskClient) -> None:
    import_reading(Reading(), "westmere", "westmere")
    for path in ("/directory/services/westmere/calm%2Fdays", "/directory/services/nowhere/x"):
        page = client.get(path)
        assert page.status_code == 404 and "This service is not in our directory" in page.text
