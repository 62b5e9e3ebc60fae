"""The fixed words in ten languages: all of them there, each with its English, marked until a person has checked them."""

import re
from dataclasses import replace
from datetime import date

import pytest

from directory.files import DATA, read_yaml
from directory.languages import DIRECTIONS, IN_DANGER, MACHINE_WRITTEN, MESSAGE, english_name, languages

TEN = {"pl", "ro", "ur", "pa", "bn", "ar", "uk", "pt", "es", "cy"}
KEYS = {"name", "english_name", "direction", "written_by", "approved_by", "date", "words"}


def test_there_are_words_in_the_ten_languages_that_families_here_write_most():
    assert set(languages()) == TEN


@pytest.mark.parametrize("code", sorted(TEN))
def test_a_language_says_everything_and_has_the_english_of_each_line_beside_it(code):
    entry, language = read_yaml(DATA / "languages.yml")["languages"][code], languages()[code]
    assert set(entry) == KEYS
    assert set(language.words) == {*MESSAGE, MACHINE_WRITTEN}
    assert all(line.text.strip() and line.means.strip() for line in language.words.values())
    assert language.name and language.direction in DIRECTIONS
    assert (language.direction == "rtl") == (code in {"ar", "ur"})


@pytest.mark.parametrize("code", sorted(TEN))
def test_it_says_what_the_english_beside_it_says_as_far_as_a_machine_can_tell(code):
    language = languages()[code]
    for line in language.words.values():
        for sign in ("999", f"{language.english_name}, please"):
            assert (sign in line.text) == (sign in line.means), line
        for sentence in re.split(r"(?<=[.!?])\s+", line.means):
            assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("code", sorted(TEN))
def test_no_number_but_999_stands_in_the_words(code):
    numbers = {number for line in languages()[code].words.values() for number in re.findall(r"\d+", line.text)}
    assert numbers == {"999"}


@pytest.mark.parametrize("code", sorted(TEN))
def test_a_familys_own_script_is_used(code):
    script = {"ar": r"[\u0600-\u06ff]", "ur": r"[\u0600-\u06ff]", "pa": r"[\u0a00-\u0a7f]", "bn": r"[\u0980-\u09ff]"}
    letters = script.get(code, r"[\u0400-\u04ff]" if code == "uk" else r"[^\W\d_]")
    assert all(re.search(letters, line.text) for line in languages()[code].words.values())


def test_what_a_machine_wrote_says_so_until_a_person_has_put_their_role_and_the_date_to_it():
    polish = languages()["pl"]
    mark = polish.words[MACHINE_WRITTEN].text
    assert polish.written_by == "machine" and polish.say().endswith(mark) and polish.say(IN_DANGER).endswith(mark)
    assert mark in replace(polish, approved_by="Polish-speaking family worker").say(), "a role without a date is half a word"
    assert mark not in replace(polish, approved_by="Polish-speaking family worker", date=date(2026, 12, 1)).say()


def test_in_danger_999_is_the_first_thing_said():
    assert all("999" in language.say(IN_DANGER).splitlines()[0] for language in languages().values())


def test_every_language_has_a_name_that_a_worker_can_book_an_interpreter_by():
    assert english_name("pl") == "Polish" and english_name("so") == "Somali" and english_name("ur-Latn") == "Urdu or Hindi"
    assert english_name("tlh") is None
