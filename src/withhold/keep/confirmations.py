"""What the owner saw on a platform's own page: the label of a control is as written, or not."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from withhold.keep.opened import Opened
from withhold.keep.trouble import damaged


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """One look at one control's label; ``words`` are those on the page, where they differ."""

    control: str
    seen: Literal["as-written", "different"]
    on: date
    words: str = ""


class Confirmations:
    """What the owner confirmed or corrected (``withhold knowledge confirm``)."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def record(self, confirmation: Confirmation) -> None:
        """Notes one look; earlier ones stay."""
        with self._opened.writing() as tables:
            tables.table("confirmation").insert(msgspec.to_builtins(confirmation))

    def all(self) -> list[Confirmation]:
        """All looks, oldest first."""
        rows = self._opened.rows(
            'SELECT control, seen, words, "on" FROM confirmation ORDER BY "on", id'
        )
        names = ("control", "seen", "words", "on")
        try:
            return msgspec.convert(
                [dict(zip(names, row, strict=True)) for row in rows], list[Confirmation]
            )
        except msgspec.ValidationError as why:
            raise damaged(self._opened.path, f"a confirmation: {why}") from why
