"""The national lines as services: the registry's rows that a council's search may show beside its own."""

from __future__ import annotations

import re
from typing import Any

from directory.files import DATA, read_csv, read_yaml
from directory.helplines import Contact, checked_enough, helplines
from directory.service import Reading, Remark, ServicePlace, ServiceRecord

SOURCE = "national"

_FREE = re.compile(r"080[08]|116|111|999")
"""How the numbers begin that cost nothing from any telephone (Ofcom's Freephone numbers, and the public's short ones)."""


def read_national() -> Reading:
    """The lines of `data/helpline_needs.yml` that the registry lets us show, as records of the source `national`.

    A line without a number needs a page. Hours are taken only where they are confirmed.
    """
    reading = Reading()
    hours = {row["id"]: row["hours_data"] for row in read_csv(DATA / "helplines.csv")}
    for id_, about in read_yaml(DATA / "helpline_needs.yml").items():
        line = helplines()[id_]
        if checked_enough(line) and (line.phone or line.text or line.url):
            reading.records.append(_record(line, about, hours[id_]))
        else:
            reading.refused.append(Remark(id_, "the registry does not let it be shown"))
    return reading


def _record(line: Contact, about: dict[str, Any], hours: str) -> ServiceRecord:
    has_number = bool(line.phone or line.text)
    return ServiceRecord(
        source=SOURCE,
        id=line.id,
        name=line.name,
        organisation=about["organisation"],
        summary=about["summary"],
        description=about["description"],
        kind="helpline" if has_number else "information",
        needs=tuple(about["needs"]),
        audience=tuple(about["audience"]),
        min_age=_age(about.get("min_age")),
        max_age=_age(about.get("max_age")),
        how_to_join=_how(line),
        referral="none",
        cost="Free to ring" if _FREE.match(line.phone or "") else "",
        phone=line.phone or "",
        text=line.text or "",
        url=line.url or "",
        delivery=tuple(about.get("delivery", ["phone"] if has_number else ["online"])),
        areas=("all",),
        places=(ServicePlace(times=tuple(part.strip() for part in hours.split(";"))),) if line.hours else (),
        assured_date=line.checked,
    )


def _how(line: Contact) -> str:
    ways = [f"ring {line.phone}"] if line.phone else []
    ways += [f"text {line.text}"] if line.text else []
    if not ways:
        return "Use their website."
    said = " or ".join(ways)
    return said[:1].upper() + said[1:] + "." + ("" if line.hours else " Check their page for hours.")


def _age(years: int | None) -> float | None:
    return None if years is None else float(years)
