"""Makes plain text of what sources send: no markup, no control characters, a sane length."""

from __future__ import annotations

import html
import re

import nh3

LONGEST = 20_000  # characters kept of any one field
LONGEST_RAW = 200_000  # characters read of any one field, once its pictures are out; real feeds carry 145,000 as text
MOST_ROUNDS = 5  # a feed's `&amp;lt;p&amp;gt;` was escaped twice or thrice, by one system after the other

# Blocks become line breaks before the HTML is parsed: words of two paragraphs must not run together, and a parser
# takes half a minute over a hundred thousand nested <div>s.
_ENDS = re.compile(r"</(?:p|h[1-6]|ul|ol|table|blockquote|section|article)\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(
    r"<br\b[^<>]*>|</?(?:div|li|tr|p|h[1-6]|ul|ol|table|tbody|blockquote|section|article)\b[^<>]*>", re.IGNORECASE
)
_DATA_URL = re.compile(r"data:[\w/+.;=-]{0,80};base64,[A-Za-z0-9+/=\s]*")
# Control, format and private characters and lone surrogates; a line break stays.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def plain_text(value: str) -> str:
    """`value` as words: tags, scripts and pictures gone, entities read, paragraphs kept as line breaks.

    What comes out comes out the same again, so an exported text is read back as it was.
    """
    text = _DATA_URL.sub("", value) if "base64," in value else value
    text = _lines(text[:LONGEST_RAW])
    for _ in range(MOST_ROUNDS):
        if "<" not in text and "&" not in text:
            return text
        before, text = text, _lines(_without_markup(text))
        if text == before:
            return text
    return _lines(re.sub("[<&]", " ", text))  # something that keeps turning into markup is not worth its signs


def _without_markup(text: str) -> str:
    if _BREAKS.search(text):
        # In HTML a line break of the source is a space like any other.
        text = _BREAKS.sub("\n", _ENDS.sub("\n\n", text.replace("\n", " ")))
    return html.unescape(nh3.clean(text, tags=set(), clean_content_tags={"script", "style"}))


def _lines(text: str) -> str:
    """The text with single spaces, at most one empty line together, nothing unseen, and no longer than LONGEST."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not text.replace("\n", "").isprintable():
        text = _UNSEEN.sub("", text)
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()[:LONGEST].rstrip()
