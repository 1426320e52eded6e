"""Every file of the open data, as its path below ``data/`` and its bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from withhold.catalog.load import Knowledge
from withhold.catalog.schema import schemas
from withhold.faces.guide.opendata.package import package
from withhold.faces.guide.opendata.tables import csv_of, dictionary
from withhold.faces.guide.opendata.whole import schema, whole


def files(knowledge: Knowledge, when: date, version: str = "") -> Iterator[tuple[str, bytes]]:
    """The JSON of everything, the schemas, a CSV per table, and the package that describes them.

    ``when`` is the day the guide is built for. The same knowledge, day and version give the same
    bytes.
    """
    yield "withhold.json", msgspec.json.encode(whole(knowledge, when, version))
    yield "schema/knowledge-1.json", _readable(schema())
    for name, one in schemas().items():
        yield f"schema/{name}.json", _readable(one)
    tables = dictionary()
    made = {table.path: csv_of(table.name, knowledge) for table in tables}
    yield from made.items()
    yield "datapackage.json", _readable(package(tables, made, when, version))


def _readable(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
