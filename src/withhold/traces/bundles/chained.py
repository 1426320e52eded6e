"""The hash chain in a bundle, ``chain.jsonl``: one link a line, and whether the chain holds.

All links are in it, also those whose text is not of this bundle: without its salt nobody can find
out what a digest stands for, and the chain can be followed from its first link to its head. The
formulas stand in ``keep/chain.py`` and are written here once more: whoever checks a bundle needs
no store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Literal

import msgspec
from msgspec import Struct

from withhold.traces.bundles.manifest import Chained

START = "0" * 64
_MOST_LINE = 32 * 1024 * 1024
Text = Literal["here", "not-asked", "redacted", "forgotten", "unreadable"]
TEXTS: tuple[Text, ...] = ("here", "not-asked", "redacted", "forgotten", "unreadable")


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A link. ``text`` says whether ``body`` and ``salt`` (hex) are here, and why not."""

    seq: int
    recorded_at: str
    prev: str
    salted: str
    digest: str
    text: Text
    salt: str = ""
    body: str = ""


class ChainSeen(Struct, frozen=True, kw_only=True):
    """Whether it holds; ``broken_at`` is the first link that does not fit, 0 = none.

    ``texts`` counts what is here and what is not; ``head`` is the digest of the last link.
    """

    ok: bool
    length: int
    head: str
    broken_at: int = 0
    why: str = ""
    texts: dict[str, int] = {}


def written(lines: Iterable[Line]) -> bytes:
    """The file."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in lines)


def chain_in(file: BinaryIO, size: int, said: Chained) -> ChainSeen:
    """The chain that stands here, compared with what the manifest says of it."""
    before, length, broken, why = START, 0, 0, ""
    texts: dict[str, int] = dict.fromkeys(TEXTS, 0)
    decoder = msgspec.json.Decoder(Line)
    for length, raw in enumerate(_lines(file, size), 1):
        try:
            link = decoder.decode(raw)
        except (msgspec.MsgspecError, RecursionError, ValueError):
            broken, why = length, "unreadable"
            break
        texts[link.text] += 1
        why = _fault(link, length, before)
        if why:
            broken = length
            break
        before = link.digest
    if not broken and (length != said.length or before != said.head):
        broken, why = length + 1, "other-head"
    counts = (said.with_text, said.not_asked, said.redacted, said.forgotten)
    if not broken and counts != tuple(texts[one] for one in TEXTS[:4]):
        broken, why = length + 1, "other-counts"
    return ChainSeen(
        ok=not broken, length=length, head=before, broken_at=broken, why=why, texts=texts
    )


def no_one_chain() -> ChainSeen:
    """Where a manifest speaks of a chain and not just one file is it."""
    return ChainSeen(ok=False, length=0, head=START, broken_at=1, why="not-one-chain")


def _lines(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (line := file.readline(min(size, _MOST_LINE))):
        size -= len(line)
        yield line


def _fault(link: Line, seq: int, before: str) -> str:
    """What is wrong with one link; empty = nothing."""
    if link.seq != seq:
        return "missing-link"
    if link.prev != before:
        return "does-not-follow"
    text = f"withhold-chain-1\n{link.prev}\n{link.seq}\n{link.recorded_at}\n{link.salted}\n"
    if hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != link.digest:
        return "link-changed"
    if link.text != "here":
        return "text-not-expected" if link.salt or link.body else ""
    try:
        salt = bytes.fromhex(link.salt)
    except ValueError:
        salt = b""
    if hashlib.sha256(salt + link.body.encode("utf-8", "replace")).hexdigest() != link.salted:
        return "text-changed"
    return ""
