import time

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from directory.cleaning import LONGEST, plain_text

PICTURE = '<p>Come along</p><img src="data:image/png;base64,' + "iVBORw0KGgo" * 13_000 + '"><p>Bring a friend</p>'


@pytest.mark.parametrize(
    ("given", "is_left"),
    [
        ("<p><br></p>", ""),
        ("<p>One\n line</p><p>Two</p>", "One line\n\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("<ul><li>Songs</li><li>Toys</li></ul>Tea", "Songs\n\nToys\n\nTea"),
        ("plain\r\nlines\rstay", "plain\nlines\nstay"),
        ("Tom &amp; Jerry &lt; 5", "Tom & Jerry < 5"),
        ("&amp;lt;p&amp;gt;Escaped twice&amp;lt;/p&amp;gt;", "Escaped twice"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;hi", "hi"),
        ("<scr\u200bipt>alert(1)</scr\u200bipt>hi", "hi"),
        ("<style>p {color: red}</style>hi<!-- secret -->", "hi"),
        ("a\x00b\u200b\ud800c\td", "abc d"),
        (PICTURE, "Come along\n\nBring a friend"),
        ("data:image/png;base64,AAAA", ""),
    ],
)
def test_words_are_left_and_markup_is_not(given, is_left):
    assert plain_text(given) == is_left


@trying(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>&;/ \n\tscriptlgamp#x60'\"=!-abR\u200b"), max_size=60) | st.text(max_size=200))
def test_whatever_comes_the_result_is_clean_and_stays_as_it_is(text):
    once = plain_text(text)
    assert plain_text(once) == once
    assert "<script" not in once.lower() and not any(ord(mark) < 32 and mark != "\n" for mark in once)


@pytest.mark.parametrize(
    "hostile", ["<div>", "<", "&", "&amp;", "<a href='", "<svg><p>", "<table>", "<span>", "<!--", "<script>"]
)
def test_nothing_takes_long(hostile):
    began = time.monotonic()
    assert len(plain_text(hostile * 100_000)) <= LONGEST
    assert time.monotonic() - began < 5
