"""The early help request as a conversation: which question comes next, and which lines can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handover.answers import REASONS, Accepted, Refused, check_answer
from handover.steps import AUDIENCES, SKIP, Step, all_steps

__all__ = [
    "AUDIENCES", "REASONS", "SKIP", "Accepted", "Line", "Refused", "Step", "change_line", "changeable_lines",
    "check_answer", "is_ready", "next_step", "steps_for", "stopped_at",
]  # fmt: skip

Answers = Mapping[str, Any]
"""Step key → the value check_answer accepted (None: passed over). Plain JSON, so a slot can hold it."""


@dataclass(frozen=True)
class Line:
    """One line of the read-back that can be changed."""

    key: str
    value: Any
    """As check_answer accepted it; None where it was passed over."""
    words: str | None
    """The answer as it is read back; None where it is a choice (its label is in bot/domain) or was passed over."""


def steps_for(audience: str | None) -> list[Step]:
    """The steps of `audience`, in order; an audience we do not know is asked as `other`."""
    return list(all_steps(audience))


def next_step(audience: str | None, answers: Answers) -> Step | None:
    """The step to ask now; None when all are settled or one has stopped the form (see `stopped_at`)."""
    if stopped_at(audience, answers):
        return None
    asked = (step for step in all_steps(audience) if _is_asked(step, answers))
    return next((step for step in asked if not _is_settled(step, answers)), None)


def stopped_at(audience: str | None, answers: Answers) -> Step | None:
    """The step whose answer ends the form with nothing sent (no consent, `stop` at the read-back), or None."""
    steps = (step for step in all_steps(audience) if step.stops_on is not None)
    return next((step for step in steps if answers.get(step.key) == step.stops_on), None)


def is_ready(audience: str | None, answers: Answers) -> bool:
    """Whether everything is answered and the family said Send."""
    return stopped_at(audience, answers) is None and next_step(audience, answers) is None


def changeable_lines(answers: Answers) -> list[Line]:
    """The answers given so far that can be changed, in the form's order; the story is changed in its own way."""
    given = (step for step in _every_step() if step.key in answers and not step.controls)
    return [Line(step.key, answers[step.key], _words(step, answers[step.key])) for step in given]


def change_line(answers: Answers, key: str) -> dict[str, Any]:
    """`answers` without the line `key`, what hangs on it and the read-back, so that next_step asks them again."""
    hanging = {step.key for step in _every_step() if step.asked_if == key}
    return {kept: value for kept, value in answers.items() if kept not in {key, "read_back"} | hanging}


def _is_asked(step: Step, answers: Answers) -> bool:
    return step.asked_if is None or answers.get(step.asked_if) is not None


def _is_settled(step: Step, answers: Answers) -> bool:
    if step.settled_by is not None:
        return answers.get(step.key) == step.settled_by
    return step.key in answers and (step.optional or answers[step.key] is not None)


def _words(step: Step, value: Any) -> str | None:
    if value is None or value in step.choices:
        return None
    return str(value["words"]) if isinstance(value, dict) else str(value)


def _every_step() -> tuple[Step, ...]:
    """Every step there is, in order: the practitioner's form is the others' and more."""
    return all_steps("practitioner")
