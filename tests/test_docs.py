"""What the documents promise is there."""

import re
from pathlib import Path

from bot.cli import COMMANDS

ROOT = Path(__file__).parents[1]
INTERNAL = {"SIGNPOST_SERVING"}  # set by a process of ours for itself


def test_every_setting_is_documented() -> None:
    used = set()
    for package in ("bot", "actions", "directory", "handover", "web_widget"):
        for file in (ROOT / package).rglob("*.py"):
            used |= set(re.findall(r"\b(?:SIGNPOST_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b", file.read_text(encoding="utf-8")))
    missing = (
        used - INTERNAL - set(re.findall(r"`(SIGNPOST_[A-Z_]+|DATABASE_URL)`", (ROOT / "docs" / "operating.md").read_text()))
    )
    assert {name for name in missing if not name.endswith("_")} == set(), "Add them to docs/operating.md"


def test_every_path_the_readme_names_exists() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:bot|actions|directory|handover|nlu_data|web_widget|docs|tests|bench)/[\w/.-]+)`", text)
    named += re.findall(r"\]\(([^)h][^)]*)\)", text)
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_every_command_the_documents_name_exists() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {
        name for page in pages for name in re.findall(r"`(?:\.venv/bin/)?signpost ([a-z-]+)", page.read_text(encoding="utf-8"))
    }
    assert named <= set(COMMANDS)
