"""Layer three: the ten other languages that families write."""

import pytest

from bot.understanding.language import OFFERED
from bot.understanding.risk import foreign
from bot.understanding.risk.kinds import HERE, kinds


def heard(text: str) -> set[tuple[str, str]]:
    return {(found.phrase.kind, found.response) for found in foreign.listen(text)}


@pytest.mark.parametrize("language", OFFERED)
def test_every_language_has_phrases_of_every_kind_and_everyday_ones(language):
    said = {phrase.kind for phrase in foreign.phrases() if phrase.language == language}
    assert said == {*kinds(), ""}


def test_there_is_a_file_for_each_language_and_no_other():
    assert {path.stem for path in (HERE / "languages").glob("*.yml")} == set(OFFERED)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("proszę pomóżcie, mój mąż mnie bije przy dzieciach", "domestic_abuse"),
        ("moja corka powiedziala ze chce umrzec", "suicide"),
        ("tatal meu ne bate cu cureaua in fiecare zi", "child_abuse"),
        ("ayuda, mi bebé no respira", "medical_emergency"),
        ("o meu marido bate-me e tenho medo", "domestic_abuse"),
        ("mae fy merch ar goll ers neithiwr", "missing"),
        ("мій чоловік мене б'є при дітях", "domestic_abuse"),
        ("زوجي يضربني أمام الأولاد", "domestic_abuse"),
        ("میرا شوہر مجھے مارتا ہے", "domestic_abuse"),
        ("mera shohar mujhe roz maarta hai", "domestic_abuse"),
        ("ghar wale zabardasti shadi kar rahe hain", "forced_marriage_fgm"),
        ("ਮੇਰਾ ਘਰਵਾਲਾ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ", "domestic_abuse"),
        ("main hun jeena nahi chaundi, main marna chaundi haan", "suicide"),
        ("আমার স্বামী আমাকে মারে", "domestic_abuse"),
        ("amar shami amake mare", "domestic_abuse"),
    ],
)
def test_danger_is_heard_in_it(text, kind):
    assert kind in {k for k, _ in heard(text)}


@pytest.mark.parametrize(
    "text",
    [
        "umieram ze śmiechu, syn był osłem w jasełkach",
        "me muero de hambre, a qué hora es la comida",
        "me toca a mí recogerlos del colegio",
        "أنا ميتة من الجوع",
        "hans hans ke mar gaye school play mein",
        "czy macie ulotkę o przemocy domowej po polsku",
        "estou morrendo de fome",
        "This is an ordinary English message about the toddler group on Tuesday and a bag of clothes.",
        "",
    ],
)
def test_everyday_words_are_not(text):
    assert not heard(text)


def test_a_likeness_without_the_words_is_unsure():
    assert heard("zona stale bije dzieckoo") <= {("child_abuse", "check")}
