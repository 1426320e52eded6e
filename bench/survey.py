"""The survey: hosts by what their robots.txt say, against a pool that calls fast-robotstxt.

Over one Parquet file, two fresh processes on each side. Ours answers for 8 tokens and for all,
with the deciding rule, normal form and hash of each policy, and writes its parts; the peer counts
refusals of 8 tokens with the deciding line. Twice: every file with a rule that no other has, and
with the repetition that the web has. Then how cost grows, what the tables cost, and WARC. Beside
the clock stands the processors' time, which a busy machine changes less.

    python bench/survey.py [--rows 20000] [--turns 2] [--full] [--spark]
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import resource
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import measured
from robots import AI, generated
from robots_parquet import GROUP, MOST, PATH, fast
from withhold.catalog.load import default_root, load
from withhold.reach import engines
from withhold.verbs.survey_job import SurveyJob
from withhold.verbs.surveying import Asked, survey, tokens_of

ROBOTS, OCTETS = 54_800_000, 140e9
"""robots.txt of one whole crawl (Common Crawl, 2022-05), and what they take packed."""
SUPPOSED = (
    "two idle cores as fast as this one; files of a crawl are like these in lines, and repeat"
    " between natural and distinct; a disk that keeps up; tables not counted"
)
CLUSTER = "local-cluster[2,1,1024]"


def timed(side: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds by the clock and of processors (ended children too), and what the side found."""
    start, before = time.perf_counter(), spent()
    found = side()
    return time.perf_counter() - start, spent() - before, found


def spent() -> float:
    """Seconds of processors by this process and its children that ended."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def peer(file: str, tokens: tuple[str, ...]) -> int:
    """Refusals counted by fast-robotstxt in two processes."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        groups = range(pq.ParquetFile(file).num_row_groups)
        return sum(pool.imap_unordered(partial(fast, file, tokens), groups))


