"""A council of its own for every test: a fresh database, a secret, and nobody's mail server."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import handover.records  # noqa: F401  (its tables must be on Base before the database is made)
from directory.database import prepare_database
from directory.packs import CouncilPack, pack
from handover import staff
from handover.consent import Consent, consent_words, give_consent
from handover.form import check_answer, next_step
from handover.requests import Receipt, submit
from handover.story import Story, write_story

SECRET = "a secret that only the tests know, long enough"


@pytest.fixture(autouse=True)
def house(tmp_path, monkeypatch):
    """The folder this Signpost keeps its state in."""
    monkeypatch.setenv("SIGNPOST_VAR", str(tmp_path))
    monkeypatch.setenv("SIGNPOST_SECRET", SECRET)
    for name in ("DATABASE_URL", "SIGNPOST_SECRET_OLD", "SIGNPOST_COUNCIL"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOST", "PORT", "USER", "PASSWORD", "FROM", "STARTTLS"):
        monkeypatch.delenv(f"SIGNPOST_SMTP_{name}", raising=False)
    prepare_database()
    return tmp_path


@pytest.fixture
def secret() -> str:
    """The secret the house was set up with."""
    return SECRET


@pytest.fixture
def westmere() -> CouncilPack:
    return pack("westmere")


@pytest.fixture
def consent(westmere) -> Consent:
    return give_consent(consent_words(westmere, "parent"), datetime(2026, 11, 22, 21, 5, tzinfo=UTC))


TYPED = {
    "consent": "yes",
    "family_consents": "yes",
    "practitioner_name": "Jo Rivers",
    "role": "health visitor",
    "agency": "Aldmoor clinic",
    "practitioner_reach": "jo.rivers@nhs.example",
    "story": "right",
    "tried": "a sleep plan",
    "involved": "the nursery",
    "name": "Zelda",
    "reach": "07700 900123",
    "safe": "say_who_you_are",
    "times": "after 6, and I need a Polish interpreter",
    "where": "Aldmoor",
    "children": "4 and 14",
    "read_back": "send",
}


def _fill_in(audience: str, **instead: str) -> dict[str, Any]:
    """The form as somebody of `audience` answers it, question after question, to its end."""
    answers: dict[str, Any] = {}
    while (step := next_step(audience, answers)) and step.key not in answers:
        answers[step.key] = check_answer(step, instead.get(step.key, TYPED[step.key])).value
    return answers


@pytest.fixture
def typed() -> dict[str, str]:
    """What somebody types at each step."""
    return dict(TYPED)


@pytest.fixture
def fill_in():
    """Answer the whole form: `fill_in(audience, step_key="typed instead", …)` → the answers kept."""
    return _fill_in


@pytest.fixture
def story() -> Story:
    return write_story(["my 4 year old hits everyone at nursery and im at my wits end. he loves dancing."])


@pytest.fixture
def send(westmere, consent, story):
    """Send a parent's request from a conversation of its own; returns the receipt."""

    def sending(conversation: str = "conversation-1", **changed: Any) -> Receipt:
        given = {
            "answers": _fill_in("parent"),
            "story": story,
            "consent": consent,
            "needs": ["family.behaviour"],
            "reasons": ["one need, and a family at its wits' end"],
            "audience": "parent",
            "pack": westmere,
            "conversation_id": conversation,
        }
        return submit(**{**given, **changed})

    return sending


@pytest.fixture
def worker() -> str:
    """The e-mail address of an active worker."""
    return staff.add("worker@westmere.example", "worker").email
