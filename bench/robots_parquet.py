"""robots.txt over Parquet: two processes on each side, against a pool that calls fast-robotstxt.

A file of one column of bodies, read row group by row group by each side. Twice: with every body
made distinct, and with the repetition that the web has (a few bodies stand at many hosts: ours asks
each body of a row group once). Ours answers for 8 tokens and for 150, with the deciding line.

    python bench/robots_parquet.py [--rows 20000] [--turns 3]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from robotstxt.robots import RobotsMatcher

import measured
from robots import AI, generated, repeated
from withhold.signals import robots

GROUP = 1_000
MOST = {"distinct": 2.0, "natural": 1.0}
PATH = "/news/a/x.php"  # some of the generated rules refuse it


def ours(file: str, tokens: tuple[str, ...], group: int) -> int:
    """How many bodies of a row group refuse each token, added up; each body is asked once."""
    answers: dict[bytes, int] = {}
    refused = 0
    for body in pq.ParquetFile(file).read_row_group(group)["body"].to_pylist():
        known = answers.get(body)
        if known is None:
            rows = robots.read(body).decide_all(tokens, (PATH,))
            known = answers[body] = sum(not one[0].allowed for one in rows)
        refused += known
    return refused


def fast(file: str, tokens: tuple[str, ...], group: int) -> int:
    """The same by fast-robotstxt, token by token."""
    matcher, refused = RobotsMatcher(), 0
    for body in pq.ParquetFile(file).read_row_group(group)["body"].to_pylist():
        text = body.decode("utf-8", "replace")
        for token in tokens:
            refused += not matcher.is_allowed(text, token, "http://h.example" + PATH)
            _ = matcher.matching_line
    return refused


def written(folder: Path, name: str, bodies: list[bytes]) -> str:
    """A Parquet file of bodies; its path."""
    path = folder / f"{name}.parquet"
    pq.write_table(pa.table({"body": pa.array(bodies, pa.binary())}), path, row_group_size=GROUP)
    return str(path)


def compare(file: str, what: str, turns: int, tokens: list[str]) -> None:
    """Turn by turn in one run; the best turn of each side counts."""
    eight, every = tuple(AI.split()), tuple(tokens)
    sides: dict[str, Callable[[int], int]] = {
        "fast-robotstxt, 8 tokens": partial(fast, file, eight),
        "withhold, 8 tokens": partial(ours, file, eight),
        f"withhold, {len(every)} tokens": partial(ours, file, every),
    }
    groups = range(pq.ParquetFile(file).num_row_groups)
    best = dict.fromkeys(sides, float("inf"))
    found: dict[str, int] = {}
    with Pool(2) as pool:
        for _ in range(turns):
            for name, side in sides.items():
                start = time.perf_counter()
                found[name] = sum(pool.imap_unordered(side, groups))
                best[name] = min(best[name], time.perf_counter() - start)
    peer = best["fast-robotstxt, 8 tokens"]
    for name, took in best.items():
        print(
            f"{what:10} {name:26}{took:8.2f} s   {took / peer:5.2f} times fast-robotstxt"
            f"   {found[name]:,} refusals"
        )
    for tokens_, name in (("8", "withhold, 8 tokens"), ("all", f"withhold, {len(every)} tokens")):
        measured.told(
            f"robots_parquet/{what}-{tokens_}",
            f"robots.txt over Parquet, 2 processes, {what} bodies, {name.partition(', ')[2]}",
            best[name],
            "s",
            theirs=peer,
            yardstick="a pool that calls fast-robotstxt for 8 tokens",
            most=MOST[what],
            size=f"{len(groups) * GROUP:,} rows",
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    bodies, tokens = generated(2_000)
    print(f"{given.rows:,} rows, to reach: at most 2 times (distinct), 1 (natural)")
    with tempfile.TemporaryDirectory() as folder:
        for what, rows in repeated(bodies, given.rows).items():
            compare(written(Path(folder), what, rows), what, given.turns, tokens)


if __name__ == "__main__":
    main()
