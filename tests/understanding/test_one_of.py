"""One of several names, from the vector, the words and the letters together."""

import numpy as np

from bot.understanding.one_of import OneOf, fit_one_of

TEXTS = ["thanks love", "ta very much", "bye now", "see you later"] * 5
NAMES = ["thanks", "thanks", "goodbye", "goodbye"] * 5
VECTORS = np.eye(4, 6, dtype=np.float32)[[0, 1, 2, 3] * 5]
UNKNOWN = np.eye(1, 6, 5, dtype=np.float32)[0]


def test_the_likeliest_comes_first_and_the_shares_are_one():
    ranked = fit_one_of(TEXTS, VECTORS, NAMES).ranked("thanks so much", VECTORS[0])
    assert ranked[0][0] == "thanks" and abs(sum(share for _, share in ranked) - 1) < 1e-5


def test_words_speak_where_the_vector_says_nothing():
    head = fit_one_of(TEXTS, VECTORS, NAMES)
    assert head.ranked("ta", UNKNOWN)[0][0] == "thanks" and head.ranked("bye bye", UNKNOWN)[0][0] == "goodbye"


def test_it_comes_back_from_its_file(tmp_path):
    head = fit_one_of(TEXTS, VECTORS, NAMES)
    head.save(tmp_path / "new" / "head.npz")
    again = OneOf.load(tmp_path / "new" / "head.npz")
    assert np.allclose(again.shares("see you", UNKNOWN), head.shares("see you", UNKNOWN), atol=1e-3)
