import numpy as np
import pytest

from directory.linear import LinearHead
from directory.needs import needs
from directory.needs_head import NeedsHead, needs_head
from directory.neighbours import NEAREST, Neighbours, fit_neighbours

CODES = tuple(needs())
HOUSING, FOOD = CODES.index("home.housing"), CODES.index("money.food")
WIDTH = 4


@pytest.fixture
def head() -> NeedsHead:
    """Knows nothing by itself; half of its messages lie along the first axis and are of housing, half along the second, of food."""
    books = np.zeros((1, 256, WIDTH), np.float16)
    books[0, 0, 0] = books[0, 1, 1] = 1
    pieces = np.array([[n % 2] for n in range(4 * NEAREST)], np.uint8)
    about = np.zeros((len(pieces), len(CODES) + 1), bool)
    about[::2, HOUSING] = about[1::2, FOOD] = True
    neighbours = Neighbours(books, pieces, about)
    linear = LinearHead(np.zeros((len(CODES) + 1, WIDTH), np.float32), np.full(len(CODES) + 1, -9, np.float32))
    return NeedsHead("some", CODES, linear, neighbours, (1.0, 0.0), 0.4, 0.3)


def test_a_message_is_about_what_the_messages_nearest_to_it_are_about(head):
    said = head.confidences(np.eye(2, WIDTH, dtype=np.float32))
    assert said[0].argmax() == HOUSING and said[1].argmax() == FOOD
    assert said[0, HOUSING] == pytest.approx(0.5, abs=0.01) and said[0, FOOD] < 0.01


def test_a_message_like_those_without_a_need_is_said_to_hold_none(head):
    labels = np.zeros_like(head.neighbours.labels)
    labels[::2, HOUSING] = labels[1::2, -1] = True
    books, codes = head.neighbours.codebooks, head.neighbours.codes
    other = NeedsHead(**{**vars(head), "neighbours": Neighbours(books, codes, labels)})
    _, none = other.hear(np.eye(2, WIDTH, dtype=np.float32))
    assert none[0] < 0.01 and none[1] == pytest.approx(0.5, abs=0.01)


def test_calibration_keeps_the_order_and_moves_the_confidence(head):
    surer = NeedsHead(**{**vars(head), "calibration": (1.0, 2.0)})
    one = np.eye(1, WIDTH, dtype=np.float32)
    assert surer.confidences(one)[0, HOUSING] > head.confidences(one)[0, HOUSING]
    assert (surer.confidences(one).argsort() == head.confidences(one).argsort()).all()


def test_a_head_is_kept_whole_and_is_of_one_encoder(head, tmp_path):
    file = tmp_path / "head.npz"
    head.save(file)
    again = needs_head("some", file)
    vectors = np.random.default_rng(1).normal(size=(5, WIDTH)).astype(np.float32)
    assert np.allclose(again.confidences(vectors), head.confidences(vectors), atol=1e-3)
    assert (again.threshold, again.no_need_from) == (0.4, 0.3) and needs_head("another", file) is None


def test_without_a_head_there_is_none(tmp_path):
    assert needs_head("some", tmp_path / "none.npz") is None


@pytest.mark.filterwarnings("ignore")  # faiss speaks of few training points
def test_coded_vectors_are_near_to_what_they_were():
    vectors = np.random.default_rng(2).normal(size=(600, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = fit_neighbours(vectors, np.ones((600, 1), np.float32))
    assert float((kept.vectors * vectors).sum(axis=1).min()) > 0.9
    again = Neighbours.from_arrays(kept.as_arrays())
    assert np.allclose(again.shares(vectors[:3]), 1)
