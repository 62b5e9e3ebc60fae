"""Layer two: the classifier, its shipped weights and its training."""

import hashlib

import numpy as np
import pytest

from bot.understanding.risk import classifier, examples
from bot.understanding.risk import fit as training
from bot.understanding.risk.kinds import kinds

RISKS = {
    "suicide": ["i want to be dead {}", "she wrote goodbye to all {}"],
    "child_abuse": ["dad hits me {}", "marks on her back {}"],
    "missing": ["he never came home {}", "her bed is empty {}"],
}
CALM = ["what time is the group {}", "my feet are killing me {}", "is there a club {}", "he hates peas {}"]
FILLERS = [
    "today",
    "at school",
    "please",
    "again love",
    "for my nan",
    "since spring",
    "you know",
    "round here",
    "on Monday",
    "and so on",
]


class Hashed:
    """An encoder whose vectors depend on the words only."""

    def encode(self, texts):
        def of(word):
            return np.random.default_rng(int(hashlib.sha1(word.encode()).hexdigest()[:8], 16)).normal(size=32)

        rows = np.array([sum(of(word) for word in text.lower().split()) for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_shipped_head_knows_every_kind_and_no_other():
    assert set(classifier.risk_head().kinds) == set(kinds())


def test_the_shipped_thresholds_ask_before_they_alarm():
    thresholds = classifier.thresholds()
    assert 0 < thresholds.check < thresholds.crisis < 1


def test_the_shipped_thresholds_carry_their_measured_trade_off():
    assert "recall" in classifier.THRESHOLDS.read_text(encoding="utf-8")


def test_a_missing_head_is_none(monkeypatch, tmp_path):
    monkeypatch.setattr(classifier, "HEAD", tmp_path / "gone.npz")
    classifier.risk_head.cache_clear()
    assert classifier.risk_head() is None
    classifier.risk_head.cache_clear()


@pytest.fixture
def fitted(monkeypatch, tmp_path):
    rows = [f"{t.format(f)}\t{kind}" for kind, texts in RISKS.items() for t in texts for f in FILLERS]
    (tmp_path / "risk.tsv").write_text("\n".join(rows))
    (tmp_path / "norisk.tsv").write_text("\n".join(f"{t.format(f)}\tidiom" for t in CALM for f in FILLERS))
    (tmp_path / "needs.tsv").write_text("")
    (tmp_path / "needs").mkdir()
    monkeypatch.setattr(examples, "MESSAGES", tmp_path)
    monkeypatch.setattr(examples, "DEV", tmp_path)
    measured = training.fit(Hashed(), tmp_path / "head.npz", tmp_path / "thresholds.yml")
    monkeypatch.setattr(classifier, "HEAD", tmp_path / "head.npz")
    classifier.risk_head.cache_clear()
    yield classifier.risk_head(), measured, tmp_path
    classifier.risk_head.cache_clear()


@pytest.mark.filterwarnings("ignore")
def test_training_writes_a_head_that_tells_danger_from_its_likeness(fitted):
    head, measured, folder = fitted
    danger, calm = "dad hits me round here", "what time is the group round here"
    judged = head.judged(danger.split(), [danger.split()], Hashed().encode([danger])[0], [])
    assert judged.probability > 0.5 > head.judged(calm.split(), [calm.split()], Hashed().encode([calm])[0], []).probability
    assert max(judged.kinds, key=judged.kinds.get) == "child_abuse"
    assert measured["measured"][0]["recall"] > 0.5
    assert "check:" in (folder / "thresholds.yml").read_text()
