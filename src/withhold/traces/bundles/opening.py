"""Finding the manifest of a bundle in which any octet may be another one.

What is known of the manifest stands in several places: its size four times and its CRC-32 three
times, in its header, in its record of the directory and in the seal. Where they disagree, most of
them are believed, so that one changed octet is looked for where it is.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO

from msgspec import Struct

from withhold.traces.bundles.manifest import (
    BLOCK,
    MANIFEST,
    MOST_MANIFEST,
    SEAL,
    Manifest,
    NoManifest,
    Sealed,
    read,
    read_seal,
)
from withhold.traces.bundles.misfit import Misfit, few_changed, said_of
from withhold.traces.bundles.zipped import (
    CENTRAL_SIZE,
    END_SIZE,
    LOCAL_SIZE,
    Claims,
    Entry,
    central,
    central_claims,
    directory_at,
    local,
    local_claims,
)

_BEGINS = local(Entry(MANIFEST, 0, 0))
FIRST = len(_BEGINS)
"""Where the manifest's own octets begin."""
_CLAIMED = range(14, 26)
"""In a local header: CRC-32 and sizes, which differ from bundle to bundle."""
_SEAL_RECORD = CENTRAL_SIZE + len(SEAL)
_TAIL = _SEAL_RECORD + END_SIZE
_MOST_SEAL = 200 + (MOST_MANIFEST // BLOCK + 1) * 71
_ENOUGH = 8
"""Octets in which a header may differ and still be taken for that of a bundle."""


class Opened(Struct, frozen=True):
    """The manifest with its octets, or what is wrong with it."""

    manifest: Manifest | None
    octets: bytes
    misfit: Misfit | None


def is_bundle(file: BinaryIO, size: int) -> bool:
    """Whether this was a bundle once: its beginning or its end is, but for a few octets."""
    head, tail = _at(file, 0, FIRST), _at(file, max(size - _TAIL, 0), _TAIL)
    if len(head) == FIRST and _off(head, _BEGINS, _CLAIMED) <= _ENOUGH:
        return True
    record = central(Entry(SEAL, 0, 0), 0)
    claimed = {*range(16, 28), *range(42, 46)}
    return len(tail) == _TAIL and _off(tail[:_SEAL_RECORD], record, claimed) <= _ENOUGH


def _off(data: bytes, must: bytes, but: Iterable[int]) -> int:
    passed = frozenset(but)
    return sum(
        one != other
        for at, (one, other) in enumerate(zip(data, must, strict=True))
        if at not in passed
    )


def opened(file: BinaryIO, size: int) -> Opened:
    """The manifest, or the first octet that does not fit, where that lies in it or before it."""
    head = _at(file, 0, FIRST)
    begins = local_claims(head)
    recorded, sealed = _of_the_end(file, size)
    sizes = _sizes(begins, recorded, sealed)
    crcs = Counter(one.crc for one in (begins, recorded, sealed) if one is not None)
    bodies = [_at(file, FIRST, one) for one in sizes]
    for body in bodies:
        right = sealed is not None and hashlib.sha256(body).hexdigest() == sealed.sha256
        votes = crcs[zlib.crc32(body)]
        if right or 2 * votes > crcs.total() or (votes and sealed is None):
            return _judged(body)
    at = _header_misfit(head, sealed)
    if at is not None:
        return Opened(None, b"", at)
    return Opened(None, b"", _changed(sizes[0] if sizes else 0, bodies, crcs, sealed))


def _judged(body: bytes) -> Opened:
    """A manifest that is as it was made, which says nothing of who made it."""
    try:
        return Opened(read(body), body, None)
    except NoManifest as why:
        code = str(why)
    return Opened(None, body, _in_manifest(0, len(body), code, exact=False))


def _in_manifest(at: int, until: int, why: str, *, exact: bool, was: bytes = b"") -> Misfit:
    return Misfit(
        at=FIRST + at,
        until=FIRST + until,
        exact=exact,
        why=why,  # type: ignore[arg-type]
        part="content",
        file=MANIFEST,
        in_file=at,
        was=was.hex(),
    )


def _changed(size: int, bodies: list[bytes], crcs: Counter[int], sealed: Sealed | None) -> Misfit:
    """Where a manifest is not what most places say of it."""
    body = bodies[0] if bodies else b""
    if len(body) < size or not body:
        began = _good_blocks(body, sealed) * BLOCK
        return _in_manifest(began, len(body) + 1, "missing", exact=began == len(body))
    if sealed is None:  # nothing tells whether its header is right
        return Misfit(
            at=_CLAIMED.start,
            until=FIRST + size,
            exact=False,
            why="changed",
            part="local-header",
            file=MANIFEST,
            in_file=_CLAIMED.start,
        )
    good = _good_blocks(body, sealed) * BLOCK
    stretch = body[good : good + BLOCK]
    crc, votes = crcs.most_common(1)[0]
    if votes > 1 and good // BLOCK < len(sealed.blocks):
        behind = size - good - len(stretch)
        digest = sealed.blocks[good // BLOCK]
        few = few_changed(stretch, zlib.crc32(body) ^ crc, behind, digest)
        if few:
            at, was = good + few[0], few[1]
            return _in_manifest(at, at + len(was), said_of(was), exact=True, was=was)
    return _in_manifest(good, good + max(len(stretch), 1), "changed", exact=False)


def _good_blocks(body: bytes, sealed: Sealed | None) -> int:
    """How many whole stretches at the beginning are as they were sealed."""
    for number, digest in enumerate(sealed.blocks if sealed else ()):
        stretch = body[number * BLOCK : (number + 1) * BLOCK]
        if hashlib.sha256(stretch).hexdigest() != digest:
            return number
    return len(sealed.blocks) if sealed else 0


def _header_misfit(head: bytes, sealed: Sealed | None) -> Misfit | None:
    """The first octet of the first header that is the same in all bundles, and is not here.

    Where there is a seal, also of what it says of the manifest.
    """
    must = local(Entry(MANIFEST, sealed.size, sealed.crc)) if sealed else _BEGINS
    for at, octet in enumerate(must):
        if sealed is None and at in _CLAIMED and at < len(head):
            continue
        if at >= len(head) or head[at] != octet:
            known = sealed is not None or at < _CLAIMED.start or at >= len(head)
            return Misfit(
                at=at if known else _CLAIMED.start,
                until=at + 1,
                exact=known,
                why="missing" if at >= len(head) else "changed",
                part="local-header",
                file=MANIFEST,
                in_file=at if known else _CLAIMED.start,
            )
    return None


def _of_the_end(file: BinaryIO, size: int) -> tuple[Claims | None, Sealed | None]:
    """What the directory says of the manifest, and the seal; as far as either can be found."""
    end = _at(file, size - END_SIZE, END_SIZE)
    if len(end) < END_SIZE:
        return None, None
    directory = directory_at(end)
    said = central_claims(_at(file, directory, CENTRAL_SIZE))
    last = central_claims(_at(file, size - _TAIL, CENTRAL_SIZE))
    recorded = said[0] if said else None
    if last is None:
        return recorded, None
    at = last[1] + LOCAL_SIZE + len(SEAL)
    for until in (directory, at + last[0].sizes[0]):
        if 0 < until - at <= _MOST_SEAL and (found := read_seal(_at(file, at, until - at))):
            return recorded, found
    return recorded, None


def _sizes(begins: Claims | None, recorded: Claims | None, sealed: Sealed | None) -> list[int]:
    """How long the manifest may be, what is said most often first."""
    said: Counter[int] = Counter()
    for one in (begins, recorded):
        said.update(one.sizes if one else ())
    if sealed:
        said[sealed.size] += 1
    return [one for one, _ in said.most_common() if 0 < one <= MOST_MANIFEST]


def _at(file: BinaryIO, at: int, length: int) -> bytes:
    if at < 0:
        return b""
    file.seek(at)
    return file.read(length)
