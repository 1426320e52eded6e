"""How an observation that came from an archive is told from one of a control."""

from __future__ import annotations

from withhold.words import Observation

MARK = "archive:"
"""``x/archive:privacy-jurisdiction``: what no control stands for, and no answer rests on."""


def is_note_of_archive(seen: Observation) -> bool:
    """Whether it only says what an archive said, or that there was one; nothing was done by it."""
    return seen.control.partition("/")[2].startswith(MARK)
