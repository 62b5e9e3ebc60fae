"""The words and letters of a text: as cells, and as a classifier that takes a byte a weight."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from directory.lexical import BITS, LexicalHead, cells_in, forget_words, letter_cells, word_cells, words_in
from directory.views_fit import NEVER, each_label, fit_lexical, one_of

TEXTS = ["no food in", "the cupboards are bare", "rent is due", "they want us out of the house"] * 6
FOOD = np.array([[1], [1], [0], [0]] * 6, np.float32)


@given(st.text())
def test_any_text_has_cells(text):
    said = words_in(text)
    for cells in (word_cells(said), letter_cells(said)):
        assert len(set(cells)) == len(cells) and all(0 <= cell < 1 << BITS for cell in cells)


def test_words_are_as_typed_but_for_capitals_and_apostrophes():
    assert words_in("She WON’T eat owt, 4yo!") == ["she", "won't", "eat", "owt", "4yo"]


def test_a_misspelt_word_shares_letters_with_the_right_one():
    right, wrong, other = (set(letter_cells([word])) for word in ("nursery", "nursry", "mortgage"))
    assert len(right & wrong) > 3 and not right & other


def test_what_was_learned_of_words_is_said_of_new_texts():
    head = fit_lexical([word_cells(words_in(text)) for text in TEXTS], each_label(FOOD))
    odds = [float(head.log_odds(word_cells(words_in(text)))[0]) for text in ("any food", "the rent is late")]
    assert odds[0] > 0 > odds[1]
    assert head.weights.dtype == np.int8


def test_a_text_of_unknown_words_says_what_is_usual():
    head = fit_lexical([word_cells(words_in(text)) for text in TEXTS], each_label(FOOD))
    assert np.array_equal(head.log_odds(word_cells([])), head.bias)


def test_a_name_that_no_text_has_is_never_said():
    weights, bias = one_of(["a", "b"] * 4, ["a", "b", "c"])(np.eye(8), 1.0)
    assert bias[2] == NEVER and not weights[2].any()


def test_a_head_comes_back_from_its_arrays():
    head = fit_lexical([word_cells(words_in(text)) for text in TEXTS], each_label(FOOD))
    again = LexicalHead.from_arrays(head.as_arrays("words"), "words")
    cells = word_cells(words_in("food and rent"))
    assert np.allclose(again.log_odds(cells), head.log_odds(cells), atol=1e-3)


def test_nothing_of_a_text_is_kept_once_it_is_to_be_forgotten():
    cells_in("my fictional sentence")
    forget_words()
    assert cells_in.cache_info().currsize == 0
