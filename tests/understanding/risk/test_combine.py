"""All layers together."""

import time

import numpy as np
import pytest

from bot.understanding.risk import Risk, classifier, kinds, look_for_risk, patterns, same_people
from bot.understanding.risk.kinds import most_urgent
from bot.understanding.text import read

KEYS = {"kind", "response", "immediate", "whose", "past", "confidence"}


class Sees:
    """A classifier that is as sure as it is told to be."""

    def __init__(self, probability: float, kind: str = "neglect") -> None:
        self.probability, self.kind = probability, kind

    def judged(self, *_):
        return classifier.Judged(self.probability, {self.kind: 1.0}, 0.0)


@pytest.fixture
def sees(monkeypatch):
    return lambda *about: monkeypatch.setattr("bot.understanding.risk.combine.risk_head", lambda: Sees(*about))


VECTOR = np.zeros(384, dtype=np.float32)


def test_the_json_form_has_exactly_the_keys_of_the_contract():
    risk = look_for_risk(read("my dad hits me"), None)
    assert set(risk.as_dict()) == KEYS


def test_a_message_without_danger_is_none():
    assert look_for_risk(read("what time is the toddler group"), None) is None


def test_the_classifier_raises_what_the_patterns_do_not_see(sees):
    sees(0.99)
    risk = look_for_risk(read("the cupboards at ours echo"), VECTOR)
    assert (risk.kind, risk.response) == ("neglect", "crisis")


def test_an_unsure_classifier_asks(sees):
    sees((classifier.thresholds().check + classifier.thresholds().crisis) / 2)
    assert look_for_risk(read("the cupboards at ours echo"), VECTOR).response == "check"


def test_a_classifier_that_sees_nothing_does_not_silence_the_patterns(sees):
    sees(0.0)
    assert look_for_risk(read("my dad hits me"), VECTOR).response == "check"


def test_a_pattern_that_the_classifier_does_not_doubt_is_a_crisis(sees):
    sees(classifier.thresholds().doubt)
    assert look_for_risk(read("my dad hits me"), VECTOR).response == "crisis"


def test_nothing_of_the_classifier_touches_what_another_language_says(sees):
    sees(0.0)
    assert look_for_risk(read("mera shohar mujhe maarta hai"), VECTOR).response == "crisis"


def test_a_guard_does_not_silence_the_classifier(sees):
    sees(0.99)
    assert patterns.look("he has never hit me") is None
    assert look_for_risk(read("he has never hit me"), VECTOR) is not None


def test_other_languages_are_heard_whatever_language_was_taken_for_it():
    assert look_for_risk(read("mera shohar mujhe maarta hai"), None, language="en").kind == "domestic_abuse"


def test_without_the_encoder_or_the_head_the_other_layers_look_all_the_same(monkeypatch):
    monkeypatch.setattr("bot.understanding.risk.combine.risk_head", lambda: None)
    assert look_for_risk(read("he has a knife"), VECTOR).kind == "violence"
    assert look_for_risk(read("he has a knife"), None).kind == "violence"


def risk(kind: str, response: str, *, immediate: bool = False, confidence: float = 0.9) -> Risk:
    return Risk(kind, response, immediate, "self", False, confidence)


def test_the_most_urgent_is_answered():
    assert most_urgent([risk("neglect", "check"), risk("violence", "crisis")]).kind == "violence"
    assert most_urgent([]) is None


def test_of_several_as_sure_the_kind_that_most_speaks_for_is_answered_and_999_is_not_lost():
    answer = most_urgent(
        [risk("violence", "crisis", immediate=True), risk("child_abuse", "crisis"), risk("child_abuse", "crisis")]
    )
    assert answer.kind == "child_abuse"
    assert answer.immediate


def test_kinds_with_the_same_people_are_so_both_ways():
    for one in kinds():
        assert same_people(one, one)
        for other in kinds():
            assert same_people(one, other) == same_people(other, one)


def test_all_layers_take_a_few_milliseconds():
    text = (
        "so we moved in august and the kids are settled but my husband works nights and I never know what to do"
        " with the little one after school, is there a group"
    )
    doc, vector = read(text), np.ones(384, dtype=np.float32) / 384**0.5
    look_for_risk(doc, vector)
    took = []
    for _ in range(50):
        start = time.perf_counter()
        look_for_risk(doc, vector)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.01
