"""robots.txt: what one line is, and which token it names (RFC 9309, 2.2).

Mode ``rfc`` is RFC 9309 as written, mode ``google`` forgives what Google's open-source parser does.
Octets are held as Latin-1 text.
"""

from __future__ import annotations

import re
from typing import Literal

from withhold.signals.spelling import Mode

Kind = Literal["agent", "allow", "disallow", "sitemap", "other"]
_KEYS: tuple[tuple[Kind, tuple[str, ...]], ...] = (  # the RFC's first, then Google's
    ("agent", ("user-agent", "useragent", "user agent")),
    ("disallow", ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")),
    ("allow", ("allow",)),
    ("sitemap", ("sitemap", "site-map")),
)
USUAL = {
    key: kind for kind, (usual, *_) in _KEYS for key in (usual, usual.capitalize(), usual.title())
}
"""The kind of a line by its key, as nearly all lines spell it."""
WHITE = " \t\x0b\x0c"
_TOKEN = re.compile(r"\*(?!\S)|[A-Za-z_-]*", re.ASCII)


def unusual(line: str, mode: Mode) -> tuple[Kind, str, str]:
    """A line's kind, and what stands before and after its colon (2.2); no key without a colon.

    Keys are compared without case. Google forgives typos and how a key goes on, and lets white
    space between exactly two words stand for a forgotten colon.
    """
    key, colon, value = line.partition("#")[0].partition(":")
    if not colon:
        words = re.split("[ \t]+", key.strip(WHITE)) if mode == "google" else ()
        key, value = words if len(words) == 2 else ("", "")
    key = key.strip(WHITE)
    for kind, spellings in _KEYS:
        if key.lower() == spellings[0] or (mode == "google" and key.lower().startswith(spellings)):
            return kind, key, value
    return "other", key, value


def token_in(value: str, mode: Mode) -> str:
    """The token that a user-agent line names.

    Google cuts it at the first octet that no token has (``Bot/1.2``); ``* x`` is ``*``.
    """
    found = _TOKEN.match(value) if mode == "google" else None
    return found[0] if found else value
