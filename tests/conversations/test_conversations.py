"""Rasa's own tests of the data and the conversations: nothing invalid, no prediction other than written."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RASA = [sys.executable, "-W", "ignore", "-m", "rasa"]
# Intents that no words mean: a component sets them, or a choice carries them.
NOT_LEARNT = (
    "danger", "danger_check", "nlu_fallback", "start", "answer", "set_audience", "show_need", "show_service", "change", "changed",
    "continue_request",
)  # fmt: skip
EXPECTED = (
    "is not used in any story or rule",
    "pkg_resources is deprecated",
    *(f"The intent '{intent}' is listed in the domain file, but is not found in the NLU training data" for intent in NOT_LEARNT),
    *(f"The entity '{entity}' is listed in the domain file" for entity in ("audience", "need", "value")),
)
QUIET = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "HF_HUB_OFFLINE": "1"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def trained() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    subprocess.run([sys.executable, "-m", "bot.cli", "train"], cwd=ROOT, check=True, timeout=400, env=environment)


def test_the_training_data_is_valid() -> None:
    command = [
        *RASA,
        "data",
        "validate",
        "--domain",
        "bot/domain",
        "--data",
        "nlu_data/nlu",
        "nlu_data/rules",
        "--config",
        "config.yml",
    ]
    done = subprocess.run(command, cwd=ROOT, env=QUIET, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    # Which responses are said is tested in tests/test_words.py: Rasa does not see what actions say.
    warned = [line for line in re.findall(r"UserWarning: (.*)", said) if not any(known in line for known in EXPECTED)]
    assert not warned


def test_no_conversation_goes_otherwise_than_written(tmp_path) -> None:
    command = [
        *RASA, "test", "core", "--model", "var/models/signpost.tar.gz", "--stories", "tests/conversations/test_stories.yml",
        "--e2e", "--fail-on-prediction-errors", "--no-plot", "--out", str(tmp_path),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=QUIET, capture_output=True, text=True)
    failed = tmp_path / "failed_test_stories.yml"
    assert done.returncode == 0, failed.read_text() if failed.exists() else (done.stdout + done.stderr)[-3000:]
    report = json.loads((tmp_path / "story_report.json").read_text())
    assert report["conversation_accuracy"]["accuracy"] == 1.0
