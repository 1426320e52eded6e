"""A round over 60 policies on loopback, against fetching and reading the same texts bare.

Bare is urllib3 for the same addresses with as many threads, and ``policies.read_document`` of each
body, one after the other. Ours asks each host's robots.txt besides, keeps every response as WARC
and every body as evidence, and writes one observation each into a store on this disk. The second
round finds all as it was, the third other words in half of them, in the same store. Memory is this
process's peak, the server's included.

    python bench/watch.py [--turns 3]
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import urllib3

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.journeys.policies_served import COUNT, World, documents, watched, world

import measured
from withhold.policies.reading import read_document

THREADS = 16
BEGAN = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def bare(port: int) -> float:
    """Seconds for all of them."""
    urls = [f"http://127.0.0.1:{port}/privacy" for _ in range(COUNT)]
    hosts = [one.url.split("/")[2] for _, one in documents(port)]
    began = time.perf_counter()
    with urllib3.PoolManager(maxsize=THREADS) as pool, ThreadPoolExecutor(THREADS) as threads:

        def get(url: str, host: str) -> bytes:
            return pool.request("GET", url, headers={"Host": host}).data

        for body in threads.map(get, urls, hosts):
            read_document(body, "html")
    return time.perf_counter() - began


def rounds(served: World) -> list[float]:
    """Seconds for the first round, one in which nothing changed, one in which half did."""
    took = []
    served.changed = set()
    with tempfile.TemporaryDirectory() as made:
        for day, outcome in enumerate(("first", "same", "")):
            if not outcome:
                served.changed = set(range(COUNT))
            began = time.perf_counter()
            done = watched(Path(made) / "home", served.port, BEGAN + timedelta(days=day), THREADS)
            took.append(time.perf_counter() - began)
            if outcome and done.counts != {outcome: COUNT}:
                raise SystemExit(f"not as it should be: {done.counts}")
    return took


def main() -> None:
    """Prints one line a round."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--turns", type=int, default=3)
    turns = asked.parse_args().turns
    with world() as served:
        bare(served.port)  # words and libraries are read once
        plain = [bare(served.port) for _ in range(turns)]
        ours = [rounds(served) for _ in range(turns)]
    print(f"{COUNT} policies, {THREADS} threads, median of {turns}")
    print(f"bare fetching and reading   {median(plain):6.2f} s")
    for name, took in zip(
        ("first round", "nothing changed", "half changed"), zip(*ours, strict=True), strict=True
    ):
        print(f"{name:27} {median(took):6.2f} s  {median(took) / median(plain):5.2f} times")
        measured.told(
            f"watch/{name.replace(' ', '-')}",
            f"a round of watch over policies on loopback: {name}",
            median(took),
            "s",
            theirs=median(plain),
            yardstick="urllib3 and the same reading, nothing kept",
            size=f"{COUNT} policies, {THREADS} threads",
            memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
