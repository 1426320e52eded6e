"""When two addresses or ids name the same thing: forms that are compared as they are."""

from __future__ import annotations

import re

_URL = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?([^/?#]+)([^?#]*)(\?[^#]*)?", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_HOST = re.compile(r"(?!-)[^\s/?#@:.]{1,63}(?:\.[^\s/?#@:.]{1,63})+\.?(?::\d+)?")
_PORT = re.compile(r":(?:80|443)?$")


def address(url: str) -> str:
    """The form of an http address in which it is compared; empty where it is none.

    Without scheme, user, ``www.``, the usual ports, fragment and one slash at the end; the host and
    escapes in one spelling. The query stays as it is, also what only tracks: which parts of it
    matter is the site's to say.
    """
    parts = _URL.match(url.strip().strip("<>"))
    if not parts:
        return ""
    path = _ESCAPE.sub(lambda escape: escape[0].upper(), parts[2])
    return host(parts[1]) + (path[:-1] if path.endswith("/") else path) + (parts[3] or "")


def host(name: str) -> str:
    """The form of a host in which it is compared: ASCII, lower case, no ``www.``, no usual port."""
    name = _PORT.sub("", name.strip().lower()).rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return name
    return name.removeprefix("www.")


def is_host(name: str) -> bool:
    """Whether this can be the name of a host: labels with dots between, the last with a letter."""
    return (
        len(name) <= 253
        and bool(_HOST.fullmatch(name))
        and any(letter.isalpha() for letter in host(name).rpartition(".")[2])
    )


def host_of(address: str) -> str:
    """The host of an ``address``."""
    return re.split(r"[/?]", address, maxsplit=1)[0]


def is_telling(id: str) -> bool:
    """Whether an id can be told from the number of a row: 6 characters, or 10 where all digits."""
    return len(id) >= (10 if id.isdigit() else 6)
