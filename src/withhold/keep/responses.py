"""Responses of sites: which WARC files there are, and where in them lies what can be confirmed.

The bodies lie in the files; here stand the marks that the servers gave (ETag, Last-Modified), so
that the next request may be conditional. Of each address of a site the last response counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from withhold.keep.opened import Opened
from withhold.keep.private import RESPONSES
from withhold.keep.trouble import troubles


class WarcFile(Struct, frozen=True, kw_only=True):
    """A file of a run that ended; ``size`` in bytes, ``digest`` its SHA-256."""

    name: str
    size: int
    digest: str


class Remembered(Struct, frozen=True, kw_only=True):
    """A response of a ``site``: what was ``asked``, the ``url`` that answered, and its marks.

    It lies in the file ``warc``, ``size`` bytes from ``offset``; ``digest`` is their SHA-256.
    """

    site: str
    asked: str
    url: str
    etag: str
    last_modified: str
    warc: str
    offset: int
    size: int
    digest: str


_FIELDS = Remembered.__struct_fields__
_OF = """
    SELECT site, asked, url, etag, last_modified, warc, "offset", size, digest
    FROM response WHERE site = ?
"""
_PUT = """
    INSERT OR REPLACE INTO response
        (site, asked, url, etag, last_modified, warc, "offset", size, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Responses:
    """The list of files, and of what is in them."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def of(self, site: str) -> dict[str, Remembered]:
        """What is remembered of a site, by what was asked."""
        found = [
            Remembered(**dict(zip(_FIELDS, row, strict=True)))
            for row in self._opened.rows(_OF, site)
        ]
        return {one.asked: one for one in found}

    def remember(self, these: Iterable[Remembered]) -> None:
        """Each instead of what was remembered of its address before."""
        rows = [tuple(getattr(one, name) for name in _FIELDS) for one in these]
        with self._opened.writing() as tables:
            tables.conn.executemany(_PUT, rows)

    def add_files(self, these: Iterable[WarcFile]) -> None:
        """Files that nobody writes to any more."""
        with self._opened.writing() as tables:
            for one in these:
                tables.table("warc").insert(
                    {"name": one.name, "digest": one.digest, "size": one.size},
                    pk="name",
                    replace=True,
                )

    def files(self) -> list[WarcFile]:
        """All files that are listed, by name."""
        rows = self._opened.rows("SELECT name, size, digest FROM warc ORDER BY name")
        return [WarcFile(name=name, size=size, digest=digest) for name, size, digest in rows]

    def left_over(self) -> list[str]:
        """The names of files that a run has left which was stopped before it could list them.

        What is whole in them stays: the next look may rest on it, and lists it then.
        """
        known = {one.name for one in self.files()}
        with troubles(self._opened.path):
            there = sorted(one.name for one in (self._opened.home / RESPONSES).glob("*.warc.gz"))
        return [one for one in there if one not in known]

    def faults(self) -> list[str]:
        """One line for each listed file that is gone or was changed."""
        found = []
        for one in self.files():
            file = self._opened.home / RESPONSES / one.name
            with troubles(self._opened.path):
                if not file.is_file():
                    found.append(f"{RESPONSES}/{one.name} is gone")
                elif _digest(file) != one.digest:
                    found.append(f"{RESPONSES}/{one.name} was changed")
        return found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
