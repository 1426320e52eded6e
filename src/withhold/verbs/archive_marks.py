"""How an observation that came from an archive is told from one of a control."""

from __future__ import annotations

import re

from withhold.words import Observation

MARK = "archive:"
"""``x/archive:privacy-jurisdiction``: what no control stands for, and no answer rests on."""


def is_note_of_archive(seen: Observation) -> bool:
    """Whether it only says what an archive said, or that there was one; nothing was done by it."""
    return seen.control.partition("/")[2].startswith(MARK)


_TAKEN = re.compile(r"(\d{1,12}) posts, sha256 ([0-9a-f]{64})")


def taken_in(seen: Observation) -> tuple[int, str] | None:
    """Of the note that an archive was taken in: how many posts it had, and its SHA-256.

    None where it is another note, or has another form (``archive_settings.imported`` writes it).
    """
    if seen.control.partition("/")[2] != f"{MARK}import":
        return None
    found = _TAKEN.fullmatch(seen.value)
    return (int(found[1]), found[2]) if found else None
