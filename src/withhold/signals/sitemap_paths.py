"""Which paths of a site its sitemap names (sitemaps.org): XML, or one address on a line; gzipped.

An index of sitemaps names no pages, only further sitemaps; one that stands in an index is not
followed, as the protocol knows no index of indexes. A document type declaration is refused at its
first sign, as in ``rsl_xml``: without one there are no entities, so none can grow.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar
from xml.parsers import expat

from msgspec import Struct

from withhold.errors import BadInput
from withhold.signals import patterns

LIMIT = 50 * 1024 * 1024
"""Octets of one sitemap, before and after it is inflated: the limit of the protocol itself."""
MOST_URLS = 50_000
"""Addresses that are read of one sitemap: the protocol's limit too; what comes later is not."""
AT_MOST = 200
"""Paths that are asked about; of more, as many evenly spread over the file."""
MOST_PARTS = 50
"""Sitemaps of an index that are read; of more, as many evenly spread over it."""
_MOST_DEEP = 100
_BEGINNING = 4096
"""Octets in which XML begins, whatever space stands before it."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GZIP = b"\x1f\x8b"
_Any = TypeVar("_Any")
Trouble = Literal[
    "not-there",  # no such file lies in the folder
    "unreadable",  # no sitemap by its form, or over a limit
    "index",  # an index within an index
    "no-pages",  # it can be read and names none
]


class _Refused(Exception):
    pass


class _Enough(Exception):
    pass


class Sitemap(Struct, frozen=True, kw_only=True):
    """Paths of pages, at most AT_MOST; of an index instead the paths of its sitemaps."""

    paths: list[str] = []
    parts: list[str] = []


class Followed(Struct, frozen=True, kw_only=True):
    """The paths of a sitemap, or of the sitemaps that an index names.

    ``named``: how many the index names; ``read``: how many of them could be read; ``unread``: the
    others that were looked for, each with why. What is in neither was left out (MOST_PARTS).
    """

    paths: list[str]
    named: int = 0
    read: int = 0
    unread: tuple[tuple[str, Trouble], ...] = ()


def follow(body: bytes, part: Callable[[str], bytes | None]) -> Followed:
    """All pages that a sitemap leads to. ``part`` has the octets of another file of the site.

    It gets the path of its address and answers None where there is none. Raises BadInput where
    the sitemap itself cannot be read, and for nothing that an index leads to.
    """
    top = read(body)
    if not top.parts:
        return Followed(paths=top.paths)
    paths: list[str] = []
    unread: list[tuple[str, Trouble]] = []
    chosen = _spread(top.parts, MOST_PARTS)
    for name in chosen:
        found = part(name)
        if found is None:
            unread.append((name, "not-there"))
            continue
        try:
            inner = read(found)
        except BadInput:
            unread.append((name, "unreadable"))
            continue
        if not inner.paths:
            unread.append((name, "index" if inner.parts else "no-pages"))
        paths += inner.paths
    return Followed(
        paths=_spread(list(dict.fromkeys(paths)), AT_MOST),
        named=len(top.parts),
        read=len(chosen) - len(unread),
        unread=tuple(unread),
    )


def read(body: bytes) -> Sitemap:
    """What one file names, each path once. Raises BadInput for what cannot be read."""
    body = _inflated(body)
    if len(body) > LIMIT:
        raise BadInput("the sitemap is bigger than 50 MiB", "give the paths in a file, one a line")
    # a list that PowerShell has written is in UTF-16
    encoding = "utf-16" if body.startswith(_UTF_16) else "utf-8-sig"
    if body[:_BEGINNING].decode(encoding, "replace").lstrip("\ufeff \t\r\n")[:1] == "<":
        pages, sitemaps = _addresses_in_xml(body)
        return Sitemap(paths=_spread(_paths(pages), AT_MOST), parts=_paths(sitemaps))
    return Sitemap(paths=listed(body.decode(encoding, "replace")))


def listed(text: str) -> list[str]:
    """Paths or addresses, one a line; empty lines and ``#`` lines are passed over."""
    lines = (line.strip() for line in text.splitlines())
    named = [line for line in lines if line and not line.startswith("#")]
    return _spread(_paths(named[:MOST_URLS]), AT_MOST)


def _inflated(body: bytes) -> bytes:
    """The octets without gzip, at most one more than the limit, however far they would grow."""
    if not body.startswith(_GZIP) or len(body) > LIMIT:
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            return stream.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error) as why:
        raise BadInput(
            f"the sitemap is no whole gzip file: {why}", "give the paths in a file"
        ) from None


def _paths(addresses: Sequence[str]) -> list[str]:
    """The paths of addresses, each once."""
    paths: dict[str, None] = {}
    for one in addresses:
        found = patterns.host_and_path(one)
        path = found[1] if found else one
        if path.startswith("/"):
            paths[path] = None
    return list(paths)


def _spread(every: list[_Any], most: int) -> list[_Any]:
    """All of them, or as many as asked for, evenly chosen."""
    if len(every) <= most:
        return every
    return [every[at * len(every) // most] for at in range(most)]


def _addresses_in_xml(body: bytes) -> tuple[list[str], list[str]]:
    """The addresses of pages, and those of sitemaps where it is an index."""
    pages: list[str] = []
    sitemaps: list[str] = []
    inside: list[str] = []
    text: list[str] = []

    def start(name: str, _: object) -> None:
        if len(inside) == _MOST_DEEP:
            raise _Refused("the sitemap is nested deeper than any sitemap is")
        inside.append(name.rpartition(":")[2])
        text.clear()

    def end(_: str) -> None:
        if inside[-2:] == ["url", "loc"]:
            pages.append("".join(text).strip())
        elif inside == ["sitemapindex", "sitemap", "loc"]:
            sitemaps.append("".join(text).strip())
        inside.pop()
        if len(pages) + len(sitemaps) == MOST_URLS:
            raise _Enough

    def refuse(*_: object) -> None:
        raise _Refused("the sitemap declares a document type, which no sitemap needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except _Enough:
        pass
    except _Refused as why:
        raise BadInput(str(why), "take it out, or give the paths in a file") from None
    except (expat.ExpatError, ValueError, LookupError) as why:
        raise BadInput(f"the sitemap is no XML: {why}", "give the paths in a file") from None
    return pages, sitemaps
