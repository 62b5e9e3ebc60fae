"""Which people to show: for a danger, at an hour, to somebody, in a council."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from directory import packs
from directory.database import now
from directory.files import DATA, read_yaml
from directory.helplines import Contact, helplines, open_now, shown
from directory.hours import next_opening, parse_hours
from directory.packs import CouncilPack, Team

__all__ = [
    "AUDIENCES", "DANGERS", "Contact", "contact", "council_now", "emergency_contacts", "for_danger", "next_opening",
    "open_now", "registry", "shown",
]  # fmt: skip

DANGERS = (
    "suicide", "self_harm", "child_abuse", "sexual_abuse", "domestic_abuse", "exploitation", "missing", "violence",
    "medical_emergency", "eating_disorder_danger", "forced_marriage_fgm", "neglect", "radicalisation", "perpetrator",
)  # fmt: skip
AUDIENCES = ("parent", "young_person", "practitioner", "other")

EMERGENCY = "emergency-999"
COUNCIL = "council"  # in the table: the front door while it is open, else the out-of-hours team
STAND_INS = ("police-101", COUNCIL, "nspcc")  # when nobody of the table's answers
WITHOUT_SPEECH = ("emergency-999-text", "emergency-999-bsl")
"""999 for somebody who cannot speak, or must not be heard."""
UNSAFE_TO_BE_HEARD = frozenset(
    {"child_abuse", "sexual_abuse", "domestic_abuse", "exploitation", "violence", "forced_marriage_fgm"}
)  # whoever does it may stand beside whoever calls
ALWAYS_IN_REACH = ("emergency-999", "nhs-111", "childline", "samaritans", "shout", "refuge", COUNCIL, *WITHOUT_SPEECH)


def registry(pack: CouncilPack | None = None) -> Mapping[str, Contact]:
    """Every contact by id: the national lines, then the council's `front_door`, `out_of_hours`, `early_help`,
    `consultancy` and `family_hub`. Some may not be shown: ask `shown`.
    """
    return {**helplines(), **_council_contacts(pack or packs.pack())}


def contact(name: str, pack: CouncilPack | None = None) -> Contact:
    """One contact by id; KeyError where the registry has none."""
    return registry(pack)[name]


def council_now(at: datetime | None = None, pack: CouncilPack | None = None) -> list[Contact]:
    """Whom to call at the council about a child: the front door in its hours, the out-of-hours team otherwise.

    Both where the pack does not say the hours; none where it has no number yet.
    """
    own = _council_contacts(pack or packs.pack())
    door, night = own["front_door"], own["out_of_hours"]
    is_open = open_now(door, at or now())
    chosen = [door, night] if is_open is None else [door] if is_open else [night]
    return [it for it in chosen if shown(it)] or [it for it in (door, night) if shown(it)]


def for_danger(
    kind: str,
    audience: str | None = None,
    at: datetime | None = None,
    pack: CouncilPack | None = None,
    immediate: bool = False,
) -> list[Contact]:
    """Whom to show for a danger, the first to call first; never empty, and never only lines that are closed.

    `kind` is one of DANGERS (KeyError otherwise), `audience` one of AUDIENCES or None, `at` an aware moment (default:
    now). The table is `data/danger_contacts.yml`. 999 leads when the danger is immediate, and is always in the list;
    999 without speech ends it where somebody may have to be silent.
    """
    at = at or now()
    listed = _expand(_table()[kind][audience or "other"], at, pack)
    answering = [it for it in listed if open_now(it, at) is not False]
    if not any(open_now(it, at) and it.id != EMERGENCY for it in answering):
        answering += _expand(STAND_INS, at, pack)
    chosen = _unique(answering + listed)  # those that are closed come last, and say when they open
    emergency = helplines()[EMERGENCY]
    chosen = [emergency, *chosen] if immediate else [*chosen, emergency]
    silent = _expand(WITHOUT_SPEECH, at, pack) if immediate or kind in UNSAFE_TO_BE_HEARD else []
    return _unique([*chosen, *silent])


def emergency_contacts(at: datetime | None = None, pack: CouncilPack | None = None) -> list[Contact]:
    """The numbers that are never more than one step away, whatever was understood."""
    return _expand(ALWAYS_IN_REACH, at or now(), pack)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    rows = read_yaml(DATA / "danger_contacts.yml")
    return {kind: {who: tuple(ids) for who, ids in by_audience.items()} for kind, by_audience in rows.items()}


def _expand(ids: Iterable[str], at: datetime, pack: CouncilPack | None) -> list[Contact]:
    everybody = registry(pack)
    found: list[Contact] = []
    for name in ids:
        found += council_now(at, pack) if name == COUNCIL else [everybody[name]]
    return _unique(it for it in found if shown(it))


def _unique(contacts: Iterable[Contact]) -> list[Contact]:
    return list({it.id: it for it in contacts}.values())


@lru_cache(maxsize=16)
def _contacts_of(name: str, owner: str, team: Team | None) -> Contact:
    return Contact(
        id=name,
        name=team.name if team else "",
        phone=team.phone if team else None,
        text=team.text if team else None,
        url=team.url if team else None,
        hours=parse_hours(team.hours) if team and team.hours else None,
        confidence=frozenset({"council"}),
        checked=None,
        owner=owner,
        area="",
        council=True,
    )


def _council_contacts(pack: CouncilPack) -> dict[str, Contact]:
    teams = {
        "front_door": pack.front_door,
        "out_of_hours": pack.out_of_hours,
        "early_help": pack.early_help,
        "consultancy": pack.consultancy,
        "family_hub": pack.family_hub,
    }
    return {name: _contacts_of(name, pack.name, team) for name, team in teams.items()}
