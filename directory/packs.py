"""A council pack: everything that is local, read from `councils/<code>/council.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from directory.files import COUNCILS, read_csv, read_yaml
from directory.languages import languages
from directory.pack_reader import PackError, Reader
from directory.settings import settings
from directory.strategies import (
    Measure,
    Programme,
    RiskGroup,
    Strategy,
    Term,
    merged_glossary,
    read_glossary,
    read_measures,
    read_programmes,
    read_risk_groups,
    read_strategies,
)  # fmt: skip

CONSENTS = ("family", "young_person", "practitioner")
PLAIN_NAMES = {
    # what a team is called until the council has supplied its name
    "front_door": "children's front door",
    "out_of_hours": "out-of-hours team",
    "early_help": "early help team",
    "consultancy": "consultancy line",
    "family_hub": "family hubs",
}

__all__ = ["Approval", "CouncilPack", "DangerWords", "Handover", "Level", "Locality", "PackError", "Team", "pack", "read_pack"]


@dataclass(frozen=True)
class Team:
    """People of the council who answer; what is not known is None."""

    name: str
    """In plain words where the council has still to supply it."""
    phone: str | None
    text: str | None
    email: str | None
    url: str | None
    hours: str | None
    """As `directory.hours.parse_hours` reads them."""


@dataclass(frozen=True)
class Level:
    """A level of need as it is called here; for workers, never for a family."""

    number: int
    name: str
    means: str
    source: str | None
    """The strategy, and the page or section, that says so."""


@dataclass(frozen=True)
class Locality:
    """A part of the council's area with a team of its own."""

    name: str
    team: str | None
    hub: str | None
    places: tuple[str, ...]
    """From the pack's places.csv."""


@dataclass(frozen=True)
class Handover:
    """What the council does with a request for early help."""

    staffed: bool
    """False: nobody would read a request, so families are given the phone number instead."""
    keep_days: int | None
    email: str | None
    consent: Mapping[str, str | None]
    """The words of consent by `family`, `young_person`, `practitioner`."""
    what_happens_next: Mapping[str, str | None]
    """Said after sending, by the same three."""


@dataclass(frozen=True)
class Approval:
    """Who in the council approved the pack's words."""

    role: str | None
    date: date | None


@dataclass(frozen=True)
class DangerWords:
    """Who in the council approved what the assistant says in danger, as a whole, and which words these were."""

    role: str | None
    date: date | None
    fingerprint: str | None
    """Of the words that were approved (bot/danger_words.py): other words are not approved."""


@dataclass(frozen=True)
class CouncilPack:
    """One council. `to_supply` names the keys the council has still to fill (`early_help.phone`)."""

    code: str
    folder: Path
    name: str
    short_name: str
    website: str | None
    sites: tuple[str, ...]
    """Origins that may embed the widget and call the gateway."""
    front_door: Team
    out_of_hours: Team
    early_help: Team
    consultancy: Team | None
    """A line for practitioners; not every council has one."""
    family_hub: Team
    levels: tuple[Level, ...]
    process: Mapping[str, str | None]
    """What is called what here: `assessment`, `team`, `lead`, `plan`."""
    localities: tuple[Locality, ...]
    response_times: Mapping[str, str | None]
    """The council's own words about time: `family`, `practitioner`, `urgent`."""
    handover: Handover
    approved_by: Approval
    danger_words: DangerWords | None
    """None where nobody has approved what is said in danger."""
    approved_languages: tuple[str, ...]
    """Codes of data/languages.yml: families who write in these are shown its words, the others plain English."""
    strategies: tuple[Strategy, ...]
    at_risk: tuple[RiskGroup, ...]
    measures: tuple[Measure, ...]
    programmes: tuple[Programme, ...]
    glossary: tuple[Term, ...]
    """The words of data/glossary.yml with the council's own, which win."""
    to_confirm: tuple[str, ...]
    """What the council has to decide or confirm before anybody relies on the pack, each in a sentence."""
    never_ready: str | None
    """Why this pack can never go live; None for every council that there still is."""
    to_supply: tuple[str, ...]

    @property
    def services_csv(self) -> Path:
        """Where the pack's own services are, in the CSV template; the file need not exist."""
        return self.folder / "services.csv"


def pack(code: str | None = None) -> CouncilPack:
    """The pack of a council (default: the settings'), read once; PackError where it cannot be used."""
    return _cached(code or settings().council)


