"""A passage: one paragraph, list item, table row or heading of a document, as a person reads it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

PassageKind = Literal["paragraph", "item", "row", "heading"]


class Passage(Struct, frozen=True, kw_only=True, gc=False):
    """``text`` without markup (of a link its words), one space between words.

    ``headings`` are those it stands under, outermost first. ``lead`` is what a list hangs on ("We
    do not use for training:"), of an item inside an item both, empty elsewhere. ``start`` and
    ``end`` are the characters of the source it was made from (of a PDF or HTML: of the text that
    was made of it).
    """

    text: str
    kind: PassageKind = "paragraph"
    headings: tuple[str, ...] = ()
    lead: str = ""
    start: int = 0
    end: int = 0
    links: tuple[tuple[str, str], ...] = ()
    """(words, address) of its links, as written."""
