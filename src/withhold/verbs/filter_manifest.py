"""The manifest of a filter run: what went in, what was asked, what came out, by what knowledge.

It is enough to check the parts, to say in a data card what was done, and to filter what was kept
once more when owners have said no since (``again``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec
from msgspec import Struct

from withhold import __version__
from withhold.catalog.load import default_root, ids_in
from withhold.errors import BadInput
from withhold.reach.engines import Finished
from withhold.reach.out_folder import OutFolder, sha256_of
from withhold.reach.remote import is_address, opened, shown
from withhold.traces.deciding.asking import asking
from withhold.verbs.filtering import UNREADABLE, Filter, reasons
from withhold.words import Answer

SCHEMA = "withhold/filter/1"
FILE = "manifest.json"
CARD = "DATASET-CARD.md"
DATA = "data"
"""The folder of the parts, below that of a run: what reads a folder of Parquet takes all in it."""
NOT_CLEARANCE = (
    "This is not legal clearance: it says what the records hold of what owners said to machines,"
    " not whether the use of a record is lawful. Owners who said nothing gave no consent by it."
)
_PART = re.compile(DATA + r"/part-[0-9-]+\.parquet")
_FOLDERS = ("crawlers", "signals", "actors")
"""The parts of knowledge that decide."""


class FileSeen(Struct, frozen=True, kw_only=True):
    """A file that went in; ``sha256`` empty = it was not hashed."""

    name: str
    size: int
    sha256: str = ""


class Settings(Struct, frozen=True, kw_only=True):
    """What was asked. ``as`` is the token of the asker, ``map`` our names of columns to theirs."""

    use: str
    when: date | None
    token: str = msgspec.field(name="as")
    honour: str
    unknown: str
    kind: str
    columns: dict[str, str] = msgspec.field(name="map")
    robots_table: tuple[FileSeen, ...]
    also_current: tuple[FileSeen, ...]


class Known(Struct, frozen=True, kw_only=True):
    """By what knowledge: this program's version, and the SHA-256 over the files that decide."""

    version: str
    sha256: str
    crawlers: int


class Rows(Struct, frozen=True, kw_only=True):
    """``in`` = kept + dropped; ``unreadable`` rows are beside them and in no part."""

    read: int = msgspec.field(name="in")
    kept: int
    dropped: int
    allowed: int
    disallowed: int
    unknown: int
    unreadable: int


class PartSeen(Struct, frozen=True, kw_only=True):
    """A file of the output."""

    file: str
    rows: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """The whole run. ``again`` is the SHA-256 of the manifest whose parts went in, or empty;
    ``timed``: the records say when they were crawled."""

    schema: str = SCHEMA
    made: date
    knowledge: Known
    settings: Settings
    inputs: tuple[FileSeen, ...]
    again: str = ""
    timed: bool = True
    rows: Rows
    reasons: dict[str, int]
    parts: tuple[PartSeen, ...]
    dropped: tuple[PartSeen, ...] = ()
    says: str = NOT_CLEARANCE


def known_by() -> Known:
    """The knowledge of this installation."""
    root = default_root()
    sum_ = hashlib.sha256()
    for folder in _FOLDERS:
        for one in ids_in(root, folder):
            body = (root / folder / f"{one}.toml").read_bytes()
            sum_.update(f"{folder}/{one} {len(body)}\n".encode() + body)
    many = len(ids_in(root, "crawlers"))
    return Known(version=__version__, sha256=sum_.hexdigest(), crawlers=many)


def file_seen(name: str, hashed: bool = True) -> FileSeen:
    """A file's size and SHA-256; of an address the sum is not taken, since it is read for it."""
    if is_address(name) or not hashed:
        return FileSeen(
            name=shown(name), size=-1 if is_address(name) else Path(name).stat().st_size
        )
    with opened(name) as stream:
        return FileSeen(name=name, size=Path(name).stat().st_size, sha256=sha256_of(stream))


def manifest(
    filter_: Filter,
    inputs: Sequence[FileSeen],
    finished: Finished,
    known: Known,
    made: date,
    *,
    dropped: Finished | None = None,
    again: str = "",
    timed: bool = True,
) -> Manifest:
    """What a finished run was."""
    counts = finished.counts
    return Manifest(
        made=made,
        knowledge=known,
        settings=_settings(filter_),
        inputs=tuple(inputs),
        again=again,
        timed=timed,
        rows=_rows(counts),
        reasons=reasons(counts),
        parts=_parts(finished, f"{DATA}/"),
        dropped=_parts(dropped) if dropped else (),
    )


def _rows(counts: Mapping[str, int]) -> Rows:
    by_answer = {answer: counts.get(answer, 0) for answer in get_args(Answer)}
    return Rows(
        read=counts.get("rows", 0),
        kept=counts.get("kept", 0),
        dropped=counts.get("dropped", 0),
        unreadable=counts.get(UNREADABLE, 0),
        **by_answer,
    )


def _settings(filter_: Filter) -> Settings:
    asked = filter_.asking
    return Settings(
        use=asked.use,
        when=asked.when,
        token=asked.token,
        honour=asked.honour,
        unknown=asked.unknown,
        kind=asked.kind,
        columns=dict(filter_.columns),
        robots_table=tuple(map(file_seen, filter_.robots_table)),
        also_current=tuple(map(file_seen, filter_.also_current)),
    )


def _parts(finished: Finished, below: str = "") -> tuple[PartSeen, ...]:
    return tuple(
        PartSeen(file=below + one.file, rows=one.rows, sha256=one.sha256) for one in finished.parts
    )


def written(manifest: Manifest) -> bytes:
    """As it lies in the folder."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def earlier(file: str) -> tuple[Manifest, str]:
    """The manifest of an earlier run and its SHA-256; BadInput for what is none."""
    with opened(file) as stream:
        body = stream.read(64 << 20)
    try:
        found = msgspec.json.decode(body, type=Manifest)
    except (ValueError, RecursionError) as why:  # also of what is no UTF-8
        raise BadInput(f"{shown(file)}: no manifest of a filter run", "OUT/manifest.json") from why
    if found.schema != SCHEMA:
        raise BadInput(f"{shown(file)}: schema {found.schema!s:.40}, not {SCHEMA}", "filter anew")
    return found, hashlib.sha256(body).hexdigest()


def again(file: str, also_current: tuple[str, ...]) -> tuple[Filter, tuple[str, ...], str]:
    """The question of an earlier run with today's files beside it, and the parts that it kept.

    BadInput where a part is not there or is another than the one it noted, and for settings that
    nobody can have asked for.
    """
    before, digest = earlier(file)
    folder = OutFolder(file.rpartition("/")[0] or ".")
    for part in before.parts:
        if not _PART.fullmatch(part.file) or folder.sha256(part.file) != part.sha256:
            raise BadInput(
                f"{part.file:.80}: not the part that {shown(file)} notes", "filter the inputs anew"
            )
    if not before.parts:
        raise BadInput(f"{shown(file)}: notes no part", "filter the inputs anew")
    settings = before.settings
    filter_ = Filter(
        asking=asking(
            use=settings.use,
            token=settings.token,
            honour=settings.honour,
            unknown=settings.unknown,
            kind=settings.kind,
            when=None,  # of then; what was said since is of a later day
        ),
        columns=tuple(sorted(settings.columns.items())),
        robots_table=tuple(one.name for one in settings.robots_table),
        also_current=also_current,
    )
    return filter_, tuple(folder.path(part.file) for part in before.parts), digest
