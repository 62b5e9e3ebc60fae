"""All that the conversation is told of one message: what was understood, and how it steers or corrects what went before."""

from __future__ import annotations

from typing import Any

from bot.understanding.asked import asked_of
from bot.understanding.beyond import beyond_of
from bot.understanding.correction import hear_correction
from bot.understanding.risk.conversation import tells_of_low_mood
from bot.understanding.steering import steer
from bot.understanding.understand import Understander, Understood


def heard_in(understood: Understood, understander: Understander) -> dict[str, Any]:
    """The object of `signpost understand` without its intent, with seven keys more.

    `read` whether the encoder could be asked · `low` whether it sounds sad · `audience_told` whether who writes was told or
    guessed · `steering` as
    `steering.Steering.as_dict` · `correction` as `correction.hear_correction`, or None ·
    `asked` the topic of a question about early help (`asked.asked_of`), or None: it means something with an intent that asks ·
    `beyond` the topic of what is out of scope (`beyond.beyond_of`), or None.
    """
    details = understood.details
    return {
        **understood.as_dict(),
        "read": understood.vector is not None,
        "low": tells_of_low_mood(understood.text),
        "audience_told": details.audience_told,
        "steering": steer(understood.text, details.place).as_dict(),
        "correction": hear_correction(understood.text, understander.understand),
        "asked": asked_of(understood.text, understood.vector),
        "beyond": beyond_of(understood.text, understood.vector),
    }
