"""The plain form of a message: lower case, numbers in digits, units of time in one spelling, every token apart.

" my 4 yr old , shes in YEAR 2 . " is the plain form of "My four-year-old, she's in yr 2.": rules over it stay short.
A school year is written YEAR, a unit of time after a number yr, mo, wk or day, a number too long for an age #.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.rules import words
from directory.spelling import right_word

_SHORT = 4
"""Letters of a word that is near too many to be a misspelt number."""
_TOKEN = re.compile(r"\d+(?:\.\d(?!\d))?|½|¼|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]")
_GLUED_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_DIGITS_AROUND = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_YEARS_OLD = re.compile(r"(?<=\d)\s*-?\s*(?:y/os?|y\.os?\b\.?|yos?|y-os?)\b")
_YEARS_AND_MONTHS = re.compile(r"\b(\d{1,2}) ?y(?:rs?)? ?(\d{1,2}) ?m(?:ths?)?\b")
_MONTHS = re.compile(
    r"\b(lo|ds|dd|is|he's|hes|she's|shes|baby|aged) (\d{1,2})m\b(?! ?/)|\b(19|2\d|3[0-6])m\b(?! ?(?:/|away|from|wide|tall|long))"
)
_PARTS_OF_A_YEAR = re.compile(r"(?<![\d/])(\d{1,2}) ?/ ?(12|52)\b(?! ?/)")
_LONG = re.compile(r"\d+[/:.]\d+[/:.]\d+|\d{1,2}[:.]\d\d\b|\d+,\d{3}|\d{3,}|24 ?/ ?7|50 ?/ ?50")
_POSTCODE = re.compile(
    r"\b(?!(?:yr|im|ks|is|to|at|ps)\d)(?:[a-z]{1,2}\d{1,2}[a-z]? ?\d[abd-hjlnp-uw-z]{2}|(?!d[sd]\d)[a-z]{2}\d{1,2}[a-z]?)\b"
)
_YEARS_SEMICOLON_MONTHS = re.compile(r"(?<![\d;])(\d);(1[01]|\d)(?![\d;])")
"""As speech therapists write an age: 3;6."""
_FROM_RECEPTION = re.compile(r"(?<= )(?:reception|YEAR r|year r|yr r) (?:to|-|up to|through to|till) (?:YEAR|(?=\d))")
_OLDS = re.compile(r"\bold's\b")
"""Of somebody so old, "my 13 year old's phone": it is not the phone that is."""
_ND = re.compile(r"(?<= )(1\d|[13-9]) nd(?= )")
"""Typed for "and", where no ordinal ends so."""
_FOR = re.compile(
    r"(?<= )4 (?=(?:an? \d+|my|me|him|her|them|us|our|\d+ yr old|\d+ to \d+|teens|mums|dads|parents|families|someone|some1) )"
)
"""Typed for "for"."""
_HALF = re.compile(
    r"(?<= )(\d+)(?: ½| ?(?:and|an|n|&|,)?(?: an?)? half| and ½| 1 / 2)(?= (?!past|hour|term|price|day|brother|sister))"
)
_GOING_ON = re.compile(r"(?<= )(\d+) ,? ?(?:nearly|almost|going on|coming up) \d+(?= )")
_THREE_QUARTERS = re.compile(r"(?<= )(\d+)(?: and| n| &)? (?:3|three) quarters?(?= )")
_YEAR_AND_HALF = re.compile(
    r"(?<= )(an?|\d+) (yr|mo|wk|day|year) (?:(?:and|n|&) )?(?:an? )?half(?= (?!term|hour|price|brother|sister|day))"
)
_BARE_UNIT = re.compile(r"(?<= )(?:an?|one) (yr|year|month|week|day)s?(?= old )")
_SENTENCE_END = str.maketrans(
    {"\n": " . ", ";": " , ", "…": " . ", "’": "'", "‘": "'", "`": "'", "–": "-", "—": " - ", "“": '"', "”": '"'}
)


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """The plain form of a message, with a space before and after every token."""
    lowered = (
        _YEARS_SEMICOLON_MONTHS.sub(lambda found: f" {int(found[1]) + int(found[2]) / 12:.1f} years old ", text)
        .lower()
        .translate(_SENTENCE_END)
        .replace("...", " . ")
    )
    lowered = _PARTS_OF_A_YEAR.sub(lambda found: f" {found[1]} {'months' if found[2] == '12' else 'weeks'} ", lowered)
    lowered = _LONG.sub(" # ", _POSTCODE.sub(" # ", lowered))
    lowered = _YEARS_AND_MONTHS.sub(r"\1 yr \2 mo", lowered)
    lowered = _MONTHS.sub(lambda found: f"{found[1] or ''} {found[2] or found[3]} months", lowered)
    lowered = _OLDS.sub("old s", _YEARS_OLD.sub(" yr old", lowered))
    lowered = _GLUED_HYPHEN.sub(" ", _DIGITS_AROUND.sub(" to ", lowered))
    tokens = [_contraction(token) for token in _TOKEN.findall(lowered)]
    joined = f" {' '.join(_units(_numbers(tokens)))} "
    joined = _FROM_RECEPTION.sub("YEAR 0 to YEAR", joined)
    joined = _ND.sub(r"\1 and", _FOR.sub("for ", joined))
    joined = _BARE_UNIT.sub(lambda found: f"1 {_unit(found[1])}", joined)
    joined = _YEAR_AND_HALF.sub(lambda found: f"{found[1] if found[1].isdigit() else 1}.5 {_unit(found[2])}", joined)
    joined = _GOING_ON.sub(r"\1", joined)
    return _HALF.sub(r"\1.5", _THREE_QUARTERS.sub(r"\1.75", joined))


def _contraction(token: str) -> str:
    """ "he's" as people type it, hes; the contractions that would become another word keep their two halves."""
    if "'" not in token:
        return token
    return str(words("plain.yml")["contractions"].get(token) or token.replace("'", ""))


def _unit(token: str) -> str:
    return str(words("plain.yml")["unit"].get(token, token))


def _numbers(tokens: list[str]) -> list[str]:
    """Number words become digits ("twenty eight" 28); "one" only beside a word of age, for it mostly counts nothing."""
    table: dict[str, int] = words("plain.yml")["number"]
    ordinals: dict[str, int] = words("plain.yml")["ordinal"]
    units: dict[str, str] = words("plain.yml")["unit"]
    found: list[str] = []
    skip = False
    for at, token in enumerate(tokens):
        if skip:
            skip = False
            continue
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        value = table.get(token) or _misspelt_number(token)
        if token in ordinals and following in ("birthday", "bday"):
            found += [str(ordinals[token]), "th"]
        elif value is None and token[-1:] == "s" and 1 < table.get(token[:-1], 0) < 20:
            found += [str(table[token[:-1]]), "s"]  # "under fives"
        elif value is None:
            found.append(token)
        elif following in ("hundred", "thousand", "million"):
            found.append("#")
            skip = True
        elif value >= 20 and 0 < table.get(following, 99) < 10:
            found.append(str(value + table[following]))
            skip = True
        elif token != "one" or following in units or (tokens[at - 1] if at else "") in words("plain.yml")["before_one"]:
            found.append(str(value))
        else:
            found.append(token)
    return found


def _misspelt_number(token: str) -> int | None:
    """ "twelvve", "fourteeen": by the word that stands for it."""
    return words("plain.yml")["number"].get(right_word(token)) if len(token) > _SHORT and token.isalpha() else None


def _units(tokens: list[str]) -> list[str]:
    """Units after a number in one spelling, and `YEAR` for a school year before one."""
    data = words("plain.yml")
    unit: dict[str, str] = data["unit"]
    found: list[str] = []
    for at, token in enumerate(tokens):
        before = found[-1] if found else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        counted = before[:1].isdigit() or before == "½" or before == "half"
        if counted and token in unit:
            found.append(unit[token])
        elif counted and token in data["unit_if_old"] and after in data["old"]:
            found.append(data["unit_if_old"][token])
        elif counted and token in data["unit_and_old"]:
            found += [data["unit_and_old"][token], "old"]
        elif token in data["old"] and before in ("yr", "mo", "wk", "day", "year"):
            found.append("old")
        elif token in data["school_year"] and before not in data["not_a_school_year_after"] and _school_number(after):
            found.append("YEAR")
        elif before in ("yr", "mo", "wk", "day") and token == "of" and after == "age":
            found.append("old")
        else:
            found.append(token)
    return found


def _school_number(token: str) -> bool:
    return token.isdigit() and 1 <= int(token) <= 13
