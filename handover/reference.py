"""The reference of a request: easy to read out on the telephone, impossible to guess."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from functools import lru_cache
from pathlib import Path

from directory.files import read_csv
from directory.packs import CouncilPack

# No look-alikes (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V), and no vowel, so no word comes about by chance. Twenty
# signs in six places are 64 million: nobody meets another's by chance. It opens nothing without a worker's sign-in.
ALPHABET = "23479CDFHJKMNPQRTWXY"
SHAPE = re.compile(rf"[A-Z]{{2}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}")


def new_reference(pack: CouncilPack) -> str:
    """A fresh reference such as `WM-7K4P-2Q`; the first letters are the council's own."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{prefix(pack.folder)}-{signs[:4]}-{signs[4:]}"


def tidy_reference(typed: str) -> str:
    """A reference as somebody typed it (`wm 7k4p2q`) in the form it is kept in; other text comes back upper case."""
    signs = re.sub(r"[\s-]", "", typed.upper())
    return f"{signs[:2]}-{signs[2:6]}-{signs[6:]}" if len(signs) == 8 else signs


@lru_cache(maxsize=16)
def prefix(folder: Path) -> str:
    """Two letters for a pack: its commonest postcode area, which families know; else letters of its code."""
    places = folder / "places.csv"
    districts = [row["postcode_district"] for row in read_csv(places)] if places.exists() else []
    areas = Counter(found.group() for district in districts if (found := re.match(r"[A-Z]+", district)))
    common = areas.most_common(1)[0][0] if areas else re.sub("[^A-Z]", "", folder.name.upper())
    return f"{common}XX"[:2]
