"""Reads a source whatever it is: the CSV template, Outpost's CSV, an Open Referral file of any version, or a feed's address."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from directory.service import Reading, Remark
from directory.sources.csv_lines import csv_header
from directory.sources.csv_template import read_csv_template
from directory.sources.faults import SourceError
from directory.sources.feed import Progress, read_feed
from directory.sources.feed_client import FeedClient
from directory.sources.json_items import LARGEST, JsonItems
from directory.sources.open_referral_items import Collector
from directory.sources.outpost import is_outpost, read_outpost

NAME_LENGTH = 100
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Where:
    """A source's address or file, and what it is called where nobody has named it."""

    given: str
    is_template: bool = False

    @property
    def is_feed(self) -> bool:
        """Whether it is fetched from the web."""
        return self.given.lower().startswith(("http://", "https://"))


def find_source(given: str) -> Where:
    """What `given` is; SourceError where there is nothing of that name."""
    where = Where(given)
    if where.is_feed:
        if not urlsplit(given).hostname:
            raise SourceError(f"{given} is no address. Write it as https://…")
        return where
    file = Path(given)
    if not file.is_file():
        raise SourceError(f"There is no file {given}. Give a CSV or JSON file, or a feed's address beginning with https://")
    return Where(given, is_template=_starts(file) == "csv" and not is_outpost(csv_header(file)))


def name_of(where: Where, council: str) -> str:
    """The source's name: the template is the council's own list; an export of ours says whose it is; others by their name."""
    if where.is_template:
        return council
    if where.is_feed:
        parts = urlsplit(where.given)
        path = re.sub(r"/services/?$", "", parts.path)
        plain = f"{parts.netloc.rpartition('@')[2]}{path}"
    else:
        # The folder too: two councils' feeds may both be called services.json.
        file = Path(where.given).resolve()
        plain = _exported_from(file) or f"{file.parent.name}-{file.stem}"
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:NAME_LENGTH] or "feed"


def read_source(where: Where, source: str, council: str, progress: Progress | None = None) -> Reading:
    """Everything the source says, as records of `source`; SourceError, and nothing, where it cannot be read."""
    if where.is_feed:
        with closing(FeedClient(where.given)) as client:
            return read_feed(where.given, source, council, client, progress)
    file = Path(where.given)
    if where.is_template:
        reading = read_csv_template(file, source, council)
    elif _starts(file) == "json":
        reading = _read_json(file, source, council, progress)
    else:
        reading = read_outpost(file, source, council)
    if not reading.records and not reading.refused:
        raise SourceError(f"{file.name} holds no services. Nothing was changed.")
    return reading


def _read_json(file: Path, source: str, council: str, progress: Progress | None) -> Reading:
    items, collector = JsonItems(file), Collector(source, council)
    count = 0
    for count, item in enumerate(items, 1):
        collector.take(item)
        if progress:
            progress(count, None)
    reading = collector.result()
    promised = items.wrapper.get("total_items", items.wrapper.get("totalElements"))
    if isinstance(promised, int) and promised > count:
        reading.complete = False
        reading.repaired.append(Remark(file.name, f"it is {count} of {promised} services: nothing is retired this time"))
    return reading


def _starts(file: Path) -> str:
    """`json` or `csv`, by what stands first; SourceError for what is neither at a glance, or far too large."""
    if file.stat().st_size > LARGEST:
        raise SourceError(f"{file.name} is over {LARGEST // 1024**2} MB. That is no list of services. Send a smaller file.")
    with file.open("rb") as opened:
        head = opened.read(4096)
    if not head.strip():
        raise SourceError(f"{file.name} is empty. Nothing was changed.")
    if head.startswith(_ZIP):
        raise SourceError(f"{file.name} is a ZIP file or a spreadsheet. Unpack it, or save it as 'CSV UTF-8'.")
    if b"\0" in head:
        raise SourceError(f"{file.name} is not UTF-8 text. Save it as UTF-8.")
    return "json" if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else "csv"


def _exported_from(file: Path) -> str | None:
    """The source that an export of ours names before its list; None in any other file."""
    if _starts(file) != "json":
        return None
    with file.open("rb") as opened:
        match = re.match(rb'\s*\{"signpost": \{"source": "([^"\\]{1,100})"', opened.read(400))
    return match[1].decode(errors="replace") if match else None
