"""Which question about early help is asked: each topic has its answer, and questions nobody fitted it to are heard."""

import re
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from actions.answers import ANSWERED_BY, ANSWERED_FOR
from bot.understanding.asked import CUES, asked_of
from bot.understanding.asked_fit import measured, topics
from directory.encoder import Encoder, load_encoder

DOMAIN = Path(__file__).parents[2] / "bot" / "domain"
TOO_ALIKE = 0.8


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def responses() -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for file in DOMAIN.glob("*.yml"):
        found |= yaml.safe_load(file.read_text(encoding="utf-8")).get("responses") or {}
    return found


def bag(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("topic", topics())
def test_every_topic_has_an_answer_and_many_questions(topic: str) -> None:
    said = ANSWERED_BY.get(topic, (f"utter_answer_{topic}",))
    assert not [name for name in said if name not in responses()]
    assert len(topics()[topic]) >= 15


def test_every_topic_that_is_named_anywhere_exists() -> None:
    named = set(ANSWERED_BY) | {topic for some in ANSWERED_FOR.values() for topic in some}
    assert named | set(yaml.safe_load(CUES.read_text(encoding="utf-8"))) == set(topics())
    assert {topic for _, some in measured() for topic in some} - {"other"} <= set(topics())


def test_no_two_questions_are_nearly_the_same_and_none_is_measured_with() -> None:
    bags = [bag(question) for some in topics().values() for question in some]
    assert not [(a, b) for a, b in combinations(bags, 2) if len(a & b) / len(a | b) > TOO_ALIKE]
    assert not {bag(text) for text, _ in measured()} & set(bags)


UNSEEN = [
    ("are they going to take my little boy away if i tell them", "social_services"),
    ("will a social worker be on my doorstep tomorrow", "social_services"),
    ("are they going to judge me, the house is a tip", "judged"),
    ("they'll think im a bad mum", "judged"),
    ("does it go on my record for good", "record"),
    ("would this turn up on a dbs for my teaching assistant job", "record"),
    ("could my ex use this in court to get custody", "court"),
    ("do the school get told", "told"),
    ("will my husband find out ive asked", "partner"),
    ("do you pass our names to the home office", "immigration"),
    ("do i have to say yes", "voluntary"),
    ("can i stop it if i change my mind", "voluntary"),
    ("does my ex have to agree to it", "other_parent"),
    ("can i ask without my parents knowing, im 14", "young_alone"),
    ("what happens next after i have asked", "after_asking"),
    ("how soon will someone ring me", "how_soon"),
    ("how often will they come and see us", "how_long"),
    ("do they come to your house in the evening", "visits"),
    ("what questions will they ask me", "what_asked"),
    ("is it just for people on benefits", "who_for"),
    ("what if they say no to us", "refused"),
    ("can i change worker if i dont like them", "the_worker"),
    ("can i bring my mum with me", "bring_somebody"),
    ("do the children have to be there", "children_there"),
    ("what do they actually do to help", "what_they_do"),
    ("do you have to pay for the early help worker", "cost"),
    ("what is early help when its at home", "what_it_is"),
]


@pytest.mark.parametrize(("text", "topic"), UNSEEN, ids=[text for text, _ in UNSEEN])
def test_a_question_is_heard_in_words_it_was_not_fitted_to(encoder: Encoder, text: str, topic: str) -> None:
    assert text not in topics()[topic]
    assert asked_of(text, encoder.encode([text])[0]) == topic


@pytest.mark.parametrize(
    "text",
    ["my 4 year old hits everyone at nursery", "is there a food bank in saltby", "is it free?", "the second one", "thanks love"],
)
def test_what_asks_nothing_about_early_help_has_no_topic(encoder: Encoder, text: str) -> None:
    assert asked_of(text, encoder.encode([text])[0]) is None


def test_most_questions_of_another_writer_are_heard_right(encoder: Encoder) -> None:
    found = [(asked_of(text, encoder.encode([text])[0]), some) for text, some in measured()]
    sure = [(topic, some) for topic, some in found if topic]
    assert len(sure) / len(found) >= 0.8
    assert sum(topic in some for topic, some in sure) / len(sure) >= 0.88


def test_without_the_encoder_no_topic_is_guessed() -> None:
    assert asked_of("how soon will somebody ring", None) is None
