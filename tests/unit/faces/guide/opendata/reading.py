"""Reads the open data as a stranger would: a CSV reader, and the TOML files themselves."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

from withhold.catalog.load import default_root

Files = dict[str, bytes]
Row = dict[str, str]


def table(files: Files, name: str) -> list[Row]:
    """The rows of a CSV, read strictly."""
    text = files[f"{name}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def row(files: Files, name: str, **wanted: str) -> Row:
    """The one row that has these cells."""
    found = [one for one in table(files, name) if wanted.items() <= one.items()]
    assert len(found) == 1, f"{name} {wanted}: {len(found)} rows"
    return found[0]


def toml(folder: str, root: Path | None = None) -> dict[str, dict[str, Any]]:
    """File name without its ending -> what stands in it, for a folder of knowledge."""
    found = sorted(((root or default_root()) / folder).glob("*.toml"))
    return {one.stem: tomllib.loads(one.read_text(encoding="utf-8")) for one in found}
