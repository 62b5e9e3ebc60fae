"""Layer one: danger that is plain in the words."""

import subprocess
import sys

import pytest

from bot.understanding.risk import patterns
from bot.understanding.risk.kinds import HERE, kinds, same_people

SAID = {
    "suicide": [
        "i dont want to be alive anymore",
        "im gna kms",
        "My lad says he is going to kill himself",
        "whats the point in living",
    ],
    "self_harm": ["ive been cutting myself again", "my daughter is self harming", "i scratch myself til it bleeds"],
    "child_abuse": [
        "my mum hits me with a shoe",
        "daddy hurts me",
        "He shook the baby because she was crying",
        "stepdad locks me in the shed",
    ],
    "sexual_abuse": [
        "my uncle touches me down there",
        "i was raped",
        "he wants me to send nudes",
        "we have a secret game and he says not to tell",
    ],
    "domestic_abuse": [
        "he's just come in drunk and he's got hold of my arm",
        "my husband beats me",
        "hes got his hands round her neck",
        "my partner wont let me see my family",
        "he tracks my phone",
    ],
    "exploitation": [
        "they make me carry drugs on the train",
        "the boss took our passports",
        "my son owes a dealer and they will hurt him",
    ],
    "missing": [
        "my daughter hasnt come home from school",
        "ive run away",
        "I can't find my little boy",
        "their dad has taken the children abroad",
    ],
    "violence": ["hes got a knife", "someone is kicking our door in", "theyre going to stab my brother", "my son attacks me"],
    "medical_emergency": ["the baby isnt breathing", "mum wont wake up", "shes taken too many tablets", "he is having a seizure"],
    "eating_disorder_danger": [
        "i havent eaten for 5 days",
        "she makes herself sick after meals",
        "my daughter fainted and still wont eat",
    ],
    "forced_marriage_fgm": [
        "they want me to marry my cousin",
        "my gran wants my daughter circumcised",
        "im being forced into a marriage",
    ],
    "neglect": [
        "theres no food in the house and mum is drunk",
        "im 7 and im home alone all night",
        "she leaves the baby alone all night",
    ],
    "radicalisation": ["my brother wants to go to syria to be a martyr", "he says the race war is coming and hes picked a side"],
    "perpetrator": ["im scared im going to hurt my baby", "i hit my son too hard", "i strangled my girlfriend last night"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_what_is_plain_is_seen(kind, text):
    risk = patterns.look(text)
    assert risk is not None
    assert same_people(risk.kind, kind)


def test_every_kind_has_its_file_and_its_examples():
    assert {path.stem for path in (HERE / "phrases").glob("*.yml")} == set(kinds()) == set(SAID)


@pytest.mark.parametrize(
    "text",
    [
        "this homework is killing me",
        "my mum is going to kill me if I forget my PE kit",
        "my older girl shes 14 cutting skool",
        "I'd die of embarrassment",
        "what time is messy play on tuesday",
        "he shot past the goal keeper",
        "She's cutting her teeth and dribbling everywhere",
        "he's missing his nan",
        "my phone is about to die",
        "brownies to die for",
        "we're hanging around at the park",
        "how do I apply for free school meals",
        "",
        "🙂",
    ],
)
def test_ordinary_words_raise_nothing(text):
    assert patterns.look(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "no food in",
        "there is no food in the house and the gas is off",
        "no electric and no food til monday",
        "we have run out of milk for the baby",
        "no food in the cupboards, payday is friday",
    ],
)
def test_a_family_without_money_is_not_taken_for_one_that_neglects(text):
    assert patterns.look(text) is None


@pytest.mark.parametrize("text", ["mum never buys food", "there's no food in and mum has been gone since tuesday"])
def test_a_child_whom_nobody_feeds_is_seen(text):
    assert patterns.look(text).kind in {"neglect", "missing"}


@pytest.mark.parametrize("topic", ["domestic abuse", "anorexia", "self harm", "suicidal", "neglect", "forced marriage"])
def test_a_bare_topic_is_asked_about_where_it_is_all_that_is_written(topic):
    risk = patterns.look(topic)
    assert risk is not None
    assert risk.response == "check"
    assert patterns.look(f"who do I talk to at the library about putting on a display on {topic} for the adult learners") is None


@pytest.mark.parametrize(
    "text",
    [
        "the toddler has us held hostage by a sleeping baby",
        "got mugged by a goat at the farm",
        "my nan smacks her lips at cake",
        "the judge shook my hand",
        "we get on like a house on fire",
        "how do I get shot of these moths",
        "I don't want to die, I just want a lie-in",
        "he never said he'd hurt himself",
        "it's his last night before uni",
        "the parking is a suicide mission",
    ],
)
def test_turns_of_phrase_raise_nothing(text):
    assert patterns.look(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I was raped",
        "i am forced to have sex and im 12",
        "i want to kill myself",
        "he is hitting me",
        "my stepdad touches me",
        "baby isnt breathing",
    ],
)
def test_what_other_assistants_were_blamed_for_missing_is_a_crisis(text):
    assert patterns.look(text).response == "crisis"


def test_the_gateway_can_look_where_neither_encoder_nor_classifier_can_be_loaded():
    code = (
        "import sys\n"
        "for gone in ('onnxruntime', 'torch', 'faiss', 'sklearn', 'tokenizers'): sys.modules[gone] = None\n"
        "from bot.understanding.risk import patterns\n"
        "print(patterns.look('he has got a knife').kind)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parents[2])
    assert done.stdout.strip() == "violence"


def test_every_pattern_can_be_read_and_stands_once_in_its_file():
    for path in (HERE / "phrases").glob("*.yml"):
        rows = [pattern for label, pattern in patterns.rule_patterns() if label[1].kind == path.stem]
        assert len(rows) == len(set(rows)), path.name
    assert len(patterns.book()) > 1000
