"""How the octets of paths and patterns are spelled and compared (RFC 9309, 2.2.2 and 2.2.3).

Mode ``rfc`` is RFC 9309 as written, mode ``google`` answers as Google's open-source parser
(github.com/google/robotstxt) does. Octets are held as Latin-1 text: one character for each,
whatever it is.
"""

from __future__ import annotations

import re
from typing import Literal

Mode = Literal["rfc", "google"]
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_NOT_ASCII = re.compile("%[0-9A-Fa-f]{2}|[\x80-\xff]")
_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_HEX = "(?:(?<=%)[0-9A-Fa-f]{2})?"
_ODD_PATTERN = re.compile(r"[^!#&-;=?-\[\]_a-z~\n]" + _HEX)  # triplets, what a URI cannot hold, $
_ODD_PATH = re.compile(r"[^!#&-)+-;=?-\[\]_a-z~]" + _HEX)  # and *
ODD: dict[Mode, re.Pattern[str]] = {"rfc": _ODD_PATTERN, "google": _NOT_ASCII}
"""What a pattern is spelled anew for; of one in which it is not found nothing changes."""


def octets(text: str) -> str:
    """Any text as octets of UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "surrogatepass").decode("latin-1")


def text(octets: str) -> str:
    """Octets as the text that they are in UTF-8."""
    return octets if octets.isascii() else octets.encode("latin-1").decode("utf-8", "replace")


def decoded(path: str) -> str:
    """A path without percent-encoding (RFC 3986, 2.1), as files are called; what is no UTF-8 is
    replaced."""
    return text(_ENCODED.sub(lambda found: chr(int(found[1], 16)), octets(path)))


def asked(path: str, mode: Mode) -> str:
    """A path as it is compared; Google's is the caller's affair."""
    path = octets(path.partition("#")[0] if "#" in path else path)
    path = path if path[:1] == "/" else "/" + path
    return _spelled(path, _ODD_PATH, mode) if mode == "rfc" and _ODD_PATH.search(path) else path


def pattern(octets: str, mode: Mode) -> str:
    """A pattern as it is compared with a path that was ``asked``."""
    return _spelled(octets, ODD[mode], mode)


def _spelled(text: str, odd: re.Pattern[str], mode: Mode) -> str:
    """One spelling for what is the same (2.2.2), so that octets can be compared.

    Characters that a URI cannot hold are percent-encoded; so are a path's ``*`` and ``$``, which
    are ``%2A`` and ``%24`` in a pattern (2.2.3). Unreserved characters are unencoded; of reserved
    ones only ``:/?@`` in a query, where 2.2.2 has ``https://foo`` match ``https%3A%2F%2Ffoo``.
    Google encodes what is not ASCII, in patterns only, and unencodes nothing.
    """

    def one(found: re.Match[str]) -> str:
        octet = found[0]
        if len(octet) == 1:
            end = odd is _ODD_PATTERN and found.end() == len(text)
            return octet if octet == "%" or (octet == "$" and end) else f"%{ord(octet):02X}"
        character = chr(int(octet[1:], 16))
        plain = _UNRESERVED + ":/?@" * (0 <= query < found.start())
        return character if character in plain and mode == "rfc" else octet.upper()

    query = text.find("?")
    return odd.sub(one, text)


def matches(pieces: list[str], anchored: bool, path: str) -> bool:
    """Whether a pattern matches from the path's first octet (2.2.2).

    Each piece takes the first place after the one before it. A later place would leave less for
    the rest, so nothing is tried twice: the time is linear, whatever the number of wildcards.
    """
    at = len(pieces[0])
    if not path.startswith(pieces[0]):
        return False
    if len(pieces) == 1:
        return at == len(path)  # without "*" it is here for its "$"
    for piece in pieces[1:-1] if anchored else pieces[1:]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or (path.endswith(pieces[-1]) and len(path) - len(pieces[-1]) >= at)
