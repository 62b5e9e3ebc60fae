"""Measuring understanding and safety on voices that nothing was learnt from (`signpost evaluate`)."""
