"""Why tags are scanned here and no tree is built: elements in elements, by both sides.

Nested ``<div>`` where a page's head should be (``signals``, which reads no further than the head)
and nested lists of a policy (``policies``, which reads all), at two sizes: ours, the best of some
turns, and one of selectolax. What a scanner takes grows with the size, what a tree takes with its
square. Nothing here is an aim.

    python bench/scanners.py [--depth 4000] [--turns 3]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

import measured
from withhold.policies.reading import read_document
from withhold.signals.html_tags import tags


def nested(begin: bytes, end: bytes, depth: int) -> bytes:
    """So many elements in each other, a word in the innermost."""
    return b"<!doctype html>" + begin * depth + b"word" + end * depth


def seconds(work: Callable[[], object], turns: int) -> float:
    best = float("inf")
    for _ in range(turns):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--depth", type=int, default=4_000)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    sides: dict[str, tuple[bytes, bytes, Callable[[bytes], object]]] = {
        "signals": (b"<div>", b"</div>", lambda page: list(tags(page.decode()))),
        "policies": (b"<ul><li>", b"</li></ul>", lambda page: read_document(page, "html")),
    }
    for depth in (given.depth, 4 * given.depth):
        for name, (begin, end, ours) in sides.items():
            page = nested(begin, end, depth)
            mine = seconds(lambda ours=ours, page=page: ours(page), given.turns)
            tree = seconds(lambda page=page: LexborHTMLParser(page).html, 1)
            print(
                f"{name:9}{depth:8,} elements in each other: {mine:.4f} s, selectolax {tree:.3f} s"
            )
            measured.told(
                f"scanners/{name}-{depth // given.depth}",
                f"a page of {depth:,} elements in each other, {name}",
                mine,
                "s",
                theirs=tree,
                yardstick="selectolax, which builds a tree",
                by="speed",
                size=f"{len(page) / 1024:.0f} KiB",
            )


if __name__ == "__main__":
    main()
