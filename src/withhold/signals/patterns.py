"""Path patterns outside robots.txt: does ``/directory/*.jpg$`` match a path?

TDMRep and RSL take the patterns of robots.txt (RFC 9309, 2.2.2 and 2.2.3) and their own order of
precedence. So there is one way to spell and match, that of ``spelling``: octets compared
with case, unreserved characters unencoded, ``*`` any characters, ``$`` at the end the end.
"""

from __future__ import annotations

import re

from withhold.signals import spelling

_ADDRESS = re.compile(
    r"https?://(?:[^/?#\\]*@)?(\[[^]/?#\\]*\]|[^/?#:\\]*)(?::\d*)?([^#]*)", re.IGNORECASE
)


def asked(path: str) -> str:
    """A path with its query as patterns are compared with it."""
    return spelling.asked(path, "rfc")


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path (as ``asked`` gives it) from its first octet, in linear
    time."""
    spelled = spelling.pattern(spelling.octets(pattern), "rfc")
    anchored = spelled[-1:] == "$"
    pieces = (spelled[:-1] if anchored else spelled).split("*")
    if len(pieces) == 1 and not anchored:
        return path.startswith(spelled)
    return spelling.matches(pieces, anchored, path)


def host_and_path(address: str) -> tuple[str, str] | None:
    """The host in lower case and the path with its query of an http(s) address; else None."""
    found = _ADDRESS.match(address)
    return (found[1].lower(), found[2] or "/") if found else None


def host(site: str) -> str:
    """The host of a site, given as an address or as a name."""
    found = host_and_path(site)
    return found[0] if found else site.partition("/")[0].partition(":")[0].lower()
