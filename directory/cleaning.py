"""Makes plain text of what sources send: no markup, no control characters, a sane length."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

LONGEST = 20_000  # characters kept of any one field; real feeds carry pictures of 145,000 as text

_BREAKS = re.compile(r"</(?:p|div|li|h\d|tr|ul|ol)>|<br\s*/?>", re.IGNORECASE)
_DATA_URL = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")


def plain_text(value: str) -> str:
    """`value` as words: tags, scripts and pictures gone, entities read, paragraphs kept as line breaks."""
    text = value
    if "<" in text or "&" in text:
        text = _DATA_URL.sub("", _BREAKS.sub("\n", text))
        text = html.unescape(nh3.clean(text, tags=set(), clean_content_tags={"script", "style"}))
    text = "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co"})
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST].rstrip()
