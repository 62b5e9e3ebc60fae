"""Thin Rasa graph components and servers around bot/understanding: the only place that imports Rasa."""
