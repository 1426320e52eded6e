"""``sqlite_utils`` as the store needs it: without pandas and numpy.

It imports both wherever they are installed, to write values of theirs, which nobody here does:
80 MiB and a quarter of a second of every process that writes.
"""

from __future__ import annotations

from withhold.not_needed import without

with without("numpy", "pandas"):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
