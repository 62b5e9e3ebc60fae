"""Consent: the council's words, kept exactly as somebody agreed to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handover.consent import Consent, ConsentWordsMissing, consent_words, give_consent, words_version


@pytest.mark.parametrize(
    ("audience", "key"),
    [
        ("parent", "family"),
        ("other", "family"),
        (None, "family"),
        ("young_person", "young_person"),
        ("practitioner", "practitioner"),
    ],
)
def test_everybody_agrees_to_the_words_written_for_them(westmere, audience, key):
    assert consent_words(westmere, audience).words == westmere.handover.consent[key]


def test_the_version_changes_with_the_words_and_only_with_them():
    assert words_version("I agree.") == words_version(" I\n agree. ") != words_version("I agree!")


def test_a_pack_without_the_words_says_where_to_write_them(westmere):
    silent = replace(westmere, handover=replace(westmere.handover, consent={}))
    with pytest.raises(ConsentWordsMissing, match="handover.consent.young_person"):
        consent_words(silent, "young_person")


def test_a_consent_survives_a_slot_with_its_moment(westmere):
    given = give_consent(consent_words(westmere, "parent"))
    assert Consent.from_dict(given.as_dict()) == given
    assert given.given_at.tzinfo is not None
