"""A short piece of a post with what it gives away in it, and the way to the post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from withhold.faces.report.plain import printable
from withhold.keep.post_rows import Stored
from withhold.reveals.reveal import Reveal
from withhold.words import Revealed

ROOM = 80
"""Characters of an excerpt at most."""
_NEAR = 4 * ROOM
_LEFT_OUT = "…"


class Excerpt(Struct, frozen=True):
    """Words before, what is given away, words after; on one line, without control characters."""

    before: str
    hit: str
    after: str

    def __str__(self) -> str:
        return self.before + self.hit + self.after


def excerpt(text: str, start: int = 0, end: int = 0, room: int = ROOM) -> Excerpt:
    """At most ``room`` characters of a text around ``text[start:end]``, that span first of all."""
    hit = _flat(text[start:end])
    if len(hit) > room:
        return Excerpt("", hit[: room - 1] + _LEFT_OUT, "")
    before, after = _flat(text[max(0, start - _NEAR) : start]), _flat(text[end : end + _NEAR])
    left = room - len(hit)
    lead = min(len(before), max(left // 2, left - len(after)))
    tail = min(len(after), left - lead)
    if lead < len(before) or start > _NEAR:
        before = _LEFT_OUT + before[len(before) - lead + 1 :] if lead else ""
    if tail < len(after) or end + _NEAR < len(text):
        after = after[: tail - 1] + _LEFT_OUT if tail else ""
    return Excerpt(before, hit, after)


def _flat(text: str) -> str:
    """On one line; a space at either end is kept as one."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    lead, tail = text[0].isspace(), text[-1].isspace()
    return printable(" " * lead + words + " " * tail)


def telling(stored: Stored) -> Excerpt:
    """Of a post: around the first thing that it gives away for sure, else possibly."""
    found = min(stored.reveals, key=_first, default=None)
    post = stored.post
    if found is None or (found.media and found.end == 0):  # a picture's place stands in no text
        return excerpt(post.text.strip())
    media = post.media[found.media - 1 : found.media] if found.media else ()
    text = media[0].text if media else post.text
    return excerpt(text, found.start, found.end)


def _first(one: Reveal) -> tuple[bool, bool, int, int]:
    return (not one.sure, one.end == 0, one.media, one.start)


def kinds_of(stored: Stored) -> tuple[list[Revealed], list[Revealed]]:
    """The kinds that a post gives away for sure, and those only possibly, in their order."""
    sure = list(dict.fromkeys(one.kind for one in stored.reveals if one.sure))
    possible = dict.fromkeys(one.kind for one in stored.reveals if not one.sure)
    return sure, [one for one in possible if one not in sure]


def kinds_said(stored: Stored, words: Mapping[str, str]) -> list[str]:
    """The same in words, each possible one marked so."""
    sure, possible = kinds_of(stored)
    said = [words[f"reveal_{one}"] for one in sure]
    return said + [words["possible"].format(kind=words[f"reveal_{one}"]) for one in possible]


def way(stored: Stored) -> str:
    """The address of the post where one is known."""
    url = stored.post.url
    return printable(url) if url.startswith(("https://", "http://")) else ""


def file_in_archive(stored: Stored) -> str:
    """The name of the file alone: for a list, where the whole path would fill the lines."""
    source = stored.post.source
    return printable((source.path or source.part or source.at).rstrip("/").rpartition("/")[2])


def place_in_archive(stored: Stored) -> str:
    """The part of the archive, the file in it, and the place in that, as far as they are known."""
    source = stored.post.source
    parts: Sequence[str] = [one for one in (source.part, source.path, source.at) if one]
    return printable(", ".join(parts))
