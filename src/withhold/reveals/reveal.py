"""One thing that a post gives away, and where in its text it stands."""

from __future__ import annotations

from msgspec import Struct

from withhold.words import Revealed


class Reveal(Struct, frozen=True, kw_only=True):
    """``text[start:end]`` (code points) gives away something of this kind.

    Not ``sure`` = shown as "possible". Of a picture's place ``start`` and ``end`` are 0 and
    ``media`` counts the post's media from 1.
    """

    kind: Revealed
    start: int
    end: int
    sure: bool = True
    media: int = 0
