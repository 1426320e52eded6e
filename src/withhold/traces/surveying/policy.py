"""The policy of a robots.txt: its rules in a normal form, their hash, and what they say to whom.

The normal form has the user-agent, allow and disallow lines of the file, in its order: the key in
lower case and a colon, the value without white space around it and without a comment, names of
agents in lower case. Everything else is left out: comments, blank lines, sitemaps, other lines,
rules before the first user-agent line (RFC 9309, 2.2.2), and what lies behind 500 KiB. Two files
have one hash (SHA-256) when these lines are equal; a file that says the same in another order has
another. A line of the normal form is a *statement*, counted from 1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from msgspec import Struct

from withhold.signals import robots

ALL = "*"
_WHITE = " \t\x0b\x0c"
_LINE = re.compile(r"^[ \t\x0b\x0c]*([acduACDU][a-zA-Z-]+)[ \t\x0b\x0c]*:([^#\n]*)", re.MULTILINE)
_RULES = ("user-agent", "disallow", "allow")
_SIGNALS = ("content-signal", "content-usage")
_MARK = re.compile("^\xef(\xbb\xbf?)?")
_SHOWN = 200
"""Characters of a rule that are kept as its text."""


class Policy(Struct, frozen=True, gc=False):
    """A normal form (octets as they stood), its hash, and what else the file holds."""

    hash: str
    normal: bytes
    signals: bool
    """Whether there is a Content-Signal or Content-Usage line, which no rule speaks of."""
    web_page: bool
    """Whether it looks like a page that reports an error, and holds no statement."""
    cut: bool


class Said(Struct, frozen=True, gc=False):
    """What a policy says to a token (or ``*``) of a path; ``statement`` 0 = no rule decides."""

    token: str
    allowed: bool
    statement: int
    rule: str
    why: robots.Why
    own_group: bool


def policy(body: bytes) -> Policy:
    """The policy of a file. Any octets will do."""
    text = body[: robots.LIMIT + 1].decode("latin-1")
    cut = len(body) > robots.LIMIT
    if cut:  # half a rule is a rule that nobody wrote
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    text = _MARK.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    lines, signals = list[str](), False
    for key, value in _LINE.findall(text):
        kind = _KEYS[key]
        if kind == "user-agent:":
            lines.append(kind + value.strip(_WHITE).lower())
        elif kind == "signal":
            signals = True
        elif kind and lines:
            lines.append(kind + value.strip(_WHITE))
    normal = "\n".join(lines).encode("latin-1")
    web = not lines and text.lstrip()[:1] == "<" and "looks-like-html" in robots.read(body).notes
    return Policy(hashlib.sha256(normal).hexdigest(), normal, signals, web, cut)


class _Keys(dict[str, str]):
    """However a key is spelled: how its line begins in the normal form, if it is in it."""

    def __missing__(self, key: str) -> str:
        name = key.lower()
        kind = f"{name}:" if name in _RULES else "signal" if name in _SIGNALS else ""
        if len(self) < 1_000:
            self[key] = kind
        return kind


_KEYS = _Keys()


def said(normal: bytes, asked: dict[str, str], path: str) -> list[Said]:
    """What it says to everybody (``*``, first), and to those of the asked tokens that it names.

    ``asked``: each token in lower case, and as it is spelled. A token that is not in the answer is
    told what ``*`` is. In the order of the asked tokens, whatever the file's.
    """
    read = robots.read(normal)
    named = {one.lower() for one in read.tokens}
    tokens = [ALL, *(asked[one] for one in asked.keys() & named)]
    tokens[1:] = sorted(tokens[1:], key=str.lower)
    rows = read.decide_all(tokens, (path,))
    return [
        Said(
            token,
            row[0].allowed,
            row[0].line or 0,
            _shown(read.line_text(row[0].line)) if row[0].line else "",
            row[0].why,
            token != ALL or read.group_line(ALL) is not None,
        )
        for token, row in zip(tokens, rows, strict=True)
    ]


def by_name(tokens: Sequence[str]) -> dict[str, str]:
    """Tokens in lower case, and as they are spelled."""
    return {one.lower(): one for one in tokens if one != ALL}


def _shown(line: str) -> str:
    """``disallow:/a`` as people write it."""
    key, _, value = line.partition(":")
    return f"{key.capitalize()}: {value}"[:_SHOWN]