def ours(file: str, tokens: tuple[str, ...], out: Path) -> int:
    """Rows of the parts that two workers wrote."""
    shutil.rmtree(out, ignore_errors=True)
    rows = max(GROUP, pq.read_metadata(file).num_rows // 8)
    job = SurveyJob(tokens, PATH, {}, "bench")
    return engines.run(job, engines.parts_of([file], rows), str(out), workers=2).rows


def refusals(parts: Path, tokens: tuple[str, ...]) -> int:
    """Rows times tokens that are refused, counted in Python from the parts."""
    table = pq.read_table(parts, columns=["policy_hash", "says"])
    said = {}
    for digest, says in zip(*(table[one].to_pylist() for one in table.column_names), strict=True):
        if says is not None:
            answers = {one["token"]: one["answer"] == "disallowed" for one in says}
            said[digest] = sum(answers.get(token, answers["*"]) for token in tokens)
    return sum(said[one] for one in table["policy_hash"].to_pylist())


def written(path: Path, bodies: Iterable[bytes], group: int = GROUP) -> str:
    """A Parquet file of hosts and bodies, however many."""
    schema = pa.schema([("host", pa.string()), ("body", pa.binary())])
    number, left = 0, iter(bodies)
    with pq.ParquetWriter(path, schema) as writer:
        while some := list(islice(left, group)):
            hosts = [f"h{number + one}.example.org" for one in range(len(some))]
            writer.write_table(pa.table([hosts, some], schema=schema))
            number += len(some)
    return str(path)


def compare(file: str, what: str, turns: int, every: tuple[str, ...], out: Path) -> None:
    """Turn by turn in one run; the best turn of each side counts."""
    eight, rows = tuple(AI.split()), pq.read_metadata(file).num_rows
    sides: dict[str, Callable[[], int]] = {
        "fast-robotstxt, 8 tokens": partial(peer, file, eight),
        "withhold, 8 tokens": partial(ours, file, eight, out / "eight"),
        f"withhold, {len(every)} tokens": partial(ours, file, every, out / "every"),
    }
    clock, work, found = dict[str, float](), dict[str, float](), dict[str, int]()
    for _ in range(turns):
        for name, side in sides.items():
            took, worked, found[name] = timed(side)
            clock[name] = min(clock.get(name, took), took)
            work[name] = min(work.get(name, worked), worked)
    first = next(iter(sides))
    for name, took in clock.items():
        worked = work[name]
        print(
            f"{what:10} {name:25}{took:7.2f} s {rows / took:>9,.0f} rows/s"
            f" {took / clock[first]:5.2f} times; processors {worked:7.2f} s"
            f" {worked / work[first]:5.2f} times"
        )
    for key, name in ("8", "withhold, 8 tokens"), ("all", f"withhold, {len(every)} tokens"):
        measured.told(
            f"survey/{what}-{key}",
            f"survey of robots.txt, 2 processes, {what} files, {name.partition(', ')[2]}",
            clock[name],
            "s",
            theirs=clock[first],
            yardstick="a pool that calls fast-robotstxt for 8 tokens",
            work=work[name] / work[first],
            most=MOST[what],
            size=f"{rows:,} rows",
        )
    mine = refusals(out / "eight", eight)
    assert mine == found["fast-robotstxt, 8 tokens"], (mine, found)
    print(f"{what:10} both count {mine:,} refusals")


def grown(folder: Path, bodies: list[bytes], sizes: tuple[int, ...]) -> None:
    """The whole command on natural repetition, tables and all."""
    knowledge = load(default_root(), [], True)
    for size in sizes:
        file = written(folder / f"{size}.parquet", natural(bodies, size), 10_000)
        asked = Asked(given=(file,), out=f"{folder}/out{size}", workers=2, path=PATH)
        marks = list[float]()
        start, before = time.perf_counter(), spent()
        found = survey(
            asked, knowledge, "", lambda *_, marks=marks: marks.append(time.perf_counter())
        )
        end, worked = time.perf_counter(), spent() - before
        print(
            f"growth     {size:>9,} rows {end - start:7.2f} s, of it tables"
            f" {end - marks[-1]:.2f} s; processors {1e6 * worked / size:5.1f} us a row;"
            f" {found.parts} parts, {found.policies:,} policies"
        )
        measured.grew("survey", "withhold survey, tables and all", "robots.txt", size, end - start)
        Path(file).unlink()


def distinct(bodies: list[bytes], rows: int) -> Iterator[bytes]:
    """Every body has a rule that no other has."""
    for number in range(rows):
        yield bodies[number % len(bodies)] + f"\nDisallow: /only-{number}\n".encode()


def natural(bodies: list[bytes], rows: int) -> list[bytes]:
    """A few bodies stand at many hosts."""
    weights = [1 / (rank + 1) for rank in range(len(bodies))]
    return random.Random(2).choices(bodies, weights, k=rows)  # noqa: S311 - the same in every run


def warc_file(path: Path, bodies: Iterable[bytes]) -> Path:
    """As Common Crawl has them: a record of gzip for each."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        writer = WARCWriter(stream, gzip=True)
        for number, body in enumerate(bodies):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.1")
            url = f"https://h{number}.example.org/robots.txt"
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=head
                )
            )
    return path


def warc(folder: Path, bodies: list[bytes], rows: int, tokens: tuple[str, ...]) -> None:
    """Records and octets a second of one process, and what a whole crawl would take at that."""
    from fastwarc.warc import ArchiveIterator

    def bare(path: Path) -> int:
        with path.open("rb") as stream:
            return sum(len(one.reader.read()) > 0 for one in ArchiveIterator(stream))

    def decided(path: Path) -> int:
        shutil.rmtree(folder / "warc", ignore_errors=True)
        job = SurveyJob(tokens, PATH, {}, "bench")
        return engines.run(job, engines.parts_of([str(path)]), str(folder / "warc"), workers=1).rows

    for what, some in (("natural", natural), ("distinct", distinct)):
        path = warc_file(folder / f"{what}.warc.gz", some(bodies, rows))
        size = path.stat().st_size
        plain = min(timed(partial(bare, path))[1] for _ in range(2))
        took = min(timed(partial(decided, path))[1] for _ in range(2))
        print(
            f"WARC       {what}, processor's time of one process: FastWARC alone"
            f" {rows / plain:,.0f} records/s; survey of {len(tokens)} tokens {rows / took:,.0f}"
            f" records/s, {size / took / 1e6:.1f} MB/s packed ({size / rows:,.0f} octets each)"
        )
        by_record, by_octet = ROBOTS * took / rows / 7200, OCTETS * took / size / 7200
        hours = max(by_record, by_octet)
        measured.projected(
            f"survey/crawl-{what}",
            f"the {ROBOTS:,} robots.txt of one crawl ({OCTETS / 1e9:.0f} GB packed), 2 processes,"
            f" as {what} as the measured ones",
            hours,
            "hours",
            SUPPOSED,
        )
        print(
            f"projection {what}: {ROBOTS:,} robots.txt, {OCTETS / 1e9:.0f} GB, 2 cores:"
            f" {hours:.1f} h ({by_record:.1f} h by records, {by_octet:.1f} h by"
            f" octets; a crawl's are {OCTETS / ROBOTS:,.0f} octets packed each)"
        )
    print(f"           supposed: {SUPPOSED}.")


def on_spark(file: str, tokens: tuple[str, ...], out: Path) -> None:
    """A cluster of two workers writes the same octets."""
    ours(file, tokens, out / "local")
    job = SurveyJob(tokens, PATH, {}, "bench")
    rows = max(GROUP, pq.read_metadata(file).num_rows // 8)
    parts, there = engines.parts_of([file], rows), str(out / "spark")
    took, *_ = timed(lambda: engines.run(job, parts, there, engine="spark", master=CLUSTER).rows)
    for one in sorted((out / "local").glob("part-*")):
        assert one.read_bytes() == (out / "spark" / one.name).read_bytes(), one.name
    print(f"Spark      {CLUSTER}: the same octets, {took:.1f} s with its start")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--turns", type=int, default=2)
    arguments.add_argument("--full", action="store_true", help="200,000 rows, growth to 1,000,000")
    arguments.add_argument("--spark", action="store_true")
    given = arguments.parse_args()
    rows = 200_000 if given.full else given.rows
    bodies, _ = generated(2_000)
    every = tokens_of((), load(default_root(), [], True))
    print(f"{rows:,} rows, to reach: at most 2 times (distinct), 1 (natural)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, some in (
            ("distinct", distinct(bodies, rows)),
            ("natural", natural(bodies, rows)),
        ):
            file = written(folder / f"{what}.parquet", some)
            compare(file, what, given.turns, every, folder / what)
        grown(folder, bodies, (10_000, 100_000, 1_000_000)[: 3 if given.full else 2])
        warc(folder, bodies, min(rows, 20_000), every)
        if given.spark:
            on_spark(str(folder / "natural.parquet"), every, folder)


if __name__ == "__main__":
    main()
