"""The first octet of a bundle that does not fit, and how it is found in a stretch."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from typing import BinaryIO, Literal

from msgspec import Struct

from withhold.traces.bundles.few_octets import places
from withhold.traces.bundles.manifest import BLOCK

Part = Literal["local-header", "content", "directory", "end", "behind"]
Why = Literal[
    "changed",
    "one-octet",
    "few-octets",
    "missing",
    "more",
    "unreadable",
    "spelled-otherwise",
    "names",
    "blocks",
    "counts",
    "too-large",
    "digests",
]
"""``changed``: another octet stands there; ``one-octet``: that octet alone, and what it was is
known; ``few-octets``: the same of two or three in a row; ``missing``: the file ends there;
``more``: it should have ended there. The others are what is wrong with a manifest; ``digests``:
what it says of a file contradicts itself."""


class Misfit(Struct, frozen=True, kw_only=True):
    """Where a bundle stops being what was made: octets ``[at, until)``, counted from 0.

    ``exact``: ``at`` itself is the first octet that does not fit; else it lies in that stretch.
    ``file`` and ``in_file`` are the place in the file that it belongs to, in its header or in the
    directory's record of it where ``part`` says so.
    """

    at: int
    until: int
    exact: bool
    why: Why
    part: Part
    file: str = ""
    in_file: int = 0
    was: str = ""
    """What the octets were when the bundle was made, in hex, where that is known."""


def first_difference(one: bytes, other: bytes) -> int:
    """The first place where they differ; the length of the shorter where it begins the other."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def few_changed(data: bytes, difference: int, behind: int, digest: str) -> tuple[int, bytes] | None:
    """The place of the few octets that make this stretch what its SHA-256 says, and these."""
    for place, by in places(difference, behind, len(data)):
        until = place + len(by)
        was = bytes(one ^ other for one, other in zip(data[place:until], by, strict=True))
        mended = b"".join((data[:place], was, data[until:]))
        if hashlib.sha256(mended).hexdigest() == digest:
            return place, was
    return None


def said_of(was: bytes) -> Why:
    """How a change of so many octets is called."""
    return "one-octet" if len(was) == 1 else "few-octets"


class Content(Struct, frozen=True, kw_only=True):
    """What the content of a file must be. ``blocks`` is empty for one block, which is the whole."""

    name: str
    at: int
    size: int
    sha256: str
    crc: int
    blocks: Sequence[str] = ()


def misfit_in(file: BinaryIO, must: Content, tick: Callable[[int], None]) -> Misfit | None:
    """The first octet of a file's content that does not fit, read from its beginning.

    None where all fits. A stretch is held at a time, whatever the file's size.
    """
    file.seek(must.at)
    whole, crc, done, bad = hashlib.sha256(), 0, 0, -1
    held = b""
    blocks = must.blocks or ((must.sha256,) if must.size else ())
    while done < must.size:
        data = file.read(min(BLOCK, must.size - done))
        if bad < 0 and hashlib.sha256(data).hexdigest() != blocks[done // BLOCK]:
            bad, held = done, data
        whole.update(data)
        crc, done = zlib.crc32(data, crc), done + len(data)
        tick(must.at + done)
        if len(data) < BLOCK and done < must.size:
            break
    short = done < must.size
    fits = not short and whole.hexdigest() == must.sha256 and crc == must.crc
    if fits and bad < 0:
        return None

    def found(at: int, until: int, why: Why, *, exact: bool, was: bytes = b"") -> Misfit:
        return Misfit(
            at=must.at + at,
            until=must.at + until,
            exact=exact,
            why=why,
            part="content",
            file=must.name,
            in_file=at,
            was=was.hex(),
        )

    if bad < 0 or (short and bad + len(held) == done and len(held) < min(BLOCK, must.size - bad)):
        if short:  # what is there of the last stretch has no digest of its own
            began = max(bad, 0)
            return found(began if bad >= 0 else done, done + 1, "missing", exact=bad < 0)
        return found(0, max(must.size, 1), "digests", exact=False)
    if not short:
        behind = must.size - bad - len(held)
        few = few_changed(held, crc ^ must.crc, behind, blocks[bad // BLOCK])
        if few:
            place, was = bad + few[0], few[1]
            return found(place, place + len(was), said_of(was), exact=True, was=was)
    return found(bad, bad + len(held), "changed", exact=False)
