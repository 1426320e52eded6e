"""Bundles for the tests, from contents that are given; written by the real writer."""

from __future__ import annotations

import random
from pathlib import Path

from tests.unit.traces.bundles.by_hand import chain_lines
from withhold.reach.bundle_files import digest_of, write_bundle
from withhold.traces.bundles.manifest import Asked, Chained, Filed, Manifest, in_order

SMALL = b"<!doctype html><title>Index</title>"


def contents(seed: int = 7) -> dict[str, bytes]:
    """Files of several sizes: none, one octet, a block, a block and one, many."""
    some = random.Random(seed)  # noqa: S311  the same each time
    return {
        "index.html": SMALL,
        "empty.txt": b"",
        "evidence/one.bin": b"x",
        "evidence/block.bin": some.randbytes(65536),
        "evidence/over.bin": some.randbytes(65537),
        "evidence/large.bin": some.randbytes(140_000),
        "chain.jsonl": chain_lines(5)[0],
    }


def manifest_of(files: dict[str, bytes]) -> Manifest:
    """What says of these files what they are."""
    filed = []
    for name, body in files.items():
        said = digest_of(body)
        filed.append(
            Filed(
                name=name,
                size=said.size,
                sha256=said.sha256,
                crc32=said.crc32,
                blocks=said.blocks,
                what="chain" if name == "chain.jsonl" else "evidence",
                came="seen-by-the-tool",
            )
        )
    length = files.get("chain.jsonl", b"").count(b"\n")
    return Manifest(
        version="0",
        made="2026-11-26",
        lang="en",
        asked=Asked(),
        not_in_it=(),
        with_others=False,
        withheld={},
        chain=Chained(length=length, head=chain_lines(length)[1], with_text=length),
        files=in_order(filed),
    )


def bundle(path: Path, files: dict[str, bytes] | None = None) -> bytes:
    """A bundle at this path, and its octets."""
    files = contents() if files is None else files
    write_bundle(path, manifest_of(files), dict(files), lambda _: None)
    return path.read_bytes()
