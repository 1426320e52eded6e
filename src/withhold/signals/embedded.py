"""What a document says of mining in its own metadata: an EPUB's package, a PDF's XMP.

TDMRep's report (final, 2024-05-10) names three forms, each covering the whole file: in EPUB 2 and
in EPUB 3 two different ``meta`` elements, in PDF two properties of XMP. They supersede what the
site says by file, header or meta tag; ``tdmrep`` has that order.

The report is silent on a value in another form than its own: an EPUB 2 element in an EPUB 3, a
prefix that is not declared, its namespace in another spelling. Our reading is the one that images
have: a no in it is kept, since its words are plain and a simple reader finds them; it never counts
as a yes. A name in another case is neither, as names of XML differ by case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from withhold.signals import tdmrep
from withhold.words import Statement

LIMIT = 64 * 1024 * 1024
"""Bytes of a document; a bigger one is not read: what leads to its metadata stands at its end."""
METADATA_LIMIT = 4 * 1024 * 1024
"""Bytes of the part that holds the metadata, unpacked."""
NAMESPACES = {
    "http://www.w3.org/ns/tdmrep#": "epub",
    "http://www.w3.org/ns/tdmrep/": "pdf",
    "http://www.w3.org/ns/tdmrep": "",
    "http://www.w3.org/ns/tdmrep/xml": "",  # of a draft, January 2024
    "https://www.w3.org/ns/tdmrep#": "",
    "https://www.w3.org/ns/tdmrep/": "",
    "https://www.w3.org/ns/tdmrep": "",
}
"""The report's namespace, which ends in one way for each form, and spellings that come near it."""

Unread = Literal[
    "empty",
    "limit-64-mib",
    "not-zip",
    "not-pdf",
    "damaged",
    "too-many-members",
    "doubled-member",  # parsers differ in which of two files of one name they take
    "encrypted",
    "unknown-compression",
    "too-big",  # the part that holds the metadata
    "no-container",  # no META-INF/container.xml
    "no-package",  # the container names none that is there
    "not-a-package",  # another document where the package belongs
    "not-xml",
    "doctype",
    "too-deep",
    "too-many-elements",
    "not-read",  # the extra is not installed
    "wrong-case",
]
"""Why it is not known what a document says: a no may stand in what was not read."""
Note = (
    Unread
    | Literal[
        "no-mimetype",  # the file that makes a ZIP an EPUB; read all the same
        "several-packages",  # only the first is read, which is shown where nobody chooses
        "prefix-undeclared",
        "other-namespace",
        "other-form",
        "refines",  # said of something inside; the report has no rights of parts
        "said-twice",
    ]
)


class Embedded(Struct, frozen=True, kw_only=True):
    """What a document says: the pairs ``tdm:reservation`` and ``tdm:policy``, and the traps met."""

    tdm: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def unread(self) -> Note | Literal[""]:
        """The first thing that kept it from being known, or ""."""
        return next((one for one in self.notes if one in get_args(Unread)), "")

    def unknown(self, *, place: str) -> list[Statement]:
        """That a no may stand in what was not read: to everyone, and neither yes nor no."""
        if not self.unread:
            return []
        return [
            Statement(
                token="*",
                allowed=None,
                signal=tdmrep.SIGNAL,
                use="train-ai",
                text=self.unread,
                why="unreadable",
                place=place,
            )
        ]

    def statements(
        self, *, site: str = "", place: str = "embedded", on: date | None = None
    ) -> list[Statement]:
        """What it says by itself, to everyone: at most one answer, and what is not known."""
        found = [*tdmrep.decide("/", embedded=self.tdm), *self.unknown(place=place)]
        return [replace(one, site=site, place=place, on=on) for one in found]


class Said(Struct):
    """Gathers what a document says while it is read."""

    pairs: dict[tuple[str, str], None]
    notes: dict[Note, None]

    def add(self, local: str, value: str, odd: Note | Literal[""] = "") -> None:
        """A value of ``reservation`` or ``policy``; ``odd``: in another form than the report's."""
        if odd:
            self.notes[odd] = None
            if local == "reservation" and value != "1":
                return
        self.pairs[f"tdm:{local}", value] = None

    def embedded(self) -> Embedded:
        """What stood in the file, in its order; said twice is noted."""
        if len([name for name, _ in self.pairs if name == "tdm:reservation"]) > 1:
            self.notes["said-twice"] = None
        return Embedded(tdm=tuple(self.pairs), notes=tuple(self.notes))


def nothing(*notes: Note) -> Embedded:
    """A document that says nothing, and why."""
    return Embedded(notes=tuple(dict.fromkeys(notes)))


def noted(notes: Iterable[Note] = ()) -> Said:
    """To gather into, with what was met on the way."""
    return Said({}, dict.fromkeys(notes))
