"""Dictionaries of a PDF as they stand in the file: their own names, numbers and references.

ISO 32000-1, 7.2 and 7.3. What lies deeper inside a value is passed over. No object is resolved;
work and length are bounded, and what is not written as the standard has it raises ``NotPlain``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WINDOW = 32 * 1024
"""Bytes of one dictionary; those that are looked at have a few hundred."""

_WHITE = rb"[\0\t\n\f\r ]"
SPACE = _WHITE + rb"*+(?:%[^\r\n]*+" + _WHITE + rb"*+)*+"
"""White space and comments (7.2.2, 7.2.3), as a pattern."""
_TOKEN = re.compile(
    SPACE
    + rb"(?:(?P<ref>(?P<object>\d{1,10})"
    + _WHITE
    + rb"++(?P<generation>\d{1,5})"
    + _WHITE
    + rb"++R(?![A-Za-z0-9]))"
    + rb"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))"
    + rb"|/(?P<name>[^\0\t\n\f\r ()<>\[\]{}/%]*+)"
    + rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    + rb"|(?P<hex><[0-9A-Fa-f\0\t\n\f\r ]*+>)"
    + rb"|(?P<word>[A-Za-z]++)"
    + rb"|(?P<string>\())",
)
_CLOSED_BY = {b"<<": b">>", b"[": b"]"}
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


class NotPlain(Exception):
    """It is not there, or not in a form that is read here."""


class Ref(NamedTuple):
    """An indirect reference: the numbers of an object and its generation."""

    number: int
    generation: int


class Name(bytes):
    """A name, without its slash and with its escapes read."""


Value = Ref | Name | int | None
"""None: null, or anything else that is not looked at (texts, arrays, dictionaries)."""


class Parsed(NamedTuple):
    """A dictionary and where it ends; ``filled``: keys whose value is neither null nor empty."""

    entries: dict[bytes, Value]
    filled: frozenset[bytes]
    end: int


def dictionary(data: bytes, at: int) -> Parsed:
    """The dictionary that begins at an offset; raises NotPlain where none does, or one twice."""
    limit = min(len(data), at + WINDOW)
    entries: dict[bytes, Value] = {}
    filled: set[bytes] = set()
    key: bytes | None = None
    inside: list[bytes] = []
    while True:
        token = _TOKEN.match(data, at, limit)
        if token is None or not (inside or token["open"] == b"<<"):
            raise NotPlain
        at = _behind_string(data, token.end(), limit) if token["string"] else token.end()
        if token["open"]:
            inside.append(_CLOSED_BY[token["open"]])
        elif token["close"]:
            if inside.pop() != token["close"]:
                raise NotPlain
            if not inside:
                return Parsed(entries, frozenset(filled), at)
            if len(inside) == 1:
                key = None
        elif len(inside) > 1:
            filled.update([key] if key is not None else [])
        elif key is None:
            if token["name"] is None or _plain(token["name"]) in entries:
                raise NotPlain  # no key; or one twice, and parsers differ in which counts
            key = _plain(token["name"])
            entries[key] = None
        else:
            entries[key] = _value(token)
            filled.update([key] if token["word"] != b"null" else [])
            key = None


def _behind_string(data: bytes, at: int, limit: int) -> int:
    """The offset behind a text in brackets that may hold others (7.3.4.2)."""
    depth = 1
    while depth:
        mark = _IN_STRING.search(data, at, limit)
        if mark is None:
            raise NotPlain
        depth += {b"(": 1, b")": -1}.get(mark[0], 0)
        at = mark.end()
    return at


def _plain(name: bytes) -> Name:
    return Name(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name))


def _value(token: re.Match[bytes]) -> Value:
    if token["ref"]:
        return Ref(int(token["object"]), int(token["generation"]))
    if token["number"] and token["number"].isdigit():
        return int(token["number"][:18])
    return _plain(token["name"]) if token["name"] is not None else None
