"""What stored posts give away, counted: per post, which kinds, and how often.

No word of a post is read for it: the posts to show are chosen by what stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from msgspec import Struct

from withhold.keep.opened import Opened
from withhold.keep.post_rows import ASKED, Asked
from withhold.keep.said_audiences import SaidAudiences, by_the_owner
from withhold.words import Revealed

_ASKED = ", ".join(f"post.{one}" for one in ASKED)
_COUNTED = f"""
    SELECT reveal.post, reveal.kind, reveal.sure, reveal.media > 0, count(*), {_ASKED}
    FROM reveal JOIN post ON post.id = reveal.post
    GROUP BY reveal.post, reveal.kind, reveal.sure, reveal.media > 0 ORDER BY reveal.post
"""  # noqa: S608 - constants
_KINDS = frozenset(get_args(Revealed))


class Revealing(Struct, frozen=True, kw_only=True):
    """A post that gives something away: per kind, how many spans say so for sure, or possibly.

    ``in_media`` are the kinds that a picture, video or sound of it gives away, its place above all.
    """

    id: int
    asked: Asked
    sure: dict[Revealed, int]
    possible: dict[Revealed, int]
    in_media: set[Revealed]


def giving_away(opened: Opened) -> Iterator[Revealing]:
    """All posts that give something away, in the order of their numbers."""
    said = SaidAudiences(opened).all()
    last: Revealing | None = None
    for number, kind, sure, in_media, n, *fields in opened.each(_COUNTED):
        if kind not in _KINDS:
            continue
        if last is None or last.id != number:
            if last is not None:
                yield last
            asked = by_the_owner(Asked(*fields), said.get(fields[0], ()))
            last = Revealing(id=number, asked=asked, sure={}, possible={}, in_media=set())
        counts = last.sure if sure else last.possible
        counts[kind] = counts.get(kind, 0) + n
        if in_media:
            last.in_media.add(kind)
    if last is not None:
        yield last
