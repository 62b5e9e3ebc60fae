"""What a message means: plain Python, without Rasa; `understand.py` is the way in."""

from directory.lean import without_heavy_imports

without_heavy_imports()  # spaCy would load torch only to ask which version it is
