"""Gets the directory ready: the database, the pack's services, the national ones, the encoder, the index."""

from __future__ import annotations

from dataclasses import dataclass, field

from directory.database import prepare_database, session
from directory.encoder import load_encoder
from directory.encoder_files import adapter_folder, identity, model_folder
from directory.importer import Summary, import_reading
from directory.index import Built, Progress, build_index, current_index, fingerprint, pointer_age
from directory.packs import CouncilPack, pack
from directory.sources.csv_template import read_csv_template
from directory.sources.national import SOURCE, read_national
from directory.store import last_change


@dataclass(frozen=True)
class Prepared:
    """What had to be done."""

    imports: tuple[Summary, ...] = field(default_factory=tuple)
    built: Built | None = None
    """None where the index was up to date."""

    def in_words(self) -> str:
        """A line for each import, and one for the index."""
        index = (
            f"index: {self.built.services} services, {self.built.encoded} of {self.built.texts} texts encoded"
            if self.built
            else "index: up to date"
        )
        return "\n".join([*(summary.in_words() for summary in self.imports), index])


def prepare_directory(council: CouncilPack | None = None, progress: Progress | None = None) -> Prepared:
    """Bring everything up to date with the pack's files; a second or so where nothing changed.

    PackError, SourceError or EncoderError say what cannot be used. The encoder's first export takes 15 seconds.
    """
    council = council or pack()
    prepare_database()
    imports = [import_reading(read_national(), SOURCE, None)]
    if council.services_csv.exists():
        reading = read_csv_template(council.services_csv, council.code, council.code)
        imports.append(import_reading(reading, council.code, council.code))
    return Prepared(tuple(imports), refresh_index(progress))


def refresh_index(progress: Progress | None = None) -> Built | None:
    """Build the index where it lags behind the database; None where it does not. A running server takes it up itself.

    Whether it does is known without loading the encoder.
    """
    with session() as opened:
        index = current_index()
        same = index and index.fingerprint == fingerprint(opened, identity(model_folder(), adapter_folder()))
        if same and last_change(opened) <= pointer_age():
            return None
        return build_index(opened, load_encoder(), progress)
