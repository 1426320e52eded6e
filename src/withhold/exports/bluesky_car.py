"""CAR v1 files and the tree of an AT Protocol repository, one block after the other.

A CAR file is a header and blocks, each a length, a content id (CID) and bytes (IPLD's CAR v1
specification). The records of a repository are blocks of their own; their keys (collection and
record key) stand in the nodes of a Merkle search tree, which begins at the newest commit (AT
Protocol's repository specification). Of a file only that tree is held in memory, up to
TREE_AT_MOST, and one block at a time, up to BLOCK_AT_MOST.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import IO, Any

import libipld
from msgspec import Struct

from withhold.exports.notes import Notes
from withhold.exports.parts import Files

BLOCK_AT_MOST = 4 * 1024 * 1024
"""Bytes; the protocol's own limit for a record is below 1 MiB."""
TREE_AT_MOST = 64 * 1024 * 1024
"""Bytes of the tree's nodes, enough for some million records; records beyond have no key."""
KEY_AT_MOST = 1024
DEPTH_AT_MOST = 200
_KEPT = ("app.bsky.feed.post/", "app.bsky.feed.repost/", "app.bsky.actor.profile/")
_DAG_CBOR, _SHA256 = 0x71, 0x12
_FAULTS = (ValueError, TypeError, KeyError, OverflowError, RecursionError, MemoryError)


class BadBlock(ValueError):
    """Bytes that are no block; ``over`` = what follows cannot be found either."""

    def __init__(self, why: str, over: bool = False) -> None:
        super().__init__(why)
        self.over = over


class Tree(Struct, kw_only=True):
    """What a repository says of its records."""

    did: str = ""
    keys: dict[bytes, str] = {}
    """CID -> ``collection/rkey`` of what becomes a post or a setting."""
    whole: bool = False
    """Every node of the tree is in the file: a record without a key is none of the repository."""


def decoded(block: bytes) -> Any:
    """The value of a DAG-CBOR block. Raises BadBlock."""
    try:
        return libipld.decode_dag_cbor(block)
    except _FAULTS as why:
        raise BadBlock(str(why)) from None


def named(cid: bytes) -> str:
    """A CID as people write it (``bafy...``)."""
    try:
        return str(libipld.encode_cid(cid))
    except _FAULTS:
        return cid.hex()


def cid_of(block: bytes) -> bytes:
    """The CID of a DAG-CBOR block."""
    return bytes((1, _DAG_CBOR, _SHA256, 32)) + sha256(block).digest()


def blocks(files: Files, path: str, notes: Notes | None = None) -> Iterator[tuple[bytes, bytes]]:
    """CID and bytes of every sound block, in the order of the file.

    Notes (where a notebook is given) what is cut off, too long, or not what its CID says.
    """
    try:
        with files.open(path) as stream:
            head = _piece(stream)
            if head is None or not isinstance(decoded(head), dict):
                raise BadBlock("no header", over=True)
            number = 0
            while True:
                number += 1
                try:
                    piece = _piece(stream)
                    if piece is None:
                        return
                    yield _split(piece)
                except BadBlock as why:
                    if notes is not None:
                        notes.trouble(path, "bad-block", f"block {number}", error=why)
                    if why.over:
                        return
    except OSError as why:
        if notes is not None:
            notes.trouble(path, getattr(why, "why", "damaged"))
    except BadBlock as why:
        if notes is not None:
            notes.trouble(path, "wrong-form", error=why)


def tree(files: Files, path: str) -> Tree:
    """The keys of the newest commit, from a first reading of the file."""
    found = Tree()
    nodes: dict[bytes, bytes] = {}
    commits: dict[bytes, dict[str, Any]] = {}
    left = TREE_AT_MOST
    for cid, block in blocks(files, path):
        if b"$type" in block[:4096] or cid[1] != _DAG_CBOR:
            continue
        left -= len(block)
        if left < 0:
            break
        commit = _mapping(block) if b"cdid" in block else {}  # a key may hold these letters too
        if isinstance(commit.get("did"), str) and isinstance(commit.get("data"), bytes):
            commits[cid] = commit
        else:
            nodes[cid] = block
    newest = _newest(commits, _roots(files, path))
    if newest is not None:
        found.did = newest["did"]
        found.whole = _walk(nodes, newest["data"], found.keys)
    return found


def _piece(stream: IO[bytes]) -> bytes | None:
    """The next length and its bytes; None at the end of the file."""
    size = shift = 0
    while True:
        byte = stream.read(1)
        if not byte:
            if shift:
                raise BadBlock("cut off", over=True)
            return None
        size |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            break
        shift += 7
        if shift > 63:
            raise BadBlock("no length", over=True)
    if size > BLOCK_AT_MOST:
        left = size
        while left > 0:
            passed = len(stream.read(min(left, BLOCK_AT_MOST)))
            if not passed:
                raise BadBlock("cut off", over=True)
            left -= passed
        raise BadBlock(f"a block of {size} bytes")
    piece = stream.read(size)
    if len(piece) < size:
        raise BadBlock("cut off", over=True)
    return piece


def _split(piece: bytes) -> tuple[bytes, bytes]:
    """CID and bytes. A repository has CIDs of version 1 with SHA-256 only."""
    if len(piece) < 36 or piece[0] != 1 or piece[2:4] != b"\x12\x20":
        raise BadBlock("a content id of another kind")
    cid, block = piece[:36], piece[36:]
    if sha256(block).digest() != cid[4:]:
        raise BadBlock("bytes that its content id does not fit")
    return cid, block


def _roots(files: Files, path: str) -> list[bytes]:
    try:
        with files.open(path) as stream:
            head = decoded(_piece(stream) or b"")
    except (OSError, BadBlock):
        return []
    roots = head.get("roots") if isinstance(head, dict) else None
    return [one for one in roots if isinstance(one, bytes)] if isinstance(roots, list) else []


def _newest(commits: dict[bytes, dict[str, Any]], roots: list[bytes]) -> dict[str, Any] | None:
    """The commit that the header names; else the one that no other follows."""
    for root in roots:
        if root in commits:
            return commits[root]
    before = {one["prev"] for one in commits.values() if isinstance(one.get("prev"), bytes)}
    last = [one for cid, one in commits.items() if cid not in before]
    return last[-1] if last else None


def _walk(nodes: dict[bytes, bytes], top: bytes, keys: dict[bytes, str]) -> bool:
    """Writes the keys below a node; False where nodes are missing or broken."""
    whole = True
    waiting, seen = [(top, 0)], set()
    while waiting:
        cid, depth = waiting.pop()
        node = _mapping(nodes.get(cid, b""))
        entries = node.get("e")
        if not isinstance(entries, list) or cid in seen or depth > DEPTH_AT_MOST:
            whole = False
            continue
        seen.add(cid)
        below = [node.get("l")]
        key = b""
        for entry in entries:
            try:
                key = key[: entry["p"]] + entry["k"]
                below.append(entry.get("t"))
                if len(key) > KEY_AT_MOST:
                    raise ValueError("no key of a record")
                said = key.decode()
                if said.startswith(_KEPT) or "user-intents" in said:
                    keys[bytes(entry["v"])] = said
            except (KeyError, TypeError, ValueError, AttributeError):
                whole = False
        waiting.extend((one, depth + 1) for one in below if isinstance(one, bytes))
    return whole


def _mapping(block: bytes) -> dict[str, Any]:
    try:
        value = decoded(block)
    except BadBlock:
        return {}
    return value if isinstance(value, dict) else {}
