"""A part of the understanding breaks: danger is heard all the same, by every layer that still works."""

import numpy as np
import pytest

from bot.understanding.broken import heard_when_broken
from bot.understanding.heard import heard_in
from bot.understanding.plainly import intent_of
from bot.understanding.risk import conversation
from bot.understanding.understand import Understander

SAD = ["im just so sad all the time", "nobody cares about me", "i cried all night again"]


class OtherEncoder:
    """An encoder of another size than the heads were fitted to: what a half-finished update leaves behind."""

    def encode(self, texts):
        return np.ones((len(texts), 7), np.float32)


class NoEncoder:
    def encode(self, texts):
        raise ConnectionError("the directory server is gone")


def test_the_understanding_as_a_whole_breaks_with_the_wrong_encoder() -> None:
    with pytest.raises(Exception):  # noqa: B017 (whatever the library raises)
        Understander(OtherEncoder()).understand("i want to kill myself")


@pytest.mark.parametrize("encoder", [OtherEncoder(), NoEncoder()])
@pytest.mark.parametrize(
    ("text", "earlier", "kind"),
    [
        ("i want to kill myself", [], "suicide"),
        ("mój mąż mnie bije", [], "domestic_abuse"),
        ("i cant do this any more", SAD, "suicide"),
    ],
)
def test_danger_is_heard_though_the_rest_is_not(encoder, text: str, earlier: list[str], kind: str) -> None:
    heard = heard_when_broken(text, earlier, encoder)
    assert heard["risk"]["kind"] == kind
    assert not heard["read"] and heard["needs"] == []


def test_it_has_every_key_of_what_is_heard_otherwise() -> None:
    understander = Understander(NoEncoder())
    whole = heard_in(understander.understand("hello"), understander)
    assert set(heard_when_broken("hello", [], NoEncoder())) == set(whole)


def test_what_nothing_could_read_is_taken_for_a_difficulty_and_never_for_a_guess() -> None:
    ranked = [("goodbye", 0.9), ("affirm", 0.05)]  # what zeros would be taken for
    understander = Understander(NoEncoder())
    heard = heard_in(understander.understand("my mum is poorly"), understander)
    assert intent_of(ranked, heard) == ("describe_difficulty", 0.0)


def test_only_so_many_messages_before_are_looked_at() -> None:
    assert list(conversation.risks("i cant do this any more", [*SAD, *["ok"] * conversation.LAST])) == []
