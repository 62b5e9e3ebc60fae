import io

import pytest

from directory.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("patience", "seen"), [(0.0, True), (60.0, False)])
def test_a_bar_is_shown_only_for_what_takes_long(monkeypatch, patience, seen):
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("reading services", patience) as tell:
        tell(1, 10)
        tell(2, None)
    assert ("reading services" in screen.getvalue()) is seen


def test_where_nobody_watches_nothing_is_written(monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    with progress_bar("reading services", 0.0) as tell:
        tell(1, 10)
    assert screen.getvalue() == ""
