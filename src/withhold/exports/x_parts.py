"""Files of X's archive: JSON behind an assignment (``window.YTD.tweets.part0 = [...]``).

What a file holds is told by the name it assigns to, not by the name it has: that name has been the
same since 2019, while files were split (``tweets-part1.js``) and renamed (``tweet.js``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from withhold.archive_facts import XFiles
from withhold.catalog.load import default_root
from withhold.catalog.read import read
from withhold.exports.json_items import items, whole
from withhold.exports.notes import Notes
from withhold.exports.parts import Entry, Files

_ASSIGNS = re.compile(
    rb"\s*(?:window\.)?(?:YTD\.([A-Za-z0-9_]{1,80})\.part\d{1,6}|(__THAR_CONFIG)"
    rb"|Grailbird\.data\.([A-Za-z0-9_]{1,80})|var\s+(user_details|payload_details|tweet_index))\s*="
)
FILE = "archives/x-files.toml"
MANIFEST = "manifest"


@cache
def known() -> tuple[frozenset[str], frozenset[str]]:
    """Names of bookkeeping, and of what others wrote."""
    found = read(default_root() / FILE, XFiles, FILE)
    return frozenset(found.not_published.names), frozenset(found.others.names)


def assigns_to(head: bytes) -> str:
    """The name that a file assigns to: ``tweets``, ``manifest``, ``tweets_2011_03``; empty for a
    file that assigns to none of X's."""
    found = _ASSIGNS.match(head.removeprefix(b"\xef\xbb\xbf"))
    if not found:
        return ""
    name = found[1] or (MANIFEST.encode() if found[2] else found[3] or found[4])
    return name.decode("ascii").lower()


class Values(Struct, kw_only=True):
    """The files of an archive, and how many entries of each list were seen, by path."""

    whole: Files
    seen: dict[str, int] = {}

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Those of the archive."""
        return self.whole.entries


def listed(files: Values, path: str, notes: Notes) -> Iterator[tuple[str, Any]]:
    """The items of the list that a file assigns, each with its JSON Pointer in that list."""
    files.seen[path] = 0
    for found in items(files.whole, path, notes, assigned=True):
        files.seen[path] += 1
        yield found


def assigned(files: Values, path: str, notes: Notes) -> Any:
    """What a small file assigns, in one piece; None where it cannot be read, which is noted."""
    return whole(files.whole, path, notes, assigned=True)
