"""What a bundle says of itself: ``manifest.json``, and what follows from it, ``SEAL`` and sums.

The manifest is written in one way only (``octets``), so that whoever reads it can tell that nothing
stands between its fields. Its SHA-256 is the seal: whoever has that can tell every change of the
bundle, since all contents are digested in the manifest and all other octets follow from it.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Annotated, BinaryIO, Literal

import msgspec
from msgspec import Meta, Struct

from withhold.traces.bundles.zipped import MOST_FILES, MOST_OCTETS, Entry, whole_size

SCHEMA = "withhold/bundle/1"
MANIFEST, SUMS, SEAL = "manifest.json", "SHA256SUMS", "SEAL"
CHAIN = "chain.jsonl"
BLOCK = 64 * 1024
MOST_MANIFEST = 32 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*){0,5}", re.ASCII)
_LONGEST = 200
_SEAL = re.compile(
    rb"withhold/seal/1\nsha256 ([0-9a-f]{64})\ncrc32 ([0-9a-f]{8})\nsize ([0-9]{1,10})\n"
    rb"((?:block [0-9a-f]{64}\n)*)",
)

# The length, too: before a line end at the end of a text ``$`` fits as well.
Hex = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
Count = Annotated[int, Meta(ge=0, le=10**15)]
Crc = Annotated[str, Meta(pattern="^[0-9a-f]{8}$", max_length=8)]
What = Literal[
    "index",
    "how-to-check",
    "chain",
    "observations",
    "verdicts",
    "policy",
    "responses",
    "case",
    "letter",
    "reply",
    "proof",
    "evidence",
    "knowledge",
    "added",
]
Came = Literal["seen-by-the-tool", "said-by-the-owner", "said-by-a-company", "made", "known"]
"""Whose word it is: read by the tool itself; told or given by the owner; written by a company; made
for this bundle from what is in it; knowledge of the tool, with its sources."""


class Filed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file: what it is, how it came, and its digests.

    ``blocks`` are the SHA-256 of each 64 KiB, of files that have more than one. ``original`` is the
    SHA-256 of what was there before something was withheld in it, ``withheld`` counts that by kind.
    """

    name: str
    size: Annotated[int, Meta(ge=0, le=MOST_OCTETS)]
    sha256: Hex
    crc32: Crc
    what: What
    came: Came
    title: str = ""
    about: str = ""
    on: str = ""
    original: str = ""
    searched: bool = True
    """Whether it was looked through for what is of others; pictures and the like cannot be."""
    withheld: dict[str, Count] = {}
    blocks: tuple[Hex, ...] = ()


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was asked for; empty = everything. Days are included at both ends."""

    accounts: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


class Chained(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The hash chain that is in it: how many links, how many with their text, the last digest."""

    length: Count
    head: Hex
    with_text: Count = 0
    not_asked: Count = 0
    redacted: Count = 0
    forgotten: Count = 0


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``withhold/bundle/1``. ``not_in_it`` names what a reader might look for in vain."""

    schema: Literal["withhold/bundle/1"] = "withhold/bundle/1"
    version: str
    made: str
    lang: str
    asked: Asked
    not_in_it: tuple[str, ...]
    with_others: bool
    withheld: dict[str, Count]
    chain: Chained
    files: tuple[Filed, ...]


class NoManifest(ValueError):
    """Octets that are no manifest; the code says why."""


def octets(manifest: Manifest) -> bytes:
    """The one way to write it."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def read(data: bytes) -> Manifest:
    """The manifest in these octets. Raises NoManifest with ``unreadable``, ``spelled-otherwise``,
    ``names``, ``blocks``, ``counts`` or ``too-large``."""
    try:
        found = msgspec.json.decode(data, type=Manifest)
        again = octets(found)
    except (msgspec.MsgspecError, RecursionError, ValueError) as why:
        raise NoManifest("unreadable") from why
    if again != data:
        raise NoManifest("spelled-otherwise")
    names = [one.name for one in found.files]
    if not all(map(is_name, names)) or names != sorted(set(names)):
        raise NoManifest("names")
    if len({name.lower() for name in names} | {MANIFEST, SUMS.lower(), SEAL.lower()}) != (
        len(names) + 3
    ):
        raise NoManifest("names")
    folders = {name[:at] for name in names for at, one in enumerate(name) if one == "/"}
    if folders & {*names, MANIFEST, SUMS, SEAL}:
        raise NoManifest("names")
    if any(len(one.blocks) != _blocks(one.size) for one in found.files):
        raise NoManifest("blocks")
    if found.withheld != counted(one.withheld for one in found.files):
        raise NoManifest("counts")
    if len(names) > MOST_FILES or whole_size(entries(found, data)) > MOST_OCTETS:
        raise NoManifest("too-large")
    return found


