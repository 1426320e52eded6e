"""What a reader of one platform's archives is: a module with ``READER``, of four parts.

``names`` tells by the listing alone, ``structure`` by the first bytes of files; both are asked of
every archive, so both are quick and never raise. ``read`` yields posts and keeps the notebook: at
its end every path of the archive is understood, ignored or not understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post


class Hit(Struct, frozen=True, kw_only=True):
    """An archive looks like this platform's, in this layout (``2024 json``).

    ``marks`` counts the independent marks that fit: file names in the right folders, keys, headers.
    """

    layout: str
    marks: int


class Options(Struct, frozen=True, kw_only=True):
    """What the owner asked for."""

    others: bool = False
    """Keep what other people wrote too (messages, an assistant's replies)."""


class Reader(Struct, frozen=True, kw_only=True):
    """One platform's reader."""

    platform: str
    """Its id in knowledge/platforms, or a word of ours where there is none (``wordpress``)."""
    names: Callable[[Sequence[str]], Hit | None]
    structure: Callable[[Files], Hit | None]
    read: Callable[[Files, Notes, Options], Iterator[Post]]
