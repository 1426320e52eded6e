"""What was seen of a site for one path: its files and responses as bytes, each read once.

Pure: bytes and dates are arguments. What each signal in it says is ``site_says``.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from withhold.signals import (
    documents,
    meta,
    read_once,
)
from withhold.signals.robots import Mode, Robots
from withhold.words import Kind, Statement

Missing = Literal["", "not-asked", "none", "unreachable", "unreachable-429"]
"""Why there are no bytes: nobody looked; there is no such file (RFC 9309, 2.3.1.3: no rules); it
could not be read (2.3.1.4); the server asked to wait."""
Pairs = tuple[tuple[str, str], ...]


class Part(Struct, frozen=True, kw_only=True):
    """One file or response: its bytes and headers, or why there are none; ``place`` names it."""

    place: str = ""
    body: bytes = b""
    headers: Pairs = ()
    missing: Missing = ""
    detail: str = ""
    """Of what could not be read: in a few words why."""

    @property
    def read(self) -> bool:
        """Whether there are bytes to read, be they none."""
        return not self.missing


NOT_ASKED = Part(missing="not-asked")


@lru_cache(maxsize=2)
def _rules(body: bytes, mode: Mode) -> Robots:
    """Read once, however often it is asked for."""
    return read_once.rules(body, mode)


class SiteSeen(Struct, frozen=True, kw_only=True):
    """Everything that was seen of a site for one path, on one day.

    ``site`` is what it is called in verdicts, ``origin`` its address where it has one. ``page`` is
    the response or file that the path leads to: HTML, an EPUB or a PDF. ``metadata`` is what is
    embedded in an image.
    """

    site: str
    on: date
    origin: str = ""
    path: str = "/"
    kind: Kind = "page"
    mode: Mode = "rfc"
    robots: Part = NOT_ASKED
    page: Part = NOT_ASKED
    tdmrep: Part = NOT_ASKED
    ai_txt: Part = NOT_ASKED
    licences: tuple[Part, ...] = ()
    """RSL documents; ``place`` is the address each was fetched from."""
    metadata: tuple[Statement, ...] = ()

    @property
    def rules(self) -> Robots | None:
        """The robots.txt as read; without one there are no rules; None where nothing is known."""
        if self.robots.read:
            return _rules(self.robots.body, self.mode)
        return _rules(b"", self.mode) if self.robots.missing == "none" else None


@lru_cache(maxsize=2)
def head_of(part: Part, tokens: tuple[str, ...] = ()) -> meta.Meta:
    """The head of a page as read, by its content type where there is one; a document has none."""
    if not part.read or kind_of(part):
        return meta.Meta()
    return meta.read(part.body, _type_of(part), tokens)


def _type_of(part: Part) -> str:
    return next((value for name, value in part.headers if name.lower() == "content-type"), "")


def kind_of(part: Part) -> documents.Kind:
    """Whether it is an EPUB or a PDF: as the server says, or by its name where nobody says it."""
    return documents.kind_of(_type_of(part), part.place)


@lru_cache(maxsize=2)
def embedded_in(part: Part) -> documents.Embedded:
    """What an EPUB or a PDF says in its own metadata; of anything else, nothing."""
    return documents.read(kind_of(part), part.body) if part.read else documents.Embedded()