def is_name(name: str) -> bool:
    """Whether a file of a bundle can be called so: plain, below the bundle, on every system."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None and ".." not in name


def _blocks(size: int) -> int:
    return -(-size // BLOCK) if size > BLOCK else 0


def entries(manifest: Manifest, data: bytes) -> list[Entry]:
    """All files in their order: the manifest, what it names, the sums, the seal."""
    return [
        _entry(MANIFEST, data),
        *(Entry(one.name, one.size, int(one.crc32, 16)) for one in manifest.files),
        _entry(SUMS, sums(manifest, data)),
        _entry(SEAL, seal(data)),
    ]


def _entry(name: str, data: bytes) -> Entry:
    return Entry(name, len(data), zlib.crc32(data))


def sums(manifest: Manifest, data: bytes) -> bytes:
    """``SHA256SUMS``, as ``sha256sum -c`` reads it: all files but itself and the seal."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}"]
    lines += [f"{one.sha256}  {one.name}" for one in manifest.files]
    return ("\n".join(lines) + "\n").encode()


# The seal ---------------------------------------------------------------------------------------


class Sealed(Struct, frozen=True):
    """What a seal says of the manifest."""

    sha256: str
    crc: int
    size: int
    blocks: tuple[str, ...]


def seal(data: bytes) -> bytes:
    """The file ``SEAL``: the digest of the manifest, and its blocks to find a change by."""
    lines = [
        "withhold/seal/1",
        f"sha256 {hashlib.sha256(data).hexdigest()}",
        f"crc32 {zlib.crc32(data):08x}",
        f"size {len(data)}",
        *(f"block {one}" for one in block_digests(data)),
    ]
    return ("\n".join(lines) + "\n").encode()


def read_seal(data: bytes) -> Sealed | None:
    """What these octets seal; None where they are none."""
    found = _SEAL.fullmatch(data)
    if found is None:
        return None
    blocks = tuple(line[6:].decode() for line in found[4].split(b"\n") if line)
    return Sealed(found[1].decode(), int(found[2], 16), int(found[3]), blocks)


def block_digests(data: bytes) -> list[str]:
    """The SHA-256 of each 64 KiB."""
    return [hashlib.sha256(data[at : at + BLOCK]).hexdigest() for at in range(0, len(data), BLOCK)]


# Digesting --------------------------------------------------------------------------------------


class Digested(Struct, frozen=True):
    """What a manifest says of octets."""

    size: int
    sha256: str
    crc32: str
    blocks: tuple[str, ...]


def digested(file: BinaryIO) -> Digested:
    """Of a stream, read once to its end."""
    whole, crc, size, blocks = hashlib.sha256(), 0, 0, list[str]()
    while data := _filled(file):
        whole.update(data)
        crc, size = zlib.crc32(data, crc), size + len(data)
        blocks.append(hashlib.sha256(data).hexdigest())
    return Digested(size, whole.hexdigest(), f"{crc:08x}", tuple(blocks) if len(blocks) > 1 else ())


def _filled(file: BinaryIO) -> bytes:
    """A whole block, also of a stream that gives less at a time."""
    pieces, left = [], BLOCK
    while left and (data := file.read(left)):
        pieces.append(data)
        left -= len(data)
    return b"".join(pieces)


def counted(these: Iterable[dict[str, int]]) -> dict[str, int]:
    """Counts by kind, added up, in the order of their names."""
    found: dict[str, int] = {}
    for one in these:
        for kind, n in one.items():
            found[kind] = found.get(kind, 0) + n
    return dict(sorted(found.items()))


def in_order(files: Sequence[Filed]) -> tuple[Filed, ...]:
    """As a manifest names them."""
    return tuple(sorted(files, key=lambda one: one.name))
