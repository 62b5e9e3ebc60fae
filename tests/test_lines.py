"""Lines of a stream are worked on as they come, many at once where many are there."""

import os
import threading
from pathlib import Path

from bot.lines import AT_ONCE, worked_on


def test_every_line_is_answered_in_its_place(tmp_path):
    lines = [f"line {n}" for n in range(3 * AT_ONCE + 5)] + [""]
    file = tmp_path / "lines.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sizes = []

    def work(texts):
        sizes.append(len(texts))
        return [text.upper() for text in texts]

    with file.open(encoding="utf-8") as stream:
        assert list(worked_on(stream, work)) == [line.upper() for line in lines]
    assert max(sizes) <= AT_ONCE


def test_nothing_in_nothing_out():
    with Path(os.devnull).open(encoding="utf-8") as stream:
        assert list(worked_on(stream, list)) == []


def test_who_sends_one_line_is_answered_before_sending_the_next():
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stream, os.fdopen(writing, "w", encoding="utf-8", buffering=1) as typed:
        answers = worked_on(stream, list)
        for said in ("hello", "is anybody there"):
            typed.write(said + "\n")
            got = []
            asking = threading.Thread(target=lambda into=got: into.append(next(answers)), daemon=True)
            asking.start()
            asking.join(20)
            assert got == [said]
        typed.close()
        assert list(answers) == []
