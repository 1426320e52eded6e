"""The rows of the design, ``design.toml``, and why an aim was missed, ``causes.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

HERE = Path(__file__).resolve().parent


class Designed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the design's table; ``keys`` are the measured rows that answer it."""

    what: str
    against: str
    reach: str
    keys: list[str]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    row: list[Designed]


class Causes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words on misses, by the key of the row."""

    both: dict[str, str] = {}
    small: dict[str, str] = {}
    full: dict[str, str] = {}

    def of(self, key: str, *, full: bool) -> str:
        """The cause of a miss at that size; "" where nobody wrote one."""
        return (self.full if full else self.small).get(key) or self.both.get(key, "")


def designed() -> list[Designed]:
    """In the design's order."""
    return msgspec.convert(_read("design.toml"), type=_Table).row


def causes() -> Causes:
    """As they are written now."""
    return msgspec.convert(_read("causes.toml"), type=Causes)


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
