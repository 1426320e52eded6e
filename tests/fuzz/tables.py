"""Seeds out of the tables of the unit tests: one field of each case."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

UNIT = Path(__file__).parent.parent / "unit"


def cases(name: str, key: str = "case") -> list[dict[str, Any]]:
    """The cases of ``signals/robots_modes.toml`` and the like, in ``tests/unit``."""
    found: list[dict[str, Any]] = tomllib.loads((UNIT / name).read_text("utf-8"))[key]
    return found


def fields(name: str, *wanted: str) -> Iterator[bytes]:
    """The octets of these fields of each case that has one."""
    for case in cases(name):
        for field in wanted:
            if isinstance(said := case.get(field), str) and said:
                yield said.encode()
