"""`signpost understand`: the contract of what is understood from one message."""

import json

import pytest
from click.testing import CliRunner

from bot.commands import understand
from bot.understanding.text import adds
from bot.understanding.understand import Understander
from directory.needs import needs

pytestmark = pytest.mark.slow


class NoEncoder:
    def encode(self, texts):
        raise ConnectionError("the directory server is gone")


@pytest.fixture(scope="module")
def said() -> list[dict]:
    lines = "\n".join(
        [
            "my 4 year old hits everyone at nursery and im at my wits end, we're in Aldmoor",
            "i want to kill myself",
            "when are the bins collected",
            "",
        ]
    )
    done = CliRunner().invoke(understand, ["--json"], input=lines)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.output.splitlines()]


def test_each_line_in_is_an_object_out(said) -> None:
    assert len(said) == 3
    for heard in said:
        assert set(heard) == {"text", "language", "intent", "needs", "ranked_needs", "risk", "details"}
        assert set(heard["details"]) == {"ages", "people", "place", "audience"}


def test_needs_are_ranked_best_first_with_known_codes(said) -> None:
    for heard in said:
        assert len(heard["ranked_needs"]) == 5
        confidences = [need["confidence"] for need in heard["ranked_needs"]]
        assert confidences == sorted(confidences, reverse=True)
        assert {need["code"] for need in heard["ranked_needs"]} <= set(needs())
        for need in heard["needs"]:
            assert need["words"] in heard["text"] or heard["text"] in need["words"] or need["words"]


def test_the_parent_in_aldmoor_is_heard(said) -> None:
    heard = said[0]
    assert heard["intent"] == "describe_difficulty"
    assert heard["needs"][0]["code"] == "family.behaviour"
    assert heard["details"]["ages"] == [{"min": 4, "max": 4}]
    assert heard["details"]["place"] == "Aldmoor"
    assert heard["details"]["audience"] == "parent"
    assert heard["risk"] is None


def test_danger_is_heard_with_whose_it_is(said) -> None:
    risk = said[1]["risk"]
    assert set(risk) == {"kind", "response", "immediate", "whose", "past", "confidence"}
    assert (risk["kind"], risk["response"], risk["whose"]) == ("suicide", "crisis", "self")


def test_without_the_encoder_danger_and_details_are_still_heard() -> None:
    understander = Understander(NoEncoder())
    assert understander.understand("i want to kill myself").risk.kind == "suicide"
    assert understander.understand("my 4 year old hits").details.as_dict()["ages"] == [{"min": 4, "max": 4}]
    assert understander.understand("my 4 year old hits").needs == []


class Counting:
    """The real encoder, with what it was asked."""

    def __init__(self, encoder) -> None:
        self._encoder, self.asked = encoder, []

    def encode(self, texts):
        self.asked.append(list(texts))
        return self._encoder.encode(texts)


@pytest.fixture(scope="module")
def encoder():
    from directory.encoder import load_encoder

    return load_encoder()


def test_each_need_is_shown_with_the_part_that_told_it(encoder) -> None:
    heard = Understander(encoder).understand("my son is 4 and bites, and i cant pay the rent")
    words = {need.code.partition(".")[0]: need.words for need in heard.needs}
    assert "rent" in words["money"] and "bites" in words["family"]


def test_a_message_of_one_plain_need_is_encoded_once_and_as_a_whole(encoder) -> None:
    counting = Counting(encoder)
    text = "is there a food bank near here, we have no food in the house"
    heard = Understander(counting).understand(text)
    assert [need.code for need in heard.needs] == ["money.food"] and counting.asked == [[text]]


def test_many_messages_at_once_are_understood_as_each_alone(encoder) -> None:
    texts = ["no food in", "my son is 4 and bites, and i cant pay the rent, we're in Aldmoor", "hello", "i hate school im 14"]
    understander = Understander(encoder)
    together = [it.as_dict() for it in understander.understand_all(texts)]
    alone = [understander.understand(text).as_dict() for text in texts]
    for one, other in zip(together, alone, strict=True):
        for need, again in zip(one.pop("ranked_needs"), other.pop("ranked_needs"), strict=True):
            assert need["code"] == again["code"] and need["confidence"] == pytest.approx(again["confidence"], abs=0.01)
        assert [it["code"] for it in one.pop("needs")] == [it["code"] for it in other.pop("needs")]
        one["risk"], other["risk"] = bool(one["risk"]), bool(other["risk"])
        assert one == other


def test_nothing_in_is_nothing_out(encoder) -> None:
    assert Understander(encoder).understand_all([]) == []


@pytest.mark.parametrize("text", ["no food in, also my lad got suspended", "he wont sleep. plus im behind on the rent"])
def test_one_matter_is_added_to_another(text) -> None:
    assert adds(text)


@pytest.mark.parametrize("text", ["also thank you", "i have two kids also"])
def test_a_word_that_adds_nothing_to_anything(text) -> None:
    assert not adds(text)


def test_what_is_added_with_and_is_heard_however_it_is_spelt(encoder) -> None:
    told = Understander(encoder).understand("hes 3 bitin evry one at nursry and im behind wiv the rent")
    heard = {need.code for need in told.needs}
    assert heard & {"family.behaviour", "early_years.childcare"}
    assert heard & {"money.debt_and_benefits", "home.housing"}
