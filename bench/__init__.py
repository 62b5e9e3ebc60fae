"""Measuring Signpost against the bot that `rasa init` makes, in one run on one machine."""
