"""Whose need it is: what a child needs and what a grown-up needs in the same trouble are two needs."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.memory import Memory
from bot.understanding.rules import words

OWN_NEED = {"mind.parent": "mind.child", "substances.parent": "substances.young_person"}
"""A grown-up's own need → a child's or young person's in the same trouble."""
_GROWN_UPS = {child: grown_up for grown_up, child in OWN_NEED.items()}
_PARENT = re.compile(
    r"\b(?:my|his|her|our|their) (?:step ?)?(?:mum|mam|mom|mummy|ma|dad|daddy|da|parent|nan|nana|carer)s?\b", re.IGNORECASE
)
_CHILDREN = frozenset(words("people.yml")["child"])
_ANY_CHILD = frozenset({None, "child", "boy", "girl", "lad", "lass", "little one"})
"""Names that may be the same child as any other."""


def own(code: str | None, audience: str | None, said: str = "") -> str | None:
    """The need as whoever asks has it: what a young person tells of themself is never a parent's.

    What they say of a parent ("my mum drinks") is that parent's.
    """
    of_themself = audience == "young_person" and not _PARENT.search(said)
    return OWN_NEED.get(code or "", code) if of_themself else code


def may_be_a_child(whom: str | None) -> bool:
    """Whether an age could be asked of them: of a child, or where it was not said whom it is for."""
    return whom is None or whom in _CHILDREN


def for_whom(memory: Memory, whom: str | None) -> Memory:
    """The memory once it is said whom it is for: their needs, and no age that was somebody else's.

    A parent who asks for themself is helped with their own need; the age of the child says nothing of them.
    """
    if whom is None or whom == memory.whom:
        return memory
    child = whom in _CHILDREN or (whom == "me" and memory.audience == "young_person")
    table = OWN_NEED if child else _GROWN_UPS
    needs = tuple({**need, "code": table.get(need["code"], need["code"])} for need in memory.needs)
    somebody_else = memory.whom not in _ANY_CHILD and whom not in _ANY_CHILD
    ages = memory.ages if child and not somebody_else else ()
    return replace(memory, whom=whom, needs=needs, ages=ages)
