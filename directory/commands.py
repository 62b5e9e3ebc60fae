"""The directory's part of the `signpost` command: import, export, search, index, check."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import click

from directory.database import prepare_database, session
from directory.encoder_files import EncoderError
from directory.importer import Summary, TooManyGone, import_reading
from directory.open_referral.document import write_documents
from directory.packs import PackError, pack
from directory.places import find_place
from directory.progress import progress_bar
from directory.query import Query, QueryError
from directory.readiness import what_keeps_from_going_live
from directory.settings import SettingsError, settings
from directory.sources.csv_template import write_csv_template
from directory.sources.detect import find_source, name_of, read_source
from directory.sources.faults import SourceError
from directory.sources.values import age as years
from directory.store import read_council
from directory.store import read_source as stored_records

Understand = Callable[[str], dict[str, Any]]
"""A message → what it tells of a Query (`parts`, `ages`, `place`, `audience`)."""

MOST_REMARKS = 20  # of a kind, printed


def commands(understand: Understand | None = None, words_in_danger: Callable[[], str] | None = None) -> list[click.Command]:
    """The commands, for `signpost` to add. `understand` reads a message's needs before it is searched with;
    without it the message is searched with as a whole. `words_in_danger` gives the fingerprint of what the assistant
    says in danger, for `check`; without it there is no assistant here whose words could be approved.
    """
    return [import_, export, _search_command(understand), index, _check_command(words_in_danger)]


def _plain_errors(command: Callable[..., None]) -> Callable[..., None]:
    """One clear sentence and exit status 1 for what a person can mend; a traceback only for our own faults."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except (SettingsError, PackError, SourceError, TooManyGone, EncoderError, QueryError, OSError) as error:
            raise click.ClickException(str(error)) from error

    return run


@click.command("import")
@click.argument("given", metavar="SOURCE")
@click.option("--council", help="Code of the council it is shown in (default: the one in use).")
@click.option("--source", help="The source's name (default: see above). Services it no longer has are retired.")
@_plain_errors
def import_(given: str, council: str | None, source: str | None) -> None:
    """Bring a file or feed of services into the directory. Twice is as good as once.

    SOURCE is a CSV file (the template, or Outpost's), an Open Referral file (UK 1.0, UK 3.0 or HSDS, as JSON), or the address
    of an Open Referral feed. The template is the council's own list; any other source is called by its
    folder and file, or by its host.
    Exit status: 0 where it is done, also with records refused; 1 where nothing was changed.
    """
    code = council or settings().council
    if council:
        pack(council)
    if source and not re.fullmatch(r"[\w.-]{1,100}", source):
        raise SourceError(f"--source {source!r} is no name: use letters, digits and . _ - only.")
    where = find_source(given)
    name = source or name_of(where, code)
    prepare_database()
    with progress_bar("reading services") as progress:
        reading = read_source(where, name, code, progress)
    summary = import_reading(reading, name, code, careful=not source)
    _tell(summary)
    if summary.touched:
        _build()


@click.command()
@click.option("--source", help="Which source's services (default: the council's own).")
@click.option("--format", "form", type=click.Choice(["csv", "oruk3"]), default="csv", show_default=True)
@_plain_errors
def export(source: str | None, form: str) -> None:
    """Write services to standard output, as the CSV template or as Open Referral UK 3.0; importing that changes nothing."""
    prepare_database()
    name = source or settings().council
    with session() as opened:
        records = stored_records(opened, name)
    if form == "csv":
        write_csv_template(records, sys.stdout)
    else:
        write_documents(records, name, sys.stdout)


@click.command()
@_plain_errors
def index() -> None:
    """Build the index where the services changed."""
    prepare_database()
    _build()


