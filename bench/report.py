"""The table of measurements, printed and kept in docs/benchmarks.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


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


def write(page: Path, machine: str, rows: list[Row], intents: str) -> None:
    """Print the table, and replace the measured part of `page` with it."""
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
    print(table)
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
