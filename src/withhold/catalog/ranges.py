"""Reads ``knowledge/ranges/``: from which addresses crawlers come, as dated lists.

They are not part of ``Knowledge``: only a log needs them, so they are read when one is asked about.
"""

from __future__ import annotations

from pathlib import Path

from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.errors import BadKnowledge
from withhold.site_facts import Ranges

FOLDER = "ranges"


def load_ranges(root: Path | None = None) -> dict[str, Ranges]:
    """All lists by id; none where the folder is not there. Raises BadKnowledge, one line."""
    root = root or default_root()
    return {one: _one(root, one) for one in ids_in(root, FOLDER)}


def _one(root: Path, name: str) -> Ranges:
    file = f"{FOLDER}/{name}.toml"
    ranges = read(root / file, Ranges, file)
    if ranges.id != name:
        raise BadKnowledge(
            f"{file}: id: expected `{name}`, the name of the file", "slug = file name = id"
        )
    return ranges
