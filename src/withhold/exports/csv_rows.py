"""The rows of a CSV file, by the names in its header.

Platforms differ in what stands before the header (LinkedIn's notes), in the delimiter, in the
spelling of column names, and in what they quote. A row that does not fit the header is noted and
still given, as far as it goes. A quote that is never closed costs its own row, not the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import TextIO, cast

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.utf8 import Pieces, utf8

ROW_AT_MOST = 4 * 1024 * 1024
"""Characters of one row, all its lines together."""
FIELD_AT_MOST = 2 * ROW_AT_MOST
AGAIN_AT_MOST = 20
"""How often a file is taken up again behind a quote that is never closed."""
PREAMBLE_AT_MOST = 30
"""Lines in front of a header."""
DELIMITERS = ",;\t|"
_ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')


def rows(
    files: Files, path: str, notes: Notes, *, escaped: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number (1 = the first below the header), by column names in lower case.

    Of two columns with one name the second is called ``name 2``. Fields without a column are
    left out. ``escaped``: a quote behind a backslash is one of the text. Notes what does not fit;
    never raises for what a file holds.
    """
    if not files.entries[path].size:
        notes.trouble(path, "empty")
        return
    number = 0
    csv.field_size_limit(FIELD_AT_MOST)  # Python's own is less than a line may have
    try:
        with files.open(path) as stream:
            raw = io.BufferedReader(Pieces(utf8(stream, path, notes)))
            lines = _lines(cast(TextIO, io.TextIOWrapper(raw, "utf-8", newline="")), path, notes)
            if escaped:
                lines = (_ESCAPED.sub(r'\1""', line) for line in lines)
            first = list(islice(lines, PREAMBLE_AT_MOST))
            start, header = _header(first)
            if not any(header):
                notes.trouble(path, "empty")
                return
            names = _distinct(header, path, notes)
            delimiter = _delimiter(first[start])
            wide = len(names)
            below = _rows(chain(first[start + 1 :], lines), delimiter, wide, path, notes)
            for number, row in enumerate(below, 1):
                if len(row) != wide:
                    at = f"row {number}"
                    notes.trouble(path, "row-length", at, columns=wide, fields=len(row))
                yield number, dict(zip(names, row, strict=False))
    except OSError as why:
        notes.trouble(path, getattr(why, "why", "damaged"), f"row {number + 1}")


def columns(head: bytes) -> list[str]:
    """The names in the header of a file, in lower case, by its first bytes; never raises."""
    text = Pieces(utf8(io.BytesIO(head), "", Notes())).read().decode("utf-8", "replace")
    _, header = _header(text.splitlines(keepends=True)[:PREAMBLE_AT_MOST])
    return [name.strip().lower() for name in header]


def _header(first: list[str]) -> tuple[int, list[str]]:
    """Which line the header is, and its fields.

    What stands in front of it has one field per line and ends with an empty line; the header
    has several.
    """
    plain = [line.strip() for line in first]
    start = next((at for at, line in enumerate(plain) if line), 0)
    if plain and len(_fields(first[start])) == 1 and "" in plain[start:]:
        below = plain.index("", start)
        following = next((at for at in range(below, len(plain)) if plain[at]), 0)
        if any(line.count('"') % 2 for line in plain[start:below]):
            following = 0  # the empty line stands inside a text
        if following and len(_fields(first[following])) > 1:
            start = following
    return start, _fields(first[start]) if first else []


def _fields(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(line: str) -> str:
    """The one that stands most often in a line, outside of quotes; a comma where none does."""
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _distinct(header: list[str], path: str, notes: Notes) -> list[str]:
    seen: dict[str, int] = {}
    names = []
    for name in (name.strip().lower() for name in header):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] == 2:
            notes.trouble(path, "header", "row 0", twice=name)
        names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return names


def _lines(text: TextIO, path: str, notes: Notes) -> Iterator[str]:
    """Lines without NULs; of one that is too long its beginning."""
    while line := text.readline(ROW_AT_MOST):
        if len(line) == ROW_AT_MOST and line[-1] != "\n":
            notes.trouble(path, "too-long", limit=ROW_AT_MOST)
            while (rest := text.readline(ROW_AT_MOST)) and rest[-1] != "\n":
                pass
        yield line.replace("\0", "") if "\0" in line else line


def _rows(
    lines: Iterator[str], delimiter: str, wide: int, path: str, notes: Notes
) -> Iterator[list[str]]:
    """The rows in these lines; behind a quote that is never closed it begins anew."""
    number, again, taken = 0, 0, _Taken(lines)
    while True:
        try:
            for row in csv.reader(taken, delimiter=delimiter):
                if taken.unclosed():
                    break
                taken.done()
                if row and not (again and len(row) == 1 < wide):  # else more of the broken one
                    number += 1
                    yield row
            else:
                return
        except csv.Error:
            pass  # too long, or what csv does not take: the same cure
        number += 1
        notes.trouble(path, "cut-off", f"row {number}", quote="never closed")
        again += 1
        if again > AGAIN_AT_MOST:
            return
        yield next(csv.reader([taken.again().replace('"', "")], delimiter=delimiter), [""])


class _Taken:
    """Lines, of which those of the row that is being read are kept."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._row: list[str] = []
        self._size = 0
        self._ahead: list[str] = []
        """Lines to be given before all others, the last one first."""

    def __iter__(self) -> _Taken:
        return self

    def __next__(self) -> str:
        if self._size > ROW_AT_MOST:
            raise csv.Error
        line = self._ahead.pop() if self._ahead else next(self._lines)
        self._row.append(line)
        self._size += len(line)
        return line

    def done(self) -> None:
        """The row is complete."""
        self._row.clear()
        self._size = 0

    def again(self) -> str:
        """The first line of the row, which is broken; the others are given once more."""
        first, *others = self._row or [""]
        self._ahead += reversed(others)
        self.done()
        return first

    def unclosed(self) -> bool:
        """Whether the row ended because the file did, inside a quote with several lines."""
        if len(self._row) < 2 or sum(line.count('"') for line in self._row) % 2 == 0:
            return False
        if not self._ahead:
            following = next(self._lines, None)
            if following is None:
                return True
            self._ahead.append(following)
        return False
