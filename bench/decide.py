"""``withhold.decide`` over Parquet: two processes, against a bare pool that calls fast-robotstxt.

Rows of an address, a crawl time and a robots.txt; the bare pool answers 8 tokens by that file alone
and keeps nothing, ours answers who refused (all known training tokens, and the signals in the file)
and hands back the rows with reasons. Twice: with every body made distinct, and with the repetition
that the web has. Beside the clock stands the processor's time, which other work disturbs less.

    python bench/decide.py [--rows 20000] [--turns 3]
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
from withhold import decide
from withhold.catalog.load import load

GROUP, RATE = 1_000, 30_000


def ours(file: str, settings: dict[str, object], group: int) -> int:
    """How many rows of a row group are refused."""
    (batch,) = pq.ParquetFile(file).read_row_group(group).combine_chunks().to_batches()
    kept = decide(batch, unknown="keep", **settings).column("withhold_keep")  # type: ignore[arg-type]
    return len(kept) - kept.true_count


def fast(file: str, tokens: tuple[str, ...], group: int) -> int:
    """How many rows refuse any of the tokens, by fast-robotstxt, token by token."""
    matcher, refused = RobotsMatcher(), 0
    table = pq.ParquetFile(file).read_row_group(group)
    for url, body in zip(table["url"].to_pylist(), table["robots"].to_pylist(), strict=True):
        text = body.decode("utf-8", "replace")
        answers = [matcher.is_allowed(text, token, url) for token in tokens]
        refused += not all(answers)
    return refused


def timed(side: Callable[[int], int], group: int) -> tuple[int, float]:
    """What a side answers for a row group, and the processor's seconds."""
    start = time.process_time()
    return side(group), time.process_time() - start


def written(folder: Path, name: str, bodies: list[bytes]) -> str:
    """A Parquet file of pages with their robots.txt; its path."""
    path = folder / f"{name}.parquet"
    urls = [f"https://h{number}.example/news/a/{number}.php" for number in range(len(bodies))]
    table = pa.table(
        {"url": urls, "crawl_time": ["2026-11-26"] * len(bodies), "robots": pa.array(bodies)}
    )
    pq.write_table(table, path, row_group_size=GROUP)
    return str(path)


def compare(file: str, what: str, rows: int, turns: int) -> None:
    """Turn by turn in one run; the best turn of each side counts."""
    eight = tuple(AI.split())
    known = load(platforms=()).crawlers
    by_name = {token.lower(): one for token, one in known.items()}
    few = {
        by_name[one.lower()].token: by_name[one.lower()] for one in eight if one.lower() in by_name
    }
    sides: dict[str, Callable[[int], int]] = {
        "fast-robotstxt, 8 tokens": partial(fast, file, eight),
        f"decide, {len(few)} tokens": partial(
            ours, file, {"crawlers": few, "honour": "any-refusal"}
        ),
        "decide, any training": partial(ours, file, {}),
        "decide, any refusal": partial(ours, file, {"honour": "any-refusal"}),
    }
    groups = range(pq.ParquetFile(file).num_row_groups)
    best, least = dict.fromkeys(sides, float("inf")), dict.fromkeys(sides, float("inf"))
    found: dict[str, int] = {}
    with Pool(2) as pool:
        for _ in range(turns):
            for name, side in sides.items():
                start = time.perf_counter()
                answers = list(pool.imap_unordered(partial(timed, side), groups))
                best[name] = min(best[name], time.perf_counter() - start)
                least[name] = min(least[name], sum(spent for _, spent in answers))
                found[name] = sum(refused for refused, _ in answers)
    peer = "fast-robotstxt, 8 tokens"
    for name, took in best.items():
        print(
            f"{what:10}{name:26}{took:8.2f} s {rows / took:9,.0f} rows/s"
            f"{least[name] / rows * 1e6:7.1f} us/row of a core   {took / best[peer]:5.2f} times the"
            f" bare pool by the clock, {least[name] / least[peer]:.2f} by the core"
            f"   {found[name]:,} refused"
        )
    name, who = "decide, any training", "withhold.decide, 2 processes, all training tokens"
    measured.told(
        f"decide/{what}-rate",
        f"{who}, {what} bodies",
        rows / best[name],
        "rows a second",
        least=RATE if what == "distinct" else None,
        size=f"{rows:,} rows",
    )
    measured.told(
        f"decide/{what}",
        f"{who}, {what} bodies",
        best[name],
        "s",
        theirs=best[peer],
        yardstick="a pool that calls fast-robotstxt for 8 tokens",
        work=least[name] / least[peer],
        size=f"{rows:,} rows",
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    bodies, _ = generated(2_000)
    print(f"{given.rows:,} rows, to reach: {RATE:,} rows/s on 2 idle cores with distinct bodies")
    with tempfile.TemporaryDirectory() as folder:
        for what, rows in repeated(bodies, given.rows).items():
            compare(written(Path(folder), what, rows), what, given.rows, given.turns)


if __name__ == "__main__":
    main()