def _check_command(words_in_danger: Callable[[], str] | None) -> click.Command:
    @click.command("check")
    @click.option("--council", help="Code of the council (default: the one in use).")
    @click.option("--all", "everything", is_flag=True, help=f"Every problem, also past the first {MOST_REMARKS} of a kind.")
    @_plain_errors
    def check(council: str | None, everything: bool) -> None:
        """Say whether the council pack is fit to go live, and what to look at."""
        found = pack(council)
        prepare_database()
        with session() as opened:
            records = read_council(opened, found.code)
        said = words_in_danger() if words_in_danger else None
        problems = what_keeps_from_going_live(found, records, words_in_danger=said)
        alike: Counter[tuple[str, str]] = Counter()
        for problem in problems:
            severity = "MUST" if problem.severity == "must" else "look"
            alike[severity, problem.fix] += 1
            if everything or alike[severity, problem.fix] <= MOST_REMARKS:
                click.echo(f"{severity}  {problem.what} {problem.fix}")
        for (severity, fix), count in alike.items():
            if not everything and count > MOST_REMARKS:
                click.echo(f"{severity}  and {count - MOST_REMARKS} more like this: {fix} (signpost check --all lists them.)")
        must = sum(problem.severity == "must" for problem in problems)
        if must:
            raise click.ClickException(f"{found.name} is not ready: {must} to mend, {len(problems) - must} to look at.")
        click.echo(f"{found.name} is fit to go live; {len(problems)} to look at.")

    return check


def _search_command(understand: Understand | None) -> click.Command:
    @click.command("search")
    @click.argument("text", required=False)
    @click.option("--age", "ages", multiple=True, help="Age in years, or a range: 4, 1.5, 11-13. May be repeated.")
    @click.option("--near", help="A place, postcode or town.")
    @click.option("--audience", type=click.Choice(["parent", "young_person", "practitioner", "other"]))
    @click.option("--top", default=5, show_default=True, help="How many services.")
    @click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
    @_plain_errors
    def search(text: str | None, ages: tuple[str, ...], near: str | None, audience: str | None, top: int, as_json: bool) -> None:
        """Find services for one message, or for each line of standard input (then always JSON)."""
        given = {"ages": [_age(age) for age in ages], "place": near, "audience": audience}
        known = {name: value for name, value in given.items() if value}
        if near and find_place(near) is None:
            raise QueryError(f"--near {near!r} is no place that we know: give a postcode, or a town that it is near to.")
        _search([text] if text else _lines(), known, top, as_json or not text, understand)

    return search


def _search(texts: Iterable[str], known: dict[str, Any], top: int, as_json: bool, understand: Understand | None) -> None:
    from directory.encoder import load_encoder  # these two are slow to import, and the other commands have no use for them
    from directory.search import Search

    prepare_database()
    engine = Search(load_encoder())
    engine.refresh()
    if not engine.services and not as_json:
        raise QueryError("There are no services in the directory yet. Run: signpost import SOURCE")
    for text in texts:
        heard = understand(text) if understand else {}
        query = Query.from_json({**heard, **known, "text": text, "top": top})
        answer = engine.search(query)
        if as_json:
            click.echo(json.dumps(answer, ensure_ascii=False))
        else:
            for card in answer["services"]:
                by = f" ({card['organisation']})" if card["organisation"] else ""
                click.echo("\n  ".join(filter(None, (f"{card['name']}{by}", card["summary"], card["why"]))))


def _lines() -> Iterable[str]:
    return (line.strip() for line in sys.stdin if line.strip())


def _age(text: str) -> dict[str, float]:
    low, _, high = text.partition("-")
    try:
        return {"min": years(low), "max": years(high or low)}
    except ValueError:
        raise QueryError(f"--age {text!r} is no age: write 4, 1.5 or 11-13.") from None


def _build() -> None:
    from directory.load import refresh_index

    def progress(done: int, of: int) -> None:
        click.echo(f"\r{done} of {of} texts read", nl=done == of, err=True)

    built = refresh_index(progress if sys.stderr.isatty() else None)
    click.echo(f"index: {built.services} services in {built.seconds:.1f} s" if built else "index: up to date")


def _tell(summary: Summary) -> None:
    click.echo(summary.in_words())
    for name in ("repaired", "refused"):
        remarks = getattr(summary, name)
        for remark in remarks[:MOST_REMARKS]:
            click.echo(f"  {name}: {remark.record}: {remark.what}")
        if len(remarks) > MOST_REMARKS:
            click.echo(f"  {name}: and {len(remarks) - MOST_REMARKS} more")
