"""One contradiction among a site's signals, or one trap in them."""

from __future__ import annotations

from msgspec import Struct

TEXT_LIMIT = 200
"""Characters of a site's own words that a conflict shows."""


class Conflict(Struct, frozen=True, kw_only=True):
    """One contradiction or trap: its code, where it stands, and the words that stand there.

    ``facts`` fills the gaps of the sentence beside ``where`` and ``text``.
    """

    code: str
    place: str
    line: int | None = None
    text: str = ""
    facts: dict[str, str] = {}

    @property
    def where(self) -> str:
        """``place:line``."""
        return f"{self.place}:{self.line}" if self.line else self.place
