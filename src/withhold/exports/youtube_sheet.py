"""One CSV file of YouTube's: its columns by what they stand for, its cells as words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from withhold.exports import loose
from withhold.exports.csv_rows import rows
from withhold.exports.json_pieces import whole_pairs
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Pointer

PLATFORM = "youtube"
ID_FROM = 8
"""Characters from which on a text can be an id of YouTube's; videos have 11, all others more."""
VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
LONG = re.compile(r"[A-Za-z0-9_.-]{15,120}")


def own_id(said: str) -> str:
    """An id of YouTube's; empty for a text that is too short or too long to be one."""
    return said if ID_FROM <= len(said) <= 200 else ""


class Sheet(Struct, frozen=True, kw_only=True):
    """One CSV file, and its columns by what they stand for."""

    files: Files
    notes: Notes
    path: str
    columns: dict[str, list[str]]

    def one(self, row: Mapping[str, str], name: str) -> str:
        """The value of a row under a column of this meaning; empty where there is none."""
        for column in self.columns.get(name, ()):
            if found := row.get(column):
                return found
        return ""

    def many(self, row: Mapping[str, str], name: str) -> list[str]:
        """All values of a row under the columns of this meaning."""
        return [found for column in self.columns.get(name, ()) if (found := row.get(column))]

    def rows(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The rows that hold anything, each with its place."""
        for number, row in rows(self.files, self.path, self.notes):
            if any(row.values()):
                yield f"row {number}", row

    def at(self, place: str) -> Pointer:
        """Where a row stands."""
        return Pointer(part=self.files.entries[self.path].part, path=self.path, at=place)

    def moment(self, row: Mapping[str, str], place: str, *names: str) -> loose.Moment:
        """The first time that can be read under these columns; a time that cannot is noted."""
        values = [value for name in names if (value := self.one(row, name))]
        for value in values:
            found = loose.moment(value)
            if found[0] is not None:
                return found
        if values:
            self.notes.trouble(self.path, "bad-date", place, value=values[0])
        return loose.NO_MOMENT


def said(value: str) -> str:
    """The words of a text cell: JSON segments (``{"text":"a"},{"text":"b"}``, or these under
    ``takeoutSegments``) put together; a cell of plain text as it is."""
    if not value.startswith(("{", "[")):
        return value
    listed = value if value[0] == "[" else f"[{value}]"
    try:
        found = msgspec.json.decode(listed)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        try:
            whole = whole_pairs(listed.encode("utf-8", "surrogatepass"))
            found = json.loads(whole, strict=False)  # Google leaves line breaks as they are
        except (ValueError, RecursionError):
            return value
    words: list[str] = []
    for one in found:
        if not isinstance(one, dict):
            return value
        inner = one.get("takeoutSegments")
        for segment in inner if isinstance(inner, list) else [one]:
            if not isinstance(segment, dict) or not isinstance(segment.get("text"), str):
                return value
            words.append(segment["text"])
    return "".join(words) if words else value
