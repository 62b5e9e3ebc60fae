"""Numbers that are corrected in the same breath: "he's 13, no hang on, 14"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.rules import expanded, macros


def without_slips(plain: str) -> str:
    """The plain form of a message in which each number that is corrected at once is already the right one.

    >>> without_slips(" hes 13 no hang on 14 , his birthday was last week ")
    ' hes 14 , his birthday was last week '
    """
    return _slip().sub(_right, plain)


def _right(found: re.Match[str]) -> str:
    turned = "turned " if " turned " in found[0] else ""  # "6, sorry, she turned 7 on Sunday": it is not to come
    return f"{turned}{found['right']}{found['right_unit'] or found['unit']}"


@lru_cache(maxsize=1)
def _slip() -> re.Pattern[str]:
    return re.compile(expanded("(?<= ){slip}(?= )", macros("ages.yml")))
