"""What a council's early help strategies state: the strategies themselves, its words, groups at risk, measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from directory.files import DATA, read_yaml
from directory.needs import needs
from directory.pack_reader import Reader

GLOSSARY = DATA / "glossary.yml"


@dataclass(frozen=True)
class Strategy:
    """A document that the pack's values come from."""

    code: str
    """How `source` names it: `Wo22`."""
    title: str
    until: int
    """The last year it speaks for."""
    replaced_by: str | None
    """The code of the strategy that rules in its stead."""


@dataclass(frozen=True)
class Term:
    """A word that councils use and families ask about, in plain words."""

    term: str
    means: str
    """Whole sentences, reading age 9."""
    source: str
    """Where it is explained: the strategy's code, then the page or section."""
    also: tuple[str, ...] = ()
    """What else people call it: `EHCP`."""


@dataclass(frozen=True)
class RiskGroup:
    """Children or families whom a strategy says to look out for."""

    group: str
    needs: tuple[str, ...]
    """Codes of needs.yml that such a family most likely has."""
    source: str


@dataclass(frozen=True)
class Measure:
    """Something the council promises to report."""

    text: str
    source: str


@dataclass(frozen=True)
class Programme:
    """A programme or way of working that has a name here, and is no service a family could go to."""

    name: str
    means: str
    source: str


@lru_cache(maxsize=1)
def shared_glossary() -> tuple[Term, ...]:
    """The words of `data/glossary.yml`, which every council starts from."""
    return read_glossary(Reader(GLOSSARY, read_yaml(GLOSSARY)))


def merged_glossary(own: Iterable[Term]) -> tuple[Term, ...]:
    """The shared words and a council's own, by term; the council's word for the same term wins."""
    terms = {term.term.casefold(): term for term in shared_glossary()}
    terms |= {term.term.casefold(): term for term in own}
    return tuple(sorted(terms.values(), key=lambda term: term.term.casefold()))


def read_glossary(top: Reader) -> tuple[Term, ...]:
    """The list `glossary`."""
    return tuple(
        Term(
            item.required_text("term"),
            item.required_text("means"),
            item.required_text("source"),
            tuple(str(name) for name in item.items("also", optional=True)),
        )
        for item in top.parts("glossary", optional=True)
    )


def read_strategies(top: Reader) -> tuple[Strategy, ...]:
    """The list `strategies`."""
    return tuple(
        Strategy(
            item.required_text("code"),
            item.required_text("title"),
            item.number("until") or 0,
            item.text("replaced_by", optional=True),
        )
        for item in top.parts("strategies")
    )


def read_risk_groups(top: Reader) -> tuple[RiskGroup, ...]:
    """The list `at_risk`; PackError for a need that there is none of."""
    return tuple(
        RiskGroup(item.required_text("group"), _codes(item), item.required_text("source")) for item in top.parts("at_risk")
    )


def read_measures(top: Reader) -> tuple[Measure, ...]:
    """The list `measures`."""
    return tuple(Measure(item.required_text("text"), item.required_text("source")) for item in top.parts("measures"))


def read_programmes(top: Reader) -> tuple[Programme, ...]:
    """The list `programmes`."""
    return tuple(
        Programme(item.required_text("name"), item.required_text("means"), item.required_text("source"))
        for item in top.parts("programmes", optional=True)
    )


def _codes(item: Reader) -> tuple[str, ...]:
    codes = tuple(str(code) for code in item.items("needs"))
    if not codes:
        raise item.error("needs", "name at least one need of directory/data/needs.yml.")
    for code in codes:
        if code not in needs():
            raise item.error("needs", f"{code!r} is not a need: the codes are in directory/data/needs.yml.")
    return codes
