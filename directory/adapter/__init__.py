"""Adapting the encoder to families' words: the examples, and the training (`python -m directory.adapter.train`)."""
