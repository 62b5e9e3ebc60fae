"""The labelled texts nearest to one: found by groups as surely as one by one."""

import numpy as np
import pytest

from directory.neighbours import GROUP, NEAREST, most


@pytest.mark.parametrize("texts", [NEAREST + 1, NEAREST * GROUP - 1, NEAREST * GROUP + GROUP, 10_007])
def test_the_nearest_are_found_whatever_lies_in_a_group_together(texts):
    likeness = np.random.default_rng(texts).normal(size=(3, texts)).astype(np.float32)
    found = np.sort(np.take_along_axis(likeness, most(likeness), axis=1), axis=1)
    assert np.array_equal(found, np.sort(likeness, axis=1)[:, -NEAREST:])


def test_all_of_the_nearest_may_lie_in_one_group():
    likeness = np.zeros((1, 4 * NEAREST * GROUP), np.float32)
    groups = likeness.shape[1] // GROUP
    alike = 5 + groups * np.arange(NEAREST)
    likeness[0, alike] = 1
    assert set(most(likeness)[0]) == set(alike)
