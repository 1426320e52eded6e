"""Corpora that are made here, a list of what is looked for in them, and the answer as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.journeys.run import REPO, here

ARCHIVE = REPO / "examples" / "reddit-archive"
BODY = "Green, 26 inches, by the river. Write to ada@example.org if it is yours."
URL = "https://www.reddit.com/r/gardening/comments/1a2b3c/first_tomatoes/"
TEXT = (
    "The heron came back on the ninth of March and stood, as it does every year, on the one "
    "stone that the flood had left, looking at nobody."
)


def needles_in(path: Path) -> Path:
    """A list of one text, one address, one host, and one that is too short."""
    path.write_text(f"{TEXT}\nhttps://ada.example/blog/heron\nheron.example\n\nabc\n", "utf-8")
    return path


def asked(*args: str | Path) -> dict[str, Any]:
    """The answer as JSON, made in this process."""
    ran = here("prove", "corpus", *args, "--jobs", "1", "--format", "json").ok()
    found: dict[str, Any] = json.loads(ran.out)
    assert found["schema"] == "withhold/corpus/1"
    return found


def hits(found: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(one["needle"], one["rung"], one["offset"]) for one in found["hits"]]


def table(path: Path, rows: list[dict[str, Any]], groups: int = 10_000) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=groups)
    return path


def lines(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return path
