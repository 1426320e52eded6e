"""Rows of thousands of sites, written as they come: CSV, JSON (``withhold/sites/1``), Parquet.

Each writer takes the rows of a site at a time and keeps none of them longer than it must.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO, Protocol

from msgspec import to_builtins

from withhold.errors import MissingExtra
from withhold.faces.report.plain import cell, inert
from withhold.faces.report.rows import files_of
from withhold.verbs.many_sites import Row, Summary

SCHEMA = "withhold/sites/1"
COLUMNS = tuple(Row.__struct_fields__)
_GROUP = 20_000
"""Rows of a Parquet row group."""


class Writer(Protocol):
    """Takes rows, site by site, and the summary at the end."""

    def rows(self, these: Sequence[Row]) -> None:
        """The rows of one site."""

    def end(self, summary: Summary) -> None:
        """All were written."""


class AsCsv:
    """One row per site and company. A cell that a spreadsheet takes for a formula is quoted."""

    def __init__(self, out: BinaryIO, question: Mapping[str, str]) -> None:
        self._out = out
        out.write((",".join(COLUMNS) + "\n").encode())

    def rows(self, these: Sequence[Row]) -> None:
        """The rows of one site."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        for row in these:  # actors, codes and the like are knowledge's own words
            writer.writerow(
                (
                    _cell(row.site),
                    row.actor,
                    row.use,
                    row.answer,
                    row.strength,
                    row.code,
                    _cell(row.token),
                    _cell(row.place),
                    row.line,
                    _cell(row.text),
                    row.on,
                )
            )
        self._out.write(text.getvalue().encode("utf-8", "replace"))
        self._out.flush()

    def end(self, summary: Summary) -> None:
        """Nothing: a table has no end of its own."""


class AsJson:
    """One document; the rows stand in it one a line."""

    def __init__(self, out: BinaryIO, question: Mapping[str, str]) -> None:
        self._out, self._first = out, True
        head = json.dumps({"schema": SCHEMA, **question}, ensure_ascii=False)
        out.write(f'{head[:-1]}, "rows": [\n'.encode())

    def rows(self, these: Sequence[Row]) -> None:
        """The rows of one site."""
        for row in these:
            line = json.dumps(to_builtins(row), ensure_ascii=False)
            self._out.write(
                ("" if self._first else ",\n").encode() + line.encode("utf-8", "replace")
            )
            self._first = False
        self._out.flush()

    def end(self, summary: Summary) -> None:
        """The summary, the files of evidence, and the end of the document."""
        said = json.dumps(counted(summary), ensure_ascii=False)
        files = json.dumps(files_of(summary.evidence), ensure_ascii=False)
        self._out.write(f'\n], "summary": {said}, "evidence": {files}}}\n'.encode())
        self._out.flush()


class AsParquet:
    """Row groups of some thousand rows; needs the extra ``scale``. Readable once it has ended."""

    def __init__(self, out: BinaryIO, question: Mapping[str, str]) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as why:
            raise MissingExtra(
                "writing Parquet needs pyarrow", 'pip install "withhold[scale]"'
            ) from why
        self._pa, self._waiting = pa, list[Row]()
        kinds = {"line": pa.int64()}
        self._schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
        self._file: Any = pq.ParquetWriter(pa.PythonFile(out, mode="w"), self._schema)

    def rows(self, these: Sequence[Row]) -> None:
        """The rows of one site."""
        self._waiting += these
        if len(self._waiting) >= _GROUP:
            self._write()

    def end(self, summary: Summary) -> None:
        """The rest, and the index that a reader begins with."""
        self._write()
        self._file.close()

    def _write(self) -> None:
        columns = {name: [getattr(row, name) for row in self._waiting] for name in COLUMNS}
        self._file.write_table(self._pa.table(columns, schema=self._schema))
        self._waiting.clear()


def _cell(text: str) -> str:
    return inert(text) if text.isprintable() else cell(text)  # most are, and it is much quicker


def counted(summary: Summary) -> dict[str, Any]:
    """The counts as plain values."""
    return {
        "sites": summary.sites,
        "companies": {actor: dict(counts) for actor, counts in sorted(summary.answers.items())},
        "unknown": dict(summary.troubles.most_common()),
    }


WRITERS: dict[str, Callable[[BinaryIO, Mapping[str, str]], Writer]] = {
    "csv": AsCsv,
    "json": AsJson,
    "parquet": AsParquet,
}
