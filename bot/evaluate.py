"""The command `signpost evaluate`: how well Signpost does, on data that it was not made from."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from directory.encoder import Encoder
    from directory.evaluation import Measured, Ranking
    from directory.service import ServiceRecord

ROOT = Path(__file__).parents[1]
COUNCIL = "westmere"
MODES = ("open", "blind", "listings")


@click.group()
def evaluate() -> None:
    """Measure search, understanding and safety."""


@evaluate.command("search")
@click.option("--half", type=click.Choice(["dev", "test", "all"]), default="dev", show_default=True)
@click.option("--mode", "modes", type=click.Choice(MODES), multiple=True, help="Default: all three.")
def search_(half: str, modes: tuple[str, ...]) -> None:
    """The search beside plain MiniLM, BM25, their fusion, and whole text with best sentence.

    open: Westmere with all that its records say, and the listings. blind: the same with Westmere's codes, ages and
    audience hidden, as real feeds have none. listings: only those in the manner of a real feed. Tune on `dev` alone.
    """
    from directory.encoder import load_encoder
    from directory.evaluation import baselines, judged_messages, measure

    messages = judged_messages(None if half == "all" else half)
    encoder, plain = load_encoder(), plain_encoder()
    for mode in modes or MODES:
        records = records_of(mode)
        among = frozenset(record.key for record in records)
        click.echo(f"\n{mode}, {half}: {len(records)} services")
        with searching(records, encoder) as ours:
            for name, rank in ({"Signpost": ours} | baselines(records, plain)).items():
                click.echo(in_words(name, measure(rank, messages, among)))


def in_words(name: str, found: Measured) -> str:
    """One line of the table."""

    def cell(values: tuple[float, float, float]) -> str:
        return "{:.3f} [{:.3f}, {:.3f}]".format(*values)

    return f"{name:30s} nDCG@5 {cell(found.ndcg)}   helpful in first three {cell(found.success)}   n={found.messages}"


def records_of(mode: str) -> list[ServiceRecord]:
    """The services that are searched."""
    from directory.evaluation import blind, judged_listings
    from directory.packs import pack
    from directory.sources.csv_template import read_csv_template
    from directory.sources.national import read_national

    listings = judged_listings()
    if mode == "listings":
        return listings
    own = read_csv_template(pack(COUNCIL).services_csv, COUNCIL, COUNCIL).records
    records = [record for record in (*own, *read_national().records) if record.status == "active"]
    return [*(blind(record) if mode == "blind" else record for record in records), *listings]


@contextmanager
def searching(records: Sequence[ServiceRecord], encoder: Encoder) -> Iterator[Ranking]:
    """The whole search, as `signpost search` does it, over these services in a directory of their own."""
    with tempfile.TemporaryDirectory() as folder, _environment({"SIGNPOST_VAR": folder, "DATABASE_URL": ""}):
        from bot.commands import told_of
        from bot.understanding.understand import Understander
        from directory.database import prepare_database
        from directory.importer import import_reading
        from directory.query import Query
        from directory.search import Search
        from directory.service import Reading

        prepare_database()
        for source in sorted({record.source for record in records}):
            some = [record for record in records if record.source == source]
            import_reading(Reading(some), source, None if source == "national" else COUNCIL)
        engine = Search(encoder)
        engine.refresh()
        understander = Understander(encoder)

        def rank(text: str) -> list[str]:
            heard = Query.from_json(told_of(understander.understand(text)) | {"text": text})
            found = engine.search(replace(heard, top=5))["services"]
            return ["/".join(card["page"].rsplit("/", 2)[-2:]) for card in found]

        yield rank


def plain_encoder() -> Encoder:
    """The encoder as published, without our adapter: exported once, into a folder of its own."""
    from directory.encoder import Encoder, load_encoder
    from directory.encoder_files import adapter_folder
    from directory.settings import settings

    if adapter_folder() is None:
        return load_encoder()
    folder = settings().var / "plain"
    if not (folder / "encoder" / "encoder.json").exists():
        settled = {"SIGNPOST_VAR": str(folder.absolute()), "SIGNPOST_ADAPTER": "none"}
        command = [sys.executable, "-m", "directory.encoder_export"]
        subprocess.run(command, cwd=ROOT, env=os.environ | settled, check=True, capture_output=True)
    return Encoder(folder / "encoder")


@contextmanager
def _environment(settled: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settled}
    os.environ.update(settled)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@evaluate.command("understanding")
@click.option("--half", type=click.Choice(["dev", "test"]), default="test", show_default=True)
def understanding_(half: str) -> None:
    """Needs, details and intents on held-back voices: with intervals, and the confusions that hurt most.

    Then what takes longer to measure, as it was last measured: classifiers, learning curve, public data, speed.
    """
    from bot.measuring.beside import by_description, kept_tables
    from bot.measuring.understanding import report
    from bot.understanding.intents import intents_head
    from bot.understanding.understand import Understander
    from directory.encoder import load_encoder

    click.echo(report(Understander(load_encoder()), intents_head(), half))
    click.echo(f"\n{by_description(plain_encoder(), half)}\n\n{kept_tables()}")


@evaluate.command("safety")
@click.option("--half", type=click.Choice(["dev", "test"]), default="test", show_default=True)
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw the trade-off into this file.")
def safety_(half: str, picture: Path | None) -> None:
    """Danger on held-back voices: seen and missed by kind, alarms for nothing, and what each threshold would do."""
    from bot.measuring.safety import draw, judge, report
    from bot.understanding.understand import Understander
    from directory.encoder import load_encoder

    encoder = load_encoder()
    understander = Understander(encoder)
    judged = judge(understander, encoder, half)
    click.echo(report(understander, judged, judge(understander, encoder, half, "public_"), half))
    if picture:
        draw(judged, picture)
