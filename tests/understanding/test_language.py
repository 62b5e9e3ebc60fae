"""Which language a message is in: short messages as families write them, and English that only looks like another."""

import pytest

from bot.understanding.intents import settle
from bot.understanding.language import OFFERED, language_of
from bot.understanding.rules import words
from directory.languages import english_name

WRITTEN = {
    "pl": ["Potrzebuję pomocy", "nie mamy na czynsz", "moja corka boi sie isc do szkoly", "Dzień dobry", "mówi ktoś po polsku?"],
    "ro": ["am nevoie de ajutor", "Bună ziua", "copilul meu nu vorbeste", "sotul meu a plecat si am ramas singura"],
    "ur": ["مدد چاہیے", "میرے بچے اسکول نہیں جاتے", "گھر کا کرایہ نہیں دے سکتی", "کیا کوئی اردو بولتا ہے"],
    "pa": ["ਮਦਦ ਚਾਹੀਦੀ ਹੈ", "ਮੇਰੇ ਬੱਚੇ ਨੂੰ ਬੋਲਣ ਵਿੱਚ ਮੁਸ਼ਕਲ ਹੈ", "ਪੰਜਾਬੀ ਵਿੱਚ ਗੱਲ ਕਰ ਸਕਦੇ ਹੋ?"],
    "bn": ["সাহায্য চাই", "আমার স্বামী কাজ হারিয়েছে", "বাংলায় কথা বলা যাবে?"],
    "ar": ["أحتاج مساعدة", "زوجي تركنا وليس عندي مال", "بنتي لا تتكلم وعمرها ثلاث سنوات"],
    "uk": ["Потрібна допомога", "дочка не хоче йти до школи", "немає грошей на їжу", "допоможіть мені"],
    "pt": ["preciso de ajuda", "não consigo pagar a renda", "meu filho não quer ir pra escola", "alguém fala português?"],
    "es": ["necesito ayuda", "no puedo pagar el alquiler", "busco guarderia para mi nina", "alguien habla español?"],
    "cy": ["Dwi angen help", "dyw fy mab ddim yn cysgu", "oes rhywun yn siarad Cymraeg", "sut alla i gael bwyd am ddim"],
}
OTHERS = [
    ("waxaan u baahanahay caawimaad", "so"),
    ("mon fils ne veut pas aller à l'école", "fr"),
    ("ho bisogno di aiuto", "it"),
    ("kam nevojë për ndihmë", "sq"),
    ("yardıma ihtiyacım var", "tr"),
    ("man reikia pagalbos", "lt"),
    ("нужна помощь, мне нечем платить за квартиру", "ru"),
    ("پسرم نمی‌خواهد به مدرسه برود", "fa"),
    ("من پێویستم بە یارمەتی هەیە", "ckb"),
    ("زه مرستې ته اړتیا لرم", "ps"),
    ("我需要帮助", "zh"),
    ("मुझे मदद चाहिए", "hi"),
    ("எனக்கு உதவி வேண்டும்", "ta"),
    ("እርዳታ እፈልጋለሁ", "am"),
    ("mujhe english nahi aati, koi urdu bolne wala hai?", "ur-Latn"),
    ("mainu madad chahidi hai", "pa-Latn"),
    ("amar bacchar school niye somossa hocche", "bn-Latn"),
]
ENGLISH = [
    "how do you become a foster carer if you rent",
    "asd pathway wait time wigan 2 yr +?",
    "he touches me",
    "sofa surfing since october",
    "need interpreter tigrinya",
    "mongolian blue spot leaflet in Bengali?",
    "book a haircut",
    "pru or home tutor, which",
    "my ammi says no",
    "my friend Łukasz needs help",
    "Café in Wigan?",
    "mam n dad row all nite",
    "hi hun can i get dla",
    "Łukasz",
    "Maria Gonzalez",
    "hola",
    "muchas gracias",
    "diolch",
    "ok 👍",
    "07700 900123",
    "",
]


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in WRITTEN.items() for text in texts])
def test_a_short_message_in_one_of_the_ten_is_recognised(language, text):
    assert language_of(text) == language


def test_each_of_the_ten_is_tried():
    assert set(WRITTEN) == set(OFFERED)


@pytest.mark.parametrize(("text", "language"), OTHERS)
def test_one_more_language_than_the_ten_is_not_taken_for_one_of_them(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_names_and_thanks_are_not_another_language(text):
    assert language_of(text) == "en"


def test_every_language_that_can_be_recognised_has_a_name_for_the_worker():
    signs = words("language.yml")
    codes = {code for part in ("words", "letters", "cyrillic", "arabic", "scripts") for code in signs[part]}
    assert not [code for code in codes if english_name(code) is None]


def test_no_word_gives_away_both_english_and_another_language():
    signs = words("language.yml")
    english = set(signs["english"].split())
    assert not {code: both for code, listed in signs["words"].items() if (both := english & set(listed.split()))}


def test_another_language_is_answered_as_such_whatever_else_was_heard_in_it():
    heard = [("describe_difficulty", 0.9), ("greet", 0.05)], [{"code": "money.food", "confidence": 0.9, "words": "…"}]
    assert settle(*heard, "pl")[0] == "other_language"
    assert settle(*heard, "en")[0] == "describe_difficulty"
