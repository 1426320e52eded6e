"""Bluesky repositories, made: records, a search tree over their keys, a commit, a CAR file."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import libipld

from tests.archives.made.truth import Truth

DID = "did:plc:abcdefghijklmnopqrstuvwx"
Record = dict[str, Any]


def cid(block: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + sha256(block).digest()


def length(size: int) -> bytes:
    out = b""
    while size > 0x7F:
        out += bytes((size & 0x7F | 0x80,))
        size >>= 7
    return out + bytes((size,))


def piece(body: bytes) -> bytes:
    return length(len(body)) + body


def tree(entries: list[tuple[str, bytes]], blocks: dict[bytes, bytes]) -> bytes | None:
    """The CID of a node over these keys and CIDs; its nodes are added to the blocks."""
    if not entries:
        return None
    step = max(1, len(entries) // 4) if len(entries) > 4 else 0
    cuts = list(range(step, len(entries), step + 1)) if step else list(range(len(entries)))
    rows, before, start = [], b"", 0
    left = tree(entries[: cuts[0]], blocks)
    for number, cut in enumerate(cuts):
        start = cut + 1
        stop = cuts[number + 1] if number + 1 < len(cuts) else len(entries)
        key, value = entries[cut][0].encode(), entries[cut][1]
        same = 0
        while same < min(len(before), len(key)) and before[same] == key[same]:
            same += 1
        rows.append(
            {"p": same, "k": key[same:], "v": value, "t": tree(entries[start:stop], blocks)}
        )
        before = key
    node = libipld.encode_dag_cbor({"l": left, "e": rows})
    blocks[cid(node)] = node
    return cid(node)


def car(records: dict[str, Record], *loose: bytes, without: tuple[bytes, ...] = ()) -> bytes:
    """A CAR file of a repository; ``loose`` blocks are in no tree, ``without`` are left out."""
    blocks: dict[bytes, bytes] = {}
    entries = []
    for key, record in sorted(records.items()):
        block = libipld.encode_dag_cbor(record)
        entries.append((key, cid(block)))
        blocks[cid(block)] = block
    top = tree(entries, blocks)
    if top is None:
        empty = libipld.encode_dag_cbor({"l": None, "e": []})
        top = cid(empty)
        blocks[top] = empty
    commit = libipld.encode_dag_cbor(
        {"did": DID, "rev": "3k", "sig": b"x" * 64, "data": top, "prev": None, "version": 3}
    )
    blocks[cid(commit)] = commit
    for block in loose:
        blocks[cid(block)] = block
    head = libipld.encode_dag_cbor({"roots": [cid(commit)], "version": 1})
    rest = (piece(key + block) for key, block in blocks.items() if key not in without)
    return piece(head) + b"".join(rest)


def post(text: str, created: str = "2024-05-06T07:08:09.123Z", **more: Any) -> Record:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": created, **more}


def made(seed: int, count: int) -> tuple[dict[str, bytes], list[Truth]]:
    """A repository with so many posts and reposts, and what must come out of it (by key)."""
    dice = random.Random(seed)  # noqa: S311
    start = datetime(2023, 7, 1, 12, 0, tzinfo=UTC)
    records: dict[str, Record] = {
        "app.bsky.actor.profile/self": {
            "$type": "app.bsky.actor.profile", "displayName": "Ada", "description": "I write.",
            "labels": {"$type": "com.atproto.label.defs#selfLabels",
                       "values": [{"val": "!no-unauthenticated"}]},
        },
        "org.user-intents.demo.declaration/self": {
            "$type": "org.user-intents.demo.declaration", "updatedAt": "2025-08-01T00:00:00Z",
            "syntheticContentGeneration": {"allow": False, "updatedAt": "2025-07-31T10:00:00Z"},
            "bulkDataset": {"updatedAt": "2025-07-31T10:00:00Z"},
            "protocolBridging": {"allow": True, "updatedAt": "2025-07-31T10:00:00Z"},
        },
        "app.bsky.graph.follow/3k": {
            "$type": "app.bsky.graph.follow", "subject": "did:plc:x",
            "createdAt": "2024-01-01T00:00:00Z",
        },
    }  # fmt: skip
    truth = [Truth(f"at://{DID}/app.bsky.actor.profile/self", "profile", "own", "public",
                   "platform-default", "live", "", "Ada\nI write.")]  # fmt: skip
    other = "at://did:plc:other/app.bsky.feed.post/3j"
    for number in range(count):
        when = start + timedelta(minutes=number)
        zone = timezone(timedelta(hours=dice.choice((-7, 2))))
        stamp = when.astimezone(zone).isoformat()
        key, text = f"3k{number:011d}", f"{dice.choice(['Morning', 'Grüße', '日本'])} {number}"
        kind, authored = "post", "own"
        if number % 6 == 5:
            name = f"app.bsky.feed.repost/{key}"
            records[name] = {"$type": "app.bsky.feed.repost", "createdAt": stamp,
                             "subject": {"uri": other, "cid": "bafy"}}  # fmt: skip
            truth.append(Truth(f"at://{DID}/{name}", "post", "others", "public",
                               "platform-default", "live", when.isoformat(), ""))  # fmt: skip
            continue
        more: Record = {}
        if number % 4 == 1:
            more["reply"] = {"parent": {"uri": other, "cid": "bafy"}, "root": {"uri": other}}
            kind = "comment"
        if number % 5 == 2:
            more["embed"] = {"$type": "app.bsky.embed.record", "record": {"uri": other}}
            authored = "own-over-others"
        name = f"app.bsky.feed.post/{key}"
        records[name] = post(text, stamp, **more)
        truth.append(Truth(f"at://{DID}/{name}", kind, authored, "public", "platform-default",
                           "live", when.isoformat(), text))  # fmt: skip
    return {"repo.car": car(records)}, truth


LAYOUTS = {"car": lambda seed, count: made(seed, count)[0]}
