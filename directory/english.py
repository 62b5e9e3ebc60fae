"""Which words an English dictionary has: the tables of word forms that come with spaCy, read without spaCy."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """About 100,000 words and forms of words, in small letters."""
    forms, lemmas = _table("en_lemma_lookup"), _table("en_lemma_index")
    return frozenset(forms) | frozenset(word for words in lemmas.values() for word in words)


def _table(name: str) -> dict[str, list[str]]:
    packed = files("spacy_lookups_data").joinpath("data", f"{name}.json.gz").read_bytes()
    table: dict[str, list[str]] = json.loads(gzip.decompress(packed))
    return table
