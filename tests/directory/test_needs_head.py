import numpy as np
import pytest

from directory.lexical import BITS, LexicalHead
from directory.linear import LinearHead
from directory.needs import needs
from directory.needs_head import NeedsHead, needs_head
from directory.neighbours import NEAREST, Neighbours, fit_neighbours
from directory.views import Views

CODES = tuple(needs())
LABELS = len(CODES) + 1
HOUSING, FOOD = CODES.index("home.housing"), CODES.index("money.food")
WIDTH = 4
ALONG = np.eye(2, WIDTH, dtype=np.float32)
NEIGHBOURS_ALONE = np.array([0, 1, 0, 0, 0], np.float32)


@pytest.fixture
def head() -> NeedsHead:
    """Hears by its neighbours alone; half of its messages lie along the first axis and are of housing, half along the second, of food."""
    books = np.zeros((1, 256, WIDTH), np.float16)
    books[0, 0, 0] = books[0, 1, 1] = 1
    pieces = np.array([[n % 2] for n in range(4 * NEAREST)], np.uint8)
    about = np.zeros((len(pieces), LABELS), bool)
    about[::2, HOUSING] = about[1::2, FOOD] = True
    neighbours = Neighbours(np.eye(WIDTH, dtype=np.float16), books, pieces, about)
    nothing = LexicalHead.of(np.zeros(1 << BITS, np.float32), np.zeros((LABELS, 1 << BITS), np.float32), np.zeros(LABELS))
    of_vector = LinearHead(np.zeros((LABELS, WIDTH), np.float32), np.zeros(LABELS, np.float32))
    return NeedsHead("some", CODES, Views(of_vector, neighbours, nothing, nothing), NEIGHBOURS_ALONE, 0.4, 0.3)


def test_a_message_is_about_what_the_messages_nearest_to_it_are_about(head):
    said, _ = head.hear(["a", "b"], ALONG)
    assert said[0].argmax() == HOUSING and said[1].argmax() == FOOD
    assert said[0, HOUSING] > 0.99 and said[0, FOOD] < 0.01


def test_a_message_like_those_without_a_need_is_said_to_hold_none(head):
    kept = head.views.neighbours
    labels = np.zeros_like(kept.labels)
    labels[::2, HOUSING] = labels[1::2, -1] = True
    views = Views(**{**vars(head.views), "neighbours": Neighbours(kept.axes, kept.codebooks, kept.codes, labels)})
    _, none = NeedsHead(**{**vars(head), "views": views}).hear(["a", "b"], ALONG)
    assert none[0] < 0.01 and none[1] > 0.99


def test_the_words_of_a_message_are_heard_beside_its_vector(head):
    weights = np.zeros((LABELS, 1 << BITS), np.float32)
    weights[FOOD] = 5
    words = LexicalHead.of(np.ones(1 << BITS, np.float32), weights, np.zeros(LABELS))
    views = Views(**{**vars(head.views), "words": words})
    judge = np.array([0, 0, 1, 0, 0], np.float32)
    said, _ = NeedsHead(**{**vars(head), "views": views, "judge": judge}).hear(["hungry"], ALONG[:1])
    assert said[0].argmax() == FOOD and said[0, FOOD] > 0.9


def test_a_head_is_kept_whole_and_is_of_one_encoder(head, tmp_path):
    file = tmp_path / "head.npz"
    head.save(file)
    again = needs_head("some", file)
    vectors = np.random.default_rng(1).normal(size=(5, WIDTH)).astype(np.float32)
    assert np.allclose(again.hear(["word"] * 5, vectors)[0], head.hear(["word"] * 5, vectors)[0], atol=1e-3)
    assert (again.threshold, again.no_need_from) == (0.4, 0.3) and needs_head("another", file) is None


def test_without_a_head_there_is_none(tmp_path):
    assert needs_head("some", tmp_path / "none.npz") is None


@pytest.mark.filterwarnings("ignore")  # faiss speaks of few training points
def test_coded_vectors_are_near_to_what_they_were():
    vectors = np.random.default_rng(2).normal(size=(600, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = fit_neighbours(vectors, np.ones((600, 1), np.float32))
    along = vectors @ kept.axes.astype(np.float32)
    assert float((kept.vectors * along).sum(axis=1).min()) > 0.9
    again = Neighbours.from_arrays(kept.as_arrays())
    assert np.allclose(again.shares(vectors[:3]), 1)
