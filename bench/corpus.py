"""10,000 spans in a corpus, WARC.gz and Parquet: ours and a bare loop, two processes on each side.

The bare loop is FastWARC's iteration (or Arrow's batches of one column) and one Hyperscan database
of the spans as they are written, scanned over each record as it is; it tells nothing and finds what
stands there octet by octet. Ours is ``prove corpus``'s own job: readers, ladder, rows written
to disk. 100 spans are planted, four in ten with other capitals, white space, quotes or fullwidth
letters, and 100 decoys that differ by a letter, digit, comma or word: all of the first are to be
found, none of the others, and nothing else. The processes of both sides are new in each turn and
start by ``spawn``. Small by default; ``--full`` is 1 GiB of text.

    python bench/corpus.py [--full] [--mib 128] [--turns 3]
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import measured
from corpus_texts import Writer, changed, decoy, write_file
from withhold.reach import engines
from withhold.traces.corpus.folding import fold
from withhold.traces.corpus.found import Needle
from withhold.traces.corpus.ladder import Ladder
from withhold.traces.corpus.literal import Engine
from withhold.verbs.corpus_job import CorpusJob
from withhold.verbs.corpus_needles import Sought
from withhold.verbs.prove_corpus import inputs, prove_corpus

FILES, PROCESSES = 8, 2
SPANS, PLANTED = 10_000, 100
Answer = tuple[int, int, str]  # how many of the planted were found, how many others, what it says


class Bare:
    """Nothing but reading and one scan of each record."""

    def __init__(self, spans: Sequence[str]) -> None:
        self._spans = spans
        self._database: Any = None

    def __call__(self, name: str) -> int:
        import hyperscan

        if self._database is None:
            self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
            self._database.compile(
                expressions=[span.encode() for span in self._spans],
                ids=list(range(len(self._spans))),
                elements=len(self._spans),
                flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(self._spans),
                literal=True,
            )
        found = list[int]()

        def note(number: int, *_: object) -> None:
            found.append(number)

        for octets in self.octets(name):
            self._database.scan(octets, match_event_handler=note)
        return len(found)

    def octets(self, name: str) -> Iterator[bytes]:
        if name.endswith(".parquet"):
            import pyarrow as pa
            import pyarrow.parquet as pq

            for batch in pq.ParquetFile(name).iter_batches(1_000, columns=["text"]):
                yield from batch.column(0).cast(pa.binary()).to_pylist()
            return
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        with Path(name).open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.conversion):
                yield record.reader.read()


def bare(spans: Sequence[str], names: Sequence[str]) -> Answer:
    """By a pool of as many new processes."""
    with get_context("spawn").Pool(PROCESSES, _start, (spans,)) as pool:
        found = sum(pool.map(_scan, names, chunksize=1))
    return found, 0, "as they are written"


_BARE: Any = None


def _start(spans: Sequence[str]) -> None:
    global _BARE
    _BARE = Bare(spans)


def _scan(name: str) -> int:
    return int(_BARE(name))


def ours(needles: Sequence[Needle], names: Sequence[str]) -> Answer:
    """By the verb itself."""
    with tempfile.TemporaryDirectory() as folder:
        done = prove_corpus(
            Sought(needles=tuple(needles)),
            inputs(names),
            f"{folder}/out",
            mapping={},
            workers=PROCESSES,
        )
        found = [(one.needle, one.rung) for one in done.places()]
    return _judged(found, f"{done.records:,} records")


class OneWay(CorpusJob):
    """The same job with one way of matching."""

    way: Engine = "auto"

    def _ladder(self) -> Ladder:
        if self.way not in _LADDERS:
            _LADDERS[self.way] = Ladder(self.needles, self.way)
        return _LADDERS[self.way]


_LADDERS: dict[str, Ladder] = {}


def one_way(needles: Sequence[Needle], way: Engine, names: Sequence[str]) -> Answer:
    """By the engine, with a job that matches in one way."""
    import pyarrow.parquet as pq

    job = OneWay(needles=tuple(needles), mapping={}, images=False, way=way)
    with tempfile.TemporaryDirectory() as folder:
        parts = engines.parts_of(names)
        done = engines.run(job, parts, f"{folder}/out", workers=PROCESSES)
        found = list[tuple[str, str]]()
        for one in done.parts:
            table = pq.read_table(f"{folder}/out/{one.file}")
            found += zip(table["needle"].to_pylist(), table["rung"].to_pylist(), strict=True)
    return _judged(found, "")


def _judged(found: Sequence[tuple[str, str]], said: str) -> Answer:
    """What was planted is 0 to 99, each once, as a span."""
    right = {str(number) for number in range(PLANTED)} & {
        name for name, rung in found if rung == "span"
    }
    return len(right), len(found) - len(right), said


class Memory:
    """MiB of all processes below this one, each at its largest; looked at 20 times a second."""

    def __init__(self) -> None:
        self._largest: dict[str, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            for status in Path("/proc").glob("[0-9]*/status"):
                try:
                    said = status.read_text()
                except OSError:  # it has ended
                    continue
                if f"\nPPid:\t{os.getpid()}\n" in said and "VmHWM:" in said:
                    largest = int(said.split("VmHWM:")[1].split()[0]) >> 10
                    self._largest[status.parent.name] = largest

    @property
    def mib(self) -> int:
        return sum(self._largest.values())


def compare(names: Sequence[str], spans: Sequence[str], size: int, turns: int) -> None:
    """Turn by turn in one run; the best turn of each side counts."""
    needles = [Needle(id=str(n), spans=(fold(span),)) for n, span in enumerate(spans)]
    sides: dict[str, Callable[[Sequence[str]], Answer]] = {
        "bare loop, hyperscan": partial(bare, spans),
        "withhold": partial(ours, needles),
        "  by hyperscan": partial(one_way, needles, "hyperscan"),
        "  by pyahocorasick": partial(one_way, needles, "ahocorasick"),
    }
    clock, cpu = dict.fromkeys(sides, float("inf")), dict.fromkeys(sides, float("inf"))
    for turn in range(turns):
        for name, side in sides.items():
            start, before = time.perf_counter(), _processor()
            with Memory() as memory:
                right, wrong, said = side(names)
            clock[name] = min(clock[name], time.perf_counter() - start)
            cpu[name] = min(cpu[name], _processor() - before)
            if turn == turns - 1:
                print(
                    f"  {name:22}{clock[name]:7.2f} s {size / 2**20 / clock[name]:5.0f} MiB/s"
                    f" {clock['bare loop, hyperscan'] / clock[name]:5.2f} of the bare loop"
                    f" ({cpu['bare loop, hyperscan'] / cpu[name]:.2f} by processor time)"
                    f" {memory.mib:4} MiB, {right} of {PLANTED} found, {wrong} others {said}"
                )
            if turn == turns - 1 and name == "withhold":
                form = "Parquet" if names[0].endswith("parquet") else "WARC"
                what, key = f"scan of a corpus, {form}, {PROCESSES} processes", form.lower()
                note = f"{len(spans):,} spans, {size / 2**20:,.0f} MiB of text"
                bare_ = "bare loop, hyperscan"
                measured.told(
                    f"corpus/{key}", what, clock[name], "s", theirs=clock[bare_],
                    yardstick="bare reading and hyperscan", by="speed", least=0.8,
                    work=cpu[bare_] / cpu[name], size=note, memory=memory.mib,
                )  # fmt: skip
                lost = f"{what}: planted spans not found, and others found"
                measured.told(
                    f"corpus/{key}-wrong", lost, PLANTED - right + wrong, "", most=0, size=note
                )


def _processor() -> float:
    """Seconds of the processor that the processes started here have taken, those that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--full", action="store_true")
    arguments.add_argument("--mib", type=int, default=128)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    octets = (1_024 if given.full else given.mib) << 20
    writer = Writer(7)
    spans = [writer.span() for _ in range(SPANS)]
    planted = [changed(span, n) for n, span in enumerate(spans[:PLANTED])]
    planted += [decoy(span, n) for n, span in enumerate(spans[PLANTED : 2 * PLANTED])]
    print(f"{SPANS:,} spans, to reach: 0.80 of the bare loop, {PLANTED} found, 0 others")
    with tempfile.TemporaryDirectory() as folder:
        each = [planted[number::FILES] for number in range(FILES)]
        with get_context("spawn").Pool(PROCESSES) as pool:
            write = partial(write_file, folder, octets // FILES, each)
            size = sum(pool.map(write, range(FILES), chunksize=1))
        for form in ("warc.wet.gz", "parquet"):
            names = [str(Path(folder) / f"{number}.{form}") for number in range(FILES)]
            packed = sum(Path(name).stat().st_size for name in names)
            print(f"{form}: {size / 2**20:,.0f} MiB of text in {packed / 2**20:,.0f} MiB")
            compare(names, spans, size, given.turns)


if __name__ == "__main__":
    main()
