"""What of a corpus could not be read, and where: counted and told, never an end without a word."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Why = Literal[
    "cut",  # it ends before its end
    "damaged",  # what is there does not hold: a wrong sum, a header that is none
    "too-long",  # longer than is read of one record; the rest of it was left out
    "not-decoded",  # packed in a way that is not read, or wrongly
    "one-stream",  # all records in one gzip member: all are read, none can be reached by its place
    "not-an-object",  # a line that is no JSON object, a row that fits no columns
    "no-text",  # a record of a kind in which no text is read: pictures, PDF, sound
    "empty",  # a file without an octet
    "zip",  # a zip, not looked into
    "not-known",  # no form that is read
    "no-columns",  # a table without a column that is known to hold text or an address
    "not-opened",  # the file is not there any more, or may not be read
]
NOTES: tuple[Why, ...] = ("one-stream", "no-text", "empty")
"""What is worth saying and hides no record: not counted as unreadable."""


class Trouble(Struct, frozen=True, kw_only=True):
    """``offset`` as in a ``Record``. ``whole``: nothing more of the file could be read."""

    why: Why
    offset: int = 0
    whole: bool = False


class Broken(Exception):
    """A stream that ends too early or does not hold, from octet ``offset`` of the file on.

    Of packed files that is where the member begins that is broken; ``barren``: nothing came of it.
    """

    def __init__(self, why: Why, offset: int, *, barren: bool = False) -> None:
        super().__init__(why, offset)
        self.why, self.offset, self.barren = why, offset, barren
