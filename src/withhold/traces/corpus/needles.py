"""What is looked for, out of what the owner published: the needles of posts, pages and images.

Of a text the spans and shingles that look rare are taken; nothing of it is kept beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Protocol

import msgspec

from withhold.traces.corpus import addresses, image_hash, literal, shingles, spans
from withhold.traces.corpus import near as near_to
from withhold.traces.corpus.folding import fold
from withhold.traces.corpus.found import Needle, Refused

OFTEN = 20
"""A text that stands in more of the owner's own needles is a signature or greeting, and is not
looked for: it tells none of them from another."""


class Published(Protocol):
    """What is asked of a post; ``exports.Post`` has it."""

    @property
    def platform(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def url(self) -> str: ...


def needles(
    posts: Iterable[Published] = (),
    pages: Iterable[tuple[str, str]] = (),
    images: Iterable[tuple[str, bytes]] = (),
    *,
    hosts: Iterable[str] = (),
    near: bool = False,
) -> tuple[list[Needle], list[Refused]]:
    """The needles of posts, of pages (URL, text), of images (name, octets) and of own hosts.

    ``hosts`` are of sites that the owner alone fills, never a platform's: what stands there is all
    the owner's. ``near`` also takes MinHash signatures, which cost time on every record looked at.
    """
    made = chain(
        (_of_post(post, near=near) for post in posts),
        (of_text(url, text, url=url, near=near, what="page") for url, text in pages),
        (of_image(name, octets) for name, octets in images),
        map(of_host, hosts),
    )
    return _told_apart(made)


def _of_post(post: Published, *, near: bool) -> Needle | Refused:
    """The needle of a post; it is named by platform and id."""
    name = f"{post.platform}:{post.id}"
    return of_text(name, post.text, url=post.url, post=post_id(post), near=near, what=post.kind)


def of_text(
    id: str,
    text: str,
    *,
    url: str = "",
    post: str = "",
    host: str = "",
    near: bool = False,
    what: str = "text",
) -> Needle | Refused:
    """The needle of one text; by its URL or id alone where the text is too short to be told apart.

    Refused where nothing is left that could be looked for.
    """
    folded = fold(text)
    needle = Needle(
        id=id,
        what=what,
        post=post if addresses.is_telling(post) else "",
        url=addresses.address(url),
        host=addresses.host(host),
        spans=spans.spans(folded),
        shingles=shingles.rare(folded),
        signature=near_to.signature(folded) if near else b"",
    )
    if _is_empty(needle):
        return Refused(needle=id, why="short" if len(folded) < spans.SHORTEST else "letters")
    return needle


def of_host(name: str) -> Needle | Refused:
    """The needle of a whole site of the owner's own."""
    if not addresses.is_host(name):
        return Refused(needle=name, why="host")
    return Needle(id=addresses.host(name), what="site", host=addresses.host(name))


def of_image(name: str, octets: bytes) -> Needle | Refused:
    """The needle of an image. MissingExtra without pdqhash and Pillow."""
    found, quality = image_hash.image_hash(octets)
    if not found:
        return Refused(needle=name, why="unread")
    if quality < image_hash.QUALITY:
        return Refused(needle=name, why="plain")
    return Needle(id=name, what="image", image=found)


def from_lines(lines: Iterable[str], *, near: bool = False) -> tuple[list[Needle], list[Refused]]:
    """Needles that the owner wrote down: one text, URL or host a line; empty lines say nothing.

    A host stands alone, without white space; it is the owner's word that it is the owner's site.
    """
    made = (
        _of_line(f"line {number}", line.strip(), near=near)
        for number, line in enumerate(lines, 1)
        if line.strip()
    )
    return _told_apart(made)


def _of_line(name: str, line: str, *, near: bool) -> Needle | Refused:
    """The needle of a line; it is named by its number."""
    if " " not in line and addresses.address(line):
        return of_text(name, "", url=line, what="address")
    if addresses.is_host(line):
        return Needle(id=name, what="site", host=addresses.host(line))
    return of_text(name, line, near=near)


def post_id(post: Published) -> str:
    """The platform's own id of a post; empty where it could be the number of a row, or is ours."""
    ours = post.id.startswith("~")  # exports.post.content_id, where the platform gives none
    return "" if ours or not addresses.is_telling(post.id) else post.id


def _is_empty(needle: Needle) -> bool:
    """Whether nothing of it could be looked for."""
    return not (
        needle.post
        or needle.url
        or needle.host
        or needle.spans
        or needle.shingles
        or needle.signature
        or needle.image
    )


def _told_apart(made: Iterable[Needle | Refused]) -> tuple[list[Needle], list[Refused]]:
    """Without the texts that stand in very many of the owner's own needles.

    BadInput as soon as there are more of them than are looked for at once.
    """
    refused: list[Refused] = []
    found: list[Needle] = []
    texts = 0
    for one in made:
        if isinstance(one, Refused):
            refused.append(one)
            continue
        found.append(one)
        texts += len(one.spans) + len(one.shingles)
        literal.not_too_many(texts)
    often = Counter(text for one in found for text in {*one.spans, *one.shingles})
    common = {text for text, times in often.items() if times > OFTEN}
    if not common:
        return found, refused
    kept: list[Needle] = []
    for one in found:
        if common.isdisjoint(one.spans) and common.isdisjoint(one.shingles):
            kept.append(one)
            continue
        left = msgspec.structs.replace(
            one,
            spans=tuple(text for text in one.spans if text not in common),
            shingles=tuple(text for text in one.shingles if text not in common),
        )
        if _is_empty(left):
            refused.append(Refused(needle=one.id, why="common"))
        else:
            kept.append(left)
    return kept, refused
