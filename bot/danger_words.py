"""The words said in danger, all of them in one place for whoever approves them, and a mark that changes with any of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from directory.files import read_yaml

ROOT = Path(__file__).parents[1]
DOMAIN = ROOT / "bot" / "domain"
IN_DANGER = DOMAIN / "danger.yml"
GATEWAY = ROOT / "web_widget" / "problems.yml"
UNANSWERED = "danger-unavailable"
"""What the gateway says by itself where danger was told and nothing behind it answers."""


def words_in_danger() -> dict[str, Any]:
    """Name → what is said: every response of danger.yml, what other responses become after danger, and the gateway's words.

    The lines in other languages are approved one by one where they stand, in directory/data/languages.yml.
    """
    said: dict[str, Any] = {}
    for file in sorted(DOMAIN.glob("*.yml")):
        for name, variants in (read_yaml(file).get("responses") or {}).items():
            if meant := [it for it in variants if file == IN_DANGER or _after_danger(it)]:
                said[name] = [{key: it[key] for key in ("text", "buttons") if key in it} for it in meant]
    return said | {UNANSWERED: read_yaml(GATEWAY)[UNANSWERED]}


def fingerprint() -> str:
    """Twelve characters that change with any of these words: what a council's approval names, so that it is of these."""
    whole = json.dumps(words_in_danger(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _after_danger(variant: dict[str, Any]) -> bool:
    return any(it["name"] == "after_danger" for it in variant.get("condition") or ())
