"""The table of measurements, printed and kept in docs/benchmarks.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PAGE = Path("docs/benchmarks.md")


@dataclass(frozen=True)
class Row:
    """One measurement: ours, theirs (None where there is nothing to compare), and what must be reached."""

    name: str
    ours: float
    theirs: float | None
    limit: float

    @property
    def figure(self) -> float:
        """What is held against the limit: the ratio, or our own number."""
        return self.ours / self.theirs if self.theirs else self.ours

    def line(self) -> str:
        """The row in Markdown."""
        theirs = f"{self.theirs:.1f}" if self.theirs else ""
        verdict = "reached" if self.figure <= self.limit else "**missed**"
        return f"| {self.name} | {self.ours:.1f} | {theirs} | {self.figure:.2f} | ≤ {self.limit:g} | {verdict} |"


def write(machine: str, rows: list[Row], intents: str) -> None:
    """Print the table of the whole product against the other bot, and keep it."""
    table = "\n".join(
        [
            machine,
            "",
            "| what | Signpost | `rasa init` | ratio | must reach | |",
            "|---|---|---|---|---|---|",
            *(row.line() for row in rows),
            "",
            intents,
        ]
    )
    keep("measured", table)


def keep(name: str, table: str) -> None:
    """Print a table, and put it in the place of the last one of this name in docs/benchmarks.md."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    print(table)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    PAGE.write_text(f"{before.rstrip()}\n\n{begin}\n{table}\n{end}\n{after.lstrip()}", encoding="utf-8")
