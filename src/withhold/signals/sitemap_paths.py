"""Which paths of a site its sitemap names (sitemaps.org): XML, or one address on a line.

A document type declaration is refused at its first sign, as in ``rsl_xml``: without one there are
no entities, so none can grow. An index of sitemaps names no pages, only further files.
"""

from __future__ import annotations

from xml.parsers import expat

from withhold.errors import BadInput
from withhold.signals import patterns

LIMIT = 50 * 1024 * 1024
"""Octets: the limit of the protocol itself."""
AT_MOST = 200
"""Paths that are asked about; of more, as many evenly spread over the file."""


class _Refused(Exception):
    pass


def read(body: bytes) -> list[str]:
    """The paths, each once and at most AT_MOST. Raises BadInput for what cannot be read."""
    if len(body) > LIMIT:
        raise BadInput("the sitemap is bigger than 50 MiB", "give the paths in a file, one a line")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return spread(_addresses_in_xml(body))
    return listed(body.decode("utf-8-sig", "replace"))


def listed(text: str) -> list[str]:
    """Paths or addresses, one a line; empty lines and ``#`` lines are passed over."""
    lines = (line.strip() for line in text.splitlines())
    return spread([line for line in lines if line and not line.startswith("#")])


def spread(addresses: list[str]) -> list[str]:
    """The paths of addresses, each once; evenly chosen where there are too many."""
    paths: dict[str, None] = {}
    for one in addresses:
        found = patterns.host_and_path(one)
        path = found[1] if found else one
        if path.startswith("/"):
            paths[path] = None
    every = list(paths)
    if len(every) <= AT_MOST:
        return every
    return [every[at * len(every) // AT_MOST] for at in range(AT_MOST)]


def _addresses_in_xml(body: bytes) -> list[str]:
    found: list[str] = []
    inside: list[str] = []
    text: list[str] = []

    def start(name: str, _: object) -> None:
        inside.append(name.rpartition(":")[2])
        text.clear()

    def end(_: str) -> None:
        if inside[-2:] == ["url", "loc"]:
            found.append("".join(text).strip())
        inside.pop()

    def refuse(*_: object) -> None:
        raise _Refused

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except _Refused:
        raise BadInput(
            "the sitemap declares a document type, which no sitemap needs", "take it out"
        ) from None
    except (expat.ExpatError, ValueError, LookupError) as why:
        raise BadInput(f"the sitemap is no XML: {why}", "give the paths in a file") from None
    return found
