"""What a message means: plain Python, without Rasa; `understand.py` is the way in."""
