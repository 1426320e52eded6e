"""The rows of LinkedIn's CSV files by plain names of their columns; times in six forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct

from withhold.exports import csv_rows
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Pointer, Precision, Zone

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_QUOTED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ESCAPED = re.compile(rb'\\"[^",\r\n]')
_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})$")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d\d|\d{4}),? (\d{1,2}):(\d\d)\s*([AaPp])[Mm]$")
_WORDY = re.compile(
    r"\bon ([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4}) at (\d{1,2}):(\d\d)\s*([AaPp])[Mm](?: \((\w+)\))?"
)


class Row(Struct, frozen=True, kw_only=True):
    """A row: its fields in their order, and by the names of its columns as ``plain`` has them."""

    path: str
    part: str
    number: int
    fields: tuple[str, ...]
    cells: dict[str, str]

    @property
    def at(self) -> str:
        """Where it stands, in words."""
        return f"row {self.number}"

    @property
    def source(self) -> Pointer:
        """Where it stands."""
        return Pointer(part=self.part, path=self.path, at=self.at)


def plain(name: str) -> str:
    """A file's or column's name without case, spaces and signs: ``Rich Media``, ``Rich_Media``."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


def person(name: str) -> str:
    """A person's name without case, spaces and signs, in any script.

    Of a name in two scripts ``plain`` would leave the Latin part, which others may share.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in folded if one.isalnum())


def unquoted(address: str) -> str:
    """An address with its ``%C3%AB`` read."""
    if "%" not in address:
        return address
    return _QUOTED.sub(
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), address
    )


def header_of(head: bytes) -> tuple[str, ...]:
    """The columns in the first bytes of a file, as ``plain`` has them; empty where none are."""
    return tuple(found for name in csv_rows.columns(head) if (found := plain(name)))


def is_escaped(files: Files, path: str) -> bool:
    """Whether quotes in this file stand behind backslashes, as people say of ``Comments.csv``.

    One that ends no field and is not doubled can be nothing else.
    """
    before = b""
    try:
        with files.open(path) as stream:
            while chunk := stream.read(64 * 1024):
                if _ESCAPED.search(before + chunk):
                    return True
                before = chunk[-2:]
    except OSError:
        pass  # noted when its rows are read
    return False


def rows(files: Files, path: str, notes: Notes, *, escaped: bool = False) -> Iterator[Row]:
    """Each row below the header. One that does not fit it is noted and given as far as it goes."""
    spelled: dict[str, str] = {}
    part = files.entries[path].part
    for number, cells in csv_rows.rows(files, path, notes, escaped=escaped):
        if not spelled:
            spelled = {name: plain(name) for name in cells}
        yield Row(
            path=path,
            part=part,
            number=number,
            fields=tuple(cells.values()),
            cells={spelled.get(name) or plain(name): value for name, value in cells.items()},
        )


def when(said: str) -> tuple[datetime | None, Precision, Zone]:
    """A time in one of LinkedIn's forms. Raises ValueError for another; empty text is no time.

    ``2024-08-16 11:57:00 UTC`` and with slashes, without zone (taken for UTC), ``22 Mar 2021`` (a
    day), ``8/16/24, 11:57 AM`` (zone unknown), ``You uploaded ... on August 16, 2024 at 11:57 AM
    (GMT)``.
    """
    said = said.strip()
    if not said:
        return None, "none", "none"
    bare = said.removesuffix(" UTC")
    if bare[:4].isdigit() and bare[4:5] in ("-", "/"):
        read = datetime.fromisoformat(bare.replace("/", "-"))
        precision: Precision = "second" if len(bare) > 16 else "minute" if len(bare) > 10 else "day"
        zone: Zone = "utc" if bare != said else "assumed-utc"
        if read.tzinfo:
            return read.astimezone(UTC), precision, "offset"
        return read.replace(tzinfo=UTC), precision, zone
    if day := _DAY.match(said):
        return datetime(int(day[3]), _month(day[2]), int(day[1]), tzinfo=UTC), "day", "unknown"
    if found := _AMERICAN.match(said):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        hour = int(found[4]) % 12 + (12 if found[6] in "Pp" else 0)
        read = datetime(year, int(found[1]), int(found[2]), hour, int(found[5]), tzinfo=UTC)
        return read, "minute", "unknown"
    if found := _WORDY.search(said):
        hour = int(found[4]) % 12 + (12 if found[6] in "Pp" else 0)
        read = datetime(
            int(found[3]), _month(found[1]), int(found[2]), hour, int(found[5]), tzinfo=UTC
        )
        return read, "minute", "utc" if found[7] in ("GMT", "UTC") else "unknown"
    raise ValueError("not a time")


def _month(name: str) -> int:
    number = _MONTHS.get(name.lower())
    if number is None:
        raise ValueError("not an English month")
    return number
