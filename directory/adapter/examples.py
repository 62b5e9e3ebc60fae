"""The examples the adapter learns from: messages with their needs and dangers, and what directories say of such needs.

All of it is committed data. Nothing is trained on the held-back voices; the judged sets are not read here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from directory.files import DATA, read_yaml
from directory.needs import needs

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "nlu_data" / "messages"
LISTINGS = ROOT / "nlu_data" / "listings"
TURNS = ROOT / "nlu_data" / "nlu"
DEV, TEST = ROOT / "nlu_data" / "dev", ROOT / "nlu_data" / "heldback"
"""Voices of their own: the first to choose thresholds by, the second only to report."""
PACKS = DATA.parent / "councils"

NO_NEED = frozenset({"outofscope", "smalltalk"})
"""The only messages without danger that are known to hold no need; elsewhere a missing label means unknown."""
NEARBY: dict[str, tuple[str, ...]] = {
    "suicide": ("mind.self_harm", "mind.child", "mind.parent"),
    "self_harm": ("mind.self_harm",),
    "child_abuse": ("safety.child_abuse",),
    "sexual_abuse": ("safety.child_abuse",),
    "domestic_abuse": ("safety.domestic_abuse",),
    "exploitation": ("safety.exploitation",),
    "missing": ("safety.exploitation", "family.teenagers"),
    "violence": ("safety.crime_and_asb", "family.teenagers"),
    "eating_disorder_danger": ("mind.eating",),
    "forced_marriage_fgm": ("safety.domestic_abuse",),
    "neglect": ("safety.child_abuse",),
    "radicalisation": ("safety.exploitation",),
    "perpetrator": ("safety.domestic_abuse", "family.behaviour"),
}
"""The needs that a message of danger is also about, by kind; a kind that is not here is about none."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Example:
    """A text, and the needs it is about, the chief one first."""

    text: str
    needs: tuple[str, ...]
    group: str
    """Where it comes from (a file of messages, an organisation): nothing of one group is on both sides of a split."""
    answers: str = ""
    """For a message that was written to one listing: that listing's name."""
    complete: bool = True
    """Whether `needs` holds all of them, so that what is not there is known to be absent."""
    danger: str | None = None
    """A kind of danger, "" for none; None: nobody looked."""
    intent: str = ""
    """What a turn of a conversation is for; "" for a message that is none of the turns."""


def messages(without: Iterable[str] = ()) -> list[Example]:
    """The labelled messages, less those of the voices (file names without `.tsv`) in `without`."""
    left_out = set(without)
    files = [file for file in (MESSAGES / "needs.tsv", *sorted((MESSAGES / "needs").glob("*.tsv"))) if file.stem not in left_out]
    return [Example(text, tuple(codes.split(",")), file.stem) for file in files for text, codes in _rows(file)]


def no_need(without: Iterable[str] = ()) -> list[Example]:
    """Messages that are known to hold no need: small talk, and what a council's help is not for."""
    return [one for one in dangers(without) if one.complete]


def heldback_needs(folder: Path) -> list[Example]:
    """The messages of DEV or TEST, and those there that hold no need."""
    told = [Example(text, tuple(codes.split(",")), folder.name) for text, codes in _rows(folder / "needs.tsv")]
    return told + [Example(text, (), folder.name) for text, _ in _rows(folder / "noneed.tsv")]


def dangers(without: Iterable[str] = ()) -> list[Example]:
    """The messages that hold a danger, each with the needs nearby, and those that must raise no alarm."""
    left_out, found = set(without), []
    for name in ("risk", "norisk"):
        for file in (MESSAGES / f"{name}.tsv", *sorted((MESSAGES / name).glob("*.tsv"))):
            if f"{name}/{file.stem}" in left_out:
                continue
            for text, label in _rows(file):
                nearby = NEARBY.get(label, ()) if name == "risk" else ()
                known = label in NO_NEED
                found.append(Example(text, nearby, f"{name} {label}", complete=known, danger=label if name == "risk" else ""))
    return found


def turns() -> list[Example]:
    """Turns of conversations with what each is for: Rasa's training files, read without Rasa."""
    found = []
    for file in sorted(TURNS.glob("*.yml")):
        for block in read_yaml(file)["nlu"]:
            said = (line.strip()[2:].strip() for line in block["examples"].splitlines() if line.strip().startswith("- "))
            found += [Example(text, (), file.stem, intent=block["intent"]) for text in said]
    return found


def listings() -> list[Example]:
    """Invented entries in the manner of real council directories, with their needs (none: not for families)."""
    return [
        Example(f"{row['name']}. {row['description']}", _codes(row["needs"]), row["name"])
        for file in sorted(LISTINGS.glob("training*.tsv"))
        for row in _table(file)
    ]


def written_to() -> list[Example]:
    """Messages that were each written to one of the listings."""
    by_name = {one.group: one for one in listings()}
    rows = [row for file in sorted(LISTINGS.glob("messages*.tsv")) for row in _rows(file)]
    return [Example(text, by_name[name].needs, f"to {name}", name, complete=False) for text, name in rows]


def services(packs: Iterable[str] = ("westmere",)) -> list[Example]:
    """The services of these packs that name their needs, and the national lines."""
    found = []
    for code in packs:
        seen: set[str] = set()
        with (PACKS / code / "services.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["id"] not in seen and row["needs"] and row["name"]:
                    said = _text(row["name"], row["summary"], row["description"])
                    found.append(Example(said, _codes(row["needs"]), row["organisation"] or row["name"]))
                seen.add(row["id"])
    for id_, about in read_yaml(DATA / "helpline_needs.yml").items():
        said = _text(about["organisation"], about["summary"], about["description"])
        found.append(Example(said, tuple(about["needs"]), f"helpline {id_}"))
    return found


def meanings() -> list[Example]:
    """The vocabulary's own words for each need."""
    return [Example(f"{one.label}: {one.means}", (one.code,), "vocabulary") for one in needs().values()]


def names_of_needs() -> list[Example]:
    """What needs are called, as somebody types who only names one: "behaviour", "food banks".

    A word of one need's label that is all of another's ("Food") is the other's.
    """
    whole = {one.label: one.code for one in needs().values()}
    return [
        Example(said.strip(), (one.code,), "vocabulary")
        for one in needs().values()
        for said in {one.label, *re.split(r"[,;]| and ", one.label), *re.split(r"[,;]", one.means)}
        if said.strip() and whole.get(said.strip(), one.code) == one.code
    ]


def sentences(one: Example) -> Iterator[str]:
    """The sentences of a text that are long enough to say something."""
    yield from (part for part in _SENTENCE.split(one.text) if len(part) > 40)


def _text(*parts: str) -> str:
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


def _codes(said: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in said.split(";") if code.strip())


def _table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def _rows(file: Path) -> list[tuple[str, str]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(text, rest) for text, _, rest in (line.partition("\t") for line in lines) if text and rest]
