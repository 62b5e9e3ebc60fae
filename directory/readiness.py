"""Is a council fit to go live? What keeps it from it, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from urllib.parse import urlsplit

from directory.contacts import council_now
from directory.database import now
from directory.files import read_csv
from directory.languages import languages
from directory.packs import CouncilPack
from directory.problem import Problem
from directory.service import ServiceRecord
from directory.service_faults import faults_of
from directory.settings import SECRET_LENGTH, Settings, settings
from directory.strategies import shared_glossary

DEVELOPMENT_SECRET = "secret"
"""The file in the state folder where `signpost up` keeps the secret it makes for trying out."""

_FIXES = {
    # the end of a key to supply → what to do
    "phone": "Write the number that people ring, in quotes.",
    "hours": "Write the hours when somebody answers, as in docs/csv-template.md.",
    "url": "Write the address of the page that families should see.",
    "email": "Write an address that somebody reads every working day.",
    "name": "Write what it is called here.",
    "sites": "List the council's own sites, the only ones that may embed the widget.",
    "localities": "List the localities, and put their places in places.csv.",
    "keep_days": "Write after how many days a request is deleted.",
}
_CONSENT_FIX = "Write the words, and have whoever answers for data protection approve them."


def what_keeps_from_going_live(
    pack: CouncilPack,
    services: Iterable[ServiceRecord] = (),
    at: Settings | None = None,
    today: date | None = None,
    words_in_danger: str | None = None,
) -> list[Problem]:
    """Problems of a pack, of the council's own services and of this installation; those that must be mended first.

    `services`: every record of the council's own sources, retired ones too. `at`: the settings (default: today's).
    `words_in_danger`: the fingerprint of what the assistant says in danger; None where there is no assistant.
    The list is empty of `must` exactly when the council is ready.
    """
    today = today or now().date()
    shown = [service for service in services if service.status == "active"]
    problems = chain(
        _never(pack),
        _to_supply(pack),
        _people(pack),
        _words(pack),
        _words_in_danger(pack, words_in_danger),
        _languages(pack),
        _handover(pack),
        _strategies(pack, today),
        _secret(at or settings()),
        _services(pack, shown, today),
    )
    return sorted(problems, key=lambda problem: problem.severity != "must")


def _never(pack: CouncilPack) -> Iterable[Problem]:
    if pack.never_ready:
        yield Problem("must", f"This pack can never go live. {pack.never_ready}", "Make a new pack: docs/council-packs.md.")


def _to_supply(pack: CouncilPack) -> Iterable[Problem]:
    for key in (key for key in pack.to_supply if not key.startswith("approved_by.")):
        fix = _FIXES.get(key.rpartition(".")[2], "Write it in the council's own words.")
        if key.startswith("handover.consent"):
            fix = _CONSENT_FIX
        yield Problem("must", f"council.yml: {key} is still for the council to supply.", fix)
    for item in pack.to_confirm:
        yield Problem("must", f"council.yml, to_confirm: {item}", "Settle it, mend the pack, and take the line out.")


def _people(pack: CouncilPack) -> Iterable[Problem]:
    teams = {"front_door": pack.front_door, "out_of_hours": pack.out_of_hours}
    for key, team in teams.items():
        if not team.phone and f"{key}.phone" not in pack.to_supply:
            yield Problem("must", f"council.yml: {key}.phone is missing: families in danger are sent there.", _FIXES["phone"])
    if not council_now(pack=pack):
        what = "Nobody at the council can be rung about a child: neither the front door nor the out-of-hours team has a number."
        yield Problem("must", what, "Give both their numbers and hours in council.yml.")
    if not pack.sites and "sites" not in pack.to_supply:
        yield Problem("must", "council.yml: sites is empty, so no page of the council may embed the widget.", _FIXES["sites"])


def _words(pack: CouncilPack) -> Iterable[Problem]:
    approved = {"approved_by.role": pack.approved_by.role, "approved_by.date": pack.approved_by.date}
    if missing := [key for key, value in approved.items() if value is None]:
        what = f"Nobody at the council has approved the words that families read ({', '.join(missing)})."
        yield Problem("must", what, "Have them read and approved; then write whose role it is, and the date.")


def _words_in_danger(pack: CouncilPack, said: str | None) -> Iterable[Problem]:
    if said is None:
        return
    approved = pack.danger_words
    fix = (
        "Have the words of bot/domain/danger.yml read as a whole by whoever answers for safeguarding; then write into "
        f'council.yml: danger_words: {{role: …, date: …, fingerprint: "{said}"}}.'
    )
    if approved is None or None in (approved.role, approved.date, approved.fingerprint):
        yield Problem("must", "Nobody at the council has approved the words that are said in danger.", fix)
    elif approved.fingerprint != said:
        what = f"The words that are said in danger are others than those that the {approved.role} approved on {approved.date}."
        yield Problem("must", what, fix)


def _languages(pack: CouncilPack) -> Iterable[Problem]:
    if missing := [it.english_name for code, it in languages().items() if code not in pack.approved_languages]:
        what = f"Families who write in {', '.join(missing)} see plain English: nobody here has approved the words for them."
        fix = "Have directory/data/languages.yml read by people who speak them; then add the codes to approved_languages."
        yield Problem("look", what, fix)


def _handover(pack: CouncilPack) -> Iterable[Problem]:
    handover = pack.handover
    if not handover.staffed:
        what = "The handover is not staffed: families cannot send a request, and are given the phone number instead."
        yield Problem("look", what, "When somebody reads requests every working day, set handover.staffed to true.")
        return
    for who, words in handover.consent.items():
        if not words and f"handover.consent.{who}" not in pack.to_supply:
            yield Problem("must", f"There are no words of consent for {who}, so nobody can agree to a request.", _CONSENT_FIX)
    if not handover.email:
        yield Problem("must", "The handover is staffed, but has no e-mail address to tell the team.", _FIXES["email"])


def _strategies(pack: CouncilPack, today: date) -> Iterable[Problem]:
    for strategy in pack.strategies:
        if strategy.replaced_by:
            if count := _stated_only_by(strategy.code, pack):
                what = f"{count} values come from {strategy.title!r}, which {strategy.replaced_by} has replaced."
                yield Problem("look", what, f"Look for 'source: {strategy.code}' in the pack, and confirm or mend each.")
        elif strategy.until < today.year:
            what = f"{strategy.title!r} spoke for the years to {strategy.until}."
            yield Problem("look", what, "Confirm that what the pack takes from it still holds, or take it from the next one.")


def _stated_only_by(code: str, pack: CouncilPack) -> int:
    own_words = [term for term in pack.glossary if term not in shared_glossary()]
    sources = [
        *(level.source or "" for level in pack.levels),
        *(group.source for group in pack.at_risk),
        *(measure.source for measure in pack.measures),
        *(programme.source for programme in pack.programmes),
        *(term.source for term in own_words),
        *(row.get("source", "") for row in (read_csv(pack.services_csv) if pack.services_csv.exists() else [])),
    ]
    return sum(source.split(" ")[0] == code for source in sources)


def _secret(at: Settings) -> Iterable[Problem]:
    fix = (
        "Make one with: python3 -c 'import secrets; print(secrets.token_hex(32))', keep it where the council keeps its "
        "secrets, and give it as SIGNPOST_SECRET."
    )
    kept = at.var / DEVELOPMENT_SECRET
    if len(at.secret_text) < SECRET_LENGTH:
        state = "too short" if at.secret_text else "not set, and `signpost up` would use one made for trying out"
        yield Problem("must", f"SIGNPOST_SECRET is {state}.", fix)
    elif kept.exists() and kept.read_text(encoding="utf-8").strip() == at.secret_text:
        yield Problem("must", f"SIGNPOST_SECRET is the one made for trying out, which lies beside the data in {kept}.", fix)


def _services(pack: CouncilPack, shown: list[ServiceRecord], today: date) -> Iterable[Problem]:
    if not shown:
        file = pack.services_csv if pack.services_csv.exists() else "FILE"
        yield Problem("must", "There are no services of the council's own in the directory.", f"Run: signpost import {file}")
        return
    host = urlsplit(pack.website or "").hostname or ""
    yield from faults_of(shown, today, invented=host.endswith(".example.org"))
    answered = {need for service in shown for need in service.needs}
    for group in pack.at_risk:
        if not answered.intersection(group.needs):
            what = f"The strategy ({group.source}) says to look out for: {group.group}. No own service is for them."
            yield Problem("look", what, f"Add one for {', '.join(group.needs)}, or be content with the national lines.")
