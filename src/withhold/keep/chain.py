"""The hash chain of observations: what a link says, and whether a chain holds. Pure.

One link per observation, numbered from 1 without a gap::

    salted = SHA-256(salt, 32 random bytes | body, the observation as UTF-8 JSON)
    digest = SHA-256("withhold-chain-1\\n" prev "\\n" seq "\\n" recorded_at "\\n" salted "\\n")

``prev`` is the digest of the link before (of the first: 64 zeros), digests are lower-case hex,
``seq`` is decimal, ``recorded_at`` is UTC as ``2026-08-22T10:00:00.000000+00:00``. The link holds
``salted`` and not the body, so that the body and its salt can be forgotten: without the salt
nobody can find out, by trying bodies, what was there, and the chain still holds.

What a chain can show: that nothing was changed, left out or put in between. What it cannot: who
holds the file can rewrite all of it, or forget on purpose. Against the first there is ``head``:
given to a third person today, it is proof of everything up to today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

START = "0" * 64
"""What the first link names as the digest before it."""
SALT_BYTES = 32


class Link(Struct, frozen=True, kw_only=True):
    """One observation as the chain has it; ``salt`` and ``body`` are empty once forgotten."""

    seq: int
    recorded_at: str
    prev: str
    salted: str
    digest: str
    salt: bytes = b""
    body: bytes = b""
    forgotten: bool = False


class ChainReport(Struct, frozen=True, kw_only=True):
    """Whether the chain holds; ``broken_at`` is the first link that does not (0 = none)."""

    length: int
    ok: bool
    broken_at: int = 0
    forgotten: int = 0
    why: str = ""
    head: str = START
    """The digest of the last link."""


def moment(now: datetime) -> str:
    """A time as the chain writes it. Raises ValueError for a time without a zone."""
    if now.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return now.astimezone(UTC).isoformat(timespec="microseconds")


def salted_digest(salt: bytes, body: bytes) -> str:
    """The digest of a body that tells nothing to those who do not have the salt."""
    return hashlib.sha256(salt + body).hexdigest()


def link_digest(prev: str, seq: int, recorded_at: str, salted: str) -> str:
    """The digest of one link, over all that it says."""
    text = f"withhold-chain-1\n{prev}\n{seq}\n{recorded_at}\n{salted}\n"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def check_chain(links: Iterable[Link], expected: int = 0) -> ChainReport:
    """Whether these links are one unbroken chain, of at least ``expected`` links."""
    length = forgotten = broken_at = 0
    why, before = "", START
    for length, link in enumerate(links, 1):
        forgotten += link.forgotten
        if not broken_at:
            why = _fault(link, length, before)
            broken_at = length if why else 0
        before = link.digest
    if not broken_at and length < expected:
        broken_at, why = length + 1, "links are missing at the end"
    return ChainReport(
        length=length,
        ok=not broken_at,
        broken_at=broken_at,
        forgotten=forgotten,
        why=why,
        head=before,
    )


def _fault(link: Link, seq: int, before: str) -> str:
    """What is wrong with one link; empty = nothing."""
    if link.seq != seq:
        return "a link is missing"
    if link.prev != before:
        return "it does not follow the link before"
    if link.digest != link_digest(link.prev, link.seq, link.recorded_at, link.salted):
        return "the link was changed"
    if link.forgotten:
        return "it was forgotten, but its text is there" if link.salt or link.body else ""
    if not link.salt or not link.body:
        return "its text is gone, and nobody noted that it was forgotten"
    if len(link.salt) != SALT_BYTES or link.salted != salted_digest(link.salt, link.body):
        return "its text or salt was changed"
    return ""
