"""The hazard log is true of the tree: every test it names is there, and every rating follows from its table."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOG = (ROOT / "docs" / "hazard-log.md").read_text(encoding="utf-8")
HEAD, *SECTIONS = re.split(r"(?m)^## ", LOG)
HAZARDS = {section.split("\n", 1)[0]: section for section in SECTIONS}
PARTS = ("Effect: ", "Causes: ", "Risk before: ", "Residual risk: ", "What is left: ")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def matrix() -> dict[tuple[str, str], int]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in HEAD.splitlines() if line.startswith("|")]
    severities = rows[0][1:]
    return {(sev, row[0]): int(risk) for row in rows[2:] for sev, risk in zip(severities, row[1:], strict=True)}


@cache
def names_in(file: str) -> set[str]:
    return {
        node.name for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


def test_the_hazards_are_numbered_and_say_all_that_is_asked_of_one() -> None:
    assert [title.split(" ")[0] for title in HAZARDS] == [f"H{n}" for n in range(1, len(HAZARDS) + 1)]
    missing = [(title, part) for title, text in HAZARDS.items() for part in PARTS if text.count(f"\n{part}") != 1]
    assert not missing


@pytest.mark.parametrize("title", HAZARDS)
def test_every_control_names_the_test_that_proves_it_and_the_test_is_there(title: str) -> None:
    controls = [line for line in HAZARDS[title].splitlines() if line.startswith("- ")]
    assert controls
    for control in controls:
        named = NAMED.findall(control)
        assert named, f"No test proves: {control}"
        for file, name in named:
            assert (ROOT / file).is_file(), file
            assert name in names_in(file), f"{file} has no {name}"


@pytest.mark.parametrize("title", HAZARDS)
def test_every_rating_follows_from_the_table(title: str) -> None:
    risks = re.findall(r"(?m)^(?:Risk before|Residual risk): (\w+), ([\w ]+) = (\d)$", HAZARDS[title])
    assert len(risks) == 2
    for severity, likelihood, rating in risks:
        assert matrix()[severity, likelihood] == int(rating), (severity, likelihood)
    (_, _, before), (_, _, after) = risks
    assert int(after) < int(before), "a hazard whose controls change nothing has none"


def test_what_may_not_go_live_is_said_to_be_open() -> None:
    for title, text in HAZARDS.items():
        if int(re.findall(r"Residual risk: .* = (\d)", text)[0]) >= 4:
            assert text.rstrip().endswith("Open."), title
