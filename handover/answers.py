"""Whether what somebody answered is an answer to the step, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from directory.places import find_place
from handover.contact import find_email, find_phone, is_mobile
from handover.steps import SKIP, Kind, Step, answer_words
from handover.text import bare, tidy

Reason = Literal[
    "empty",  # nothing that can be read
    "too_long",  # more than the step's max_length
    "not_yes_or_no",
    "not_a_choice",
    "not_a_phone_or_email",  # no UK number that can be rung back, and no e-mail address
    "unknown_place",
    "date_of_birth",  # an age is enough, and a date of birth is never kept
]
REASONS: tuple[str, ...] = get_args(Reason)
"""Every reason for a refusal; each has its words in bot/domain."""


@dataclass(frozen=True)
class Accepted:
    """An answer; `value` is plain JSON.

    yes_no, choice: the id, or the words typed where the step allows words · text, ages: the words ·
    phone_or_email: {"by": "phone"|"text"|"email", "phone": str|None, "email": str|None, "words": as typed} ·
    place: {"words": as typed, "place": name, "locality": str|None} · an optional step passed over: None.
    """

    value: Any


@dataclass(frozen=True)
class Refused:
    """No answer: nothing of it is kept, and `reason` chooses the words that ask again."""

    reason: Reason


# 3/4/2019, 03-04-19, 3 April 2019, 2019-04-03; but 4/7/12 is three children.
_DATE = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d{2}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b"
    r"|\b(?:0\d[/.-]\d{1,2}|\d{1,2}[/.-]0\d)[/.-]\d{2}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? (?:19|20)?\d{2}\b",
    re.IGNORECASE,
)
_CALL = r"(?:call|ring|phone me|telephone me)"
_NOT = r"(?:don['’]?t|do not|never|not|no|can['’]?t|cannot)"
_NO_CALL = re.compile(rf"\b{_NOT}\s+(?:\w+\s+){{0,2}}?{_CALL}", re.IGNORECASE)
_CALL_ME = re.compile(rf"\b{_CALL}\b", re.IGNORECASE)
_TEXT_ME = re.compile(r"\b(?:text|txt|sms|whatsapp)\b", re.IGNORECASE)
_EMAIL_ME = re.compile(r"\be-?mail\b", re.IGNORECASE)


def check_answer(step: Step, text_or_choice: str) -> Accepted | Refused:
    """What `step` keeps of a typed answer or the id of a choice; never raises for what somebody typed."""
    answer = tidy(text_or_choice)
    if step.optional and (answer == SKIP or bare(answer) in answer_words("skip")):
        return Accepted(None)
    if not any(character.isalnum() for character in answer):
        return Refused("empty")
    if step.max_length and len(answer) > step.max_length:
        return Refused("too_long")
    return _CHECKS[step.kind](step, answer)


def _yes_no(_step: Step, answer: str) -> Accepted | Refused:
    for meaning in ("yes", "no"):
        if bare(answer) in answer_words(meaning):
            return Accepted(meaning)
    return Refused("not_yes_or_no")


def _choice(step: Step, answer: str) -> Accepted | Refused:
    if answer in step.choices:
        return Accepted(answer)
    # "May we leave a message? Say who we are?": a lone yes or no could mean either, and a guess could hurt somebody.
    lone = bare(answer) in answer_words("yes") | answer_words("no") | answer_words("skip")
    return Accepted(answer) if step.free_text and not lone else Refused("not_a_choice")


def _text(_step: Step, answer: str) -> Accepted | Refused:
    return Accepted(answer)


def _phone_or_email(step: Step, answer: str) -> Accepted | Refused:
    phone, email = find_phone(answer), find_email(answer)
    if not phone and not email:
        return Refused("not_a_phone_or_email")
    return Accepted({"by": _way(step, answer, phone, email), "phone": phone, "email": email, "words": answer})


def _way(step: Step, answer: str, phone: str | None, email: str | None) -> str:
    if not phone or (email and _EMAIL_ME.search(answer.replace(email, ""))):
        return "email"
    if not is_mobile(phone):
        return "phone"
    # A ringing telephone can be heard by others: where both are named, or neither call was wanted, we text.
    calls = bool(_CALL_ME.search(_NO_CALL.sub("", answer)))
    texts = bool(_TEXT_ME.search(answer) or _NO_CALL.search(answer))
    return "text" if texts or (step.text_first and not calls) else "phone"


def _place(_step: Step, answer: str) -> Accepted | Refused:
    point = find_place(answer)
    if point is None:
        return Refused("unknown_place")
    return Accepted({"words": answer, "place": point.name, "locality": point.locality})


def _ages(_step: Step, answer: str) -> Accepted | Refused:
    return Refused("date_of_birth") if _DATE.search(answer) else Accepted(answer)


_CHECKS: dict[Kind, Callable[[Step, str], Accepted | Refused]] = {
    "yes_no": _yes_no,
    "choice": _choice,
    "text": _text,
    "phone_or_email": _phone_or_email,
    "place": _place,
    "ages": _ages,
}