def read_pack(folder: Path) -> CouncilPack:
    """Read a pack from its folder, named by the council's code; PackError names the file and the key at fault."""
    file = folder / "council.yml"
    if not file.exists():
        have = ", ".join(sorted(path.parent.name for path in folder.parent.glob("*/council.yml"))) or "none"
        raise PackError(file, "", f"There is no such council pack. Packs here: {have}. Set SIGNPOST_COUNCIL.")
    try:
        data = read_yaml(file)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(file, "", f"It is not YAML: {' '.join(str(error).split())}.") from error
    top = Reader(file, data)
    handover = top.part("handover")
    approved = top.part("approved_by")
    danger = top.part("danger_words", optional=True)
    consultancy = top.part("consultancy", optional=True)
    made = CouncilPack(
        code=folder.name,
        folder=folder,
        name=top.required_text("name"),
        short_name=top.required_text("short_name"),
        website=top.text("website"),
        sites=tuple(_origin(item, top, f"sites[{n}]") for n, item in enumerate(top.items("sites"))),
        front_door=_team(top.part("front_door")),
        out_of_hours=_team(top.part("out_of_hours")),
        early_help=_team(top.part("early_help")),
        consultancy=_team(consultancy) if consultancy else None,
        family_hub=_team(top.part("family_hub")),
        levels=tuple(_level(item) for item in top.parts("levels")),
        process=top.texts("process", ("assessment", "team", "lead", "plan")),
        localities=_localities(top, folder / "places.csv"),
        response_times=top.texts("response_times", ("family", "practitioner", "urgent")),
        handover=Handover(
            staffed=handover.flag("staffed"),
            keep_days=handover.number("keep_days"),
            email=handover.text("email"),
            consent=handover.texts("consent", CONSENTS),
            what_happens_next=handover.texts("what_happens_next", CONSENTS),
        ),
        approved_by=Approval(approved.text("role"), approved.date("date")),
        danger_words=DangerWords(danger.text("role"), danger.date("date"), danger.text("fingerprint")) if danger else None,
        approved_languages=_languages(top),
        strategies=read_strategies(top),
        at_risk=read_risk_groups(top),
        measures=read_measures(top),
        programmes=read_programmes(top),
        glossary=merged_glossary(read_glossary(top)),
        to_confirm=tuple(str(item) for item in top.items("to_confirm", optional=True)),
        never_ready=top.text("never_ready", optional=True),
        to_supply=tuple(top.to_supply),
    )
    top.refuse_unknown_keys()
    return made


@lru_cache(maxsize=16)
def _cached(code: str) -> CouncilPack:
    return read_pack(COUNCILS / code)


def _team(part: Reader) -> Team:
    return Team(
        name=part.text("name") or PLAIN_NAMES[part.at],
        phone=part.text("phone"),
        text=part.text("text", optional=True),
        email=part.text("email", optional=True),
        url=part.text("url", optional=True),
        hours=part.hours("hours"),
    )


def _level(item: Reader) -> Level:
    return Level(
        number=item.number("number") or 0,
        name=item.required_text("name"),
        means=item.required_text("means"),
        source=item.text("source", optional=True),
    )


def _localities(top: Reader, places_csv: Path) -> tuple[Locality, ...]:
    rows = read_csv(places_csv) if places_csv.exists() else []
    made = []
    for item in top.parts("localities"):
        name = item.required_text("name")
        places = tuple(row["name"] for row in rows if row["locality"] == name)
        made.append(Locality(name, item.text("team", optional=True), item.text("hub", optional=True), places))
    unknown = {row["locality"] for row in rows if row["locality"]} - {locality.name for locality in made}
    if unknown:
        raise top.error("localities", f"places.csv speaks of {', '.join(sorted(unknown))}: add it here or mend it there.")
    return tuple(made)


def _languages(top: Reader) -> tuple[str, ...]:
    approved = tuple(str(code) for code in top.items("approved_languages", optional=True))
    if unknown := set(approved) - set(languages()):
        have = ", ".join(languages())
        raise top.error("approved_languages", f"there are no words in {', '.join(sorted(unknown))}; choose from {have}.")
    return approved


def _origin(value: object, top: Reader, key: str) -> str:
    parts = urlsplit(str(value))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise top.error(key, f"{value!r} is not a site: write scheme, host and port only, https://www.example.org.")
    return str(value)
