"""Danger in a message: seen in layers, each able to raise and none able to silence another."""

from bot.understanding.risk.combine import look_for_risk
from bot.understanding.risk.kinds import Risk, kinds, same_people

__all__ = ["Risk", "kinds", "look_for_risk", "same_people"]
