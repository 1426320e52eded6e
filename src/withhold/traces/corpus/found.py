"""What was found of mine in a corpus, on which rung of the ladder, and where."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Rung = Literal["id", "url", "host", "span", "shingles", "near", "image"]
"""From the surest: the platform's id of the post; its address; only its host; one long exact span;
several rare 8-word shingles; a near-duplicate (MinHash); an image that looks the same."""


class Needle(Struct, frozen=True, kw_only=True):
    """One thing of the owner that is looked for. Empty fields are not looked for.

    ``spans`` are exact texts of at least 50 characters after folding, ``shingles`` of 8 words;
    ``signature`` the MinHash of the text, ``image`` the perceptual hash as 64 hex digits.
    """

    id: str
    what: str = ""
    post: str = ""
    url: str = ""
    host: str = ""
    spans: tuple[str, ...] = ()
    shingles: tuple[str, ...] = ()
    signature: bytes = b""
    image: str = ""


class Record(Struct, frozen=True, kw_only=True):
    """One record of a corpus, as far as it was read.

    ``offset`` is where it begins in the file as it lies there (compressed), in octets; of Parquet
    and JSONL the row or line from 0. ``crawl`` as the file or record names it. ``texts`` are what
    is searched for spans: UTF-8. ``before`` is what of them stood at the end of the record before:
    what is found in it alone was told there.
    """

    offset: int
    record: str = ""
    url: str = ""
    date: str = ""
    crawl: str = ""
    ids: tuple[str, ...] = ()
    texts: tuple[bytes, ...] = ()
    images: tuple[bytes, ...] = ()
    before: tuple[bytes, ...] = ()


class Hit(Struct, frozen=True, kw_only=True):
    """A needle in a record; ``count`` is how many of its ``of`` spans or shingles are there.

    ``at`` is the octet in the folded text of the record where the first one begins, -1 if that
    does not apply; ``near`` the estimated Jaccard similarity or 1 - bits/256 of an image.
    """

    needle: str
    rung: Rung
    offset: int
    record: str = ""
    url: str = ""
    date: str = ""
    crawl: str = ""
    at: int = -1
    count: int = 1
    of: int = 0
    near: float = 0.0


Unfit = Literal[
    "short",  # fewer characters than spans.SHORTEST
    "letters",  # fewer letters and digits than spans.LETTERS
    "common",  # all of it stands in more than needles.OFTEN of the owner's own texts
    "host",  # no host has this name
    "unread",  # it cannot be read as an image
    "plain",  # an image with too little structure to be told from others
]


class Refused(Struct, frozen=True, kw_only=True):
    """A needle that cannot be looked for, and why: too short, or it would match everything."""

    needle: str
    why: Unfit
