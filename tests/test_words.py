"""The words families read: complete, plain, and without a number that is not in the registry."""

import re
from pathlib import Path

import pytest
import yaml

from actions.request_answers import BACK
from actions.turn import words
from directory.contacts import DANGERS, registry
from directory.needs import needs
from handover.answers import REASONS
from handover.form import changeable_lines, steps_for
from handover.steps import all_steps
from handover.story import HEADINGS

ROOT = Path(__file__).parents[1]
DOMAIN = ROOT / "bot" / "domain"
PRAISE = r"well done|brave|sounds like|great|thank you for|glad|proud|right to reach out|beautiful|strong"
ALLOWED_NUMBERS = {"999", "111", "55"}  # 55: what to press after 999 when speech is unsafe


def responses() -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for file in sorted(DOMAIN.glob("*.yml")):
        for name, variants in (yaml.safe_load(file.read_text(encoding="utf-8")).get("responses") or {}).items():
            assert name not in found, f"{name} is defined twice"
            found[name] = variants
    return found


RESPONSES = responses()
TEXTS = [(name, variant["text"]) for name, variants in RESPONSES.items() for variant in variants]


def code() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "actions").glob("*.py"))


def rules() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "nlu_data" / "rules").glob("*.yml"))


def test_every_danger_and_the_check_have_words_for_a_family_a_young_person_and_a_practitioner() -> None:
    audiences = ("", "_young_person", "_practitioner")
    wanted = [f"utter_danger_{about}{audience}" for about in (*DANGERS, "check") for audience in audiences]
    assert not [name for name in wanted if name not in RESPONSES]


def test_every_question_of_the_request_has_its_words() -> None:
    assert not [step.key for step in all_steps("practitioner") if f"utter_ask_request_{step.key}" not in RESPONSES]


def test_every_reason_for_refusing_an_answer_has_its_words() -> None:
    assert not [reason for reason in REASONS if f"utter_refused_{reason}" not in RESPONSES]


def test_every_choice_line_and_heading_of_the_request_has_its_label() -> None:
    labels = words("labels")
    for step in all_steps("practitioner"):
        assert set(step.choices) <= set(labels["choices"].get(step.key, {})), step.key
    answered = {step.key: "x" for audience in ("parent", "practitioner") for step in steps_for(audience)}
    assert {line.key for line in changeable_lines(answered)} <= set(labels["lines"])
    assert set(HEADINGS) == set(labels["headings"])
    assert BACK in labels


def test_every_response_that_is_said_exists_and_every_response_is_said() -> None:
    said = set(re.findall(r"\b(utter_\w+)", code() + rules())) - {"utter_message"}
    built = {name for name in said if name.endswith("_")}  # f"utter_danger_{kind}"
    missing = {name for name in said - built if name not in RESPONSES and not any(r.startswith(name) for r in RESPONSES)}
    assert not missing
    unused = {name for name in RESPONSES if name not in said and not any(name.startswith(start) for start in built)}
    assert unused <= {"utter_offer_request_practitioner"}, f"Never said: {unused}"


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_no_response_holds_a_number_that_is_not_an_emergency_number(name: str, text: str) -> None:
    numbers = set(re.findall(r"\d[\d ]*\d|\d", re.sub(r"\{[^}]*\}", "", text)))
    assert numbers <= ALLOWED_NUMBERS
    assert {"999", "111"} <= {contact.phone for contact in registry().values()}


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_sentences_are_short_and_plain(name: str, text: str) -> None:
    for sentence in re.split(r"(?<=[.!?])\s+", re.sub(r"\{[^}]*\}", "x", text)):
        assert len(sentence.split()) <= 20, f"{name}: {sentence}"
    jargon = re.search(r"vulnerable|hard to reach|access services|signpost to|utilise|eligib", text, re.IGNORECASE)
    assert not jargon, f"{name}: {jargon}"


def test_danger_is_answered_without_praise_or_menus() -> None:
    for name, variants in RESPONSES.items():
        if name.startswith("utter_danger"):
            for variant in variants:
                assert not re.search(PRAISE, variant["text"], re.I), name
                assert {it["title"] for it in variant.get("buttons", [])} <= {"Talk to a person"}, name


def test_every_need_has_a_label_a_family_can_read() -> None:
    assert all(need.label and not need.label.isupper() for need in needs().values())
