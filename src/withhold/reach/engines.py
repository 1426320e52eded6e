"""Work over many parts of many files: on this machine or on a Spark cluster, the same answer.

A job cuts its input into parts. Each part is read, worked on and written to a file of its own,
which appears at once (written beside, then renamed) and is then noted as finished. A run that was
killed goes on with what is not noted; nothing is lost and nothing is there twice.

SKETCH: one part after the other, no resuming; its owner makes the engines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from msgspec import Struct

Name = Literal["local", "spark"]


class Part(Struct, frozen=True, kw_only=True):
    """A piece of the input, small enough to do again: a file, or some row groups of it.

    ``id`` is unique in the job, stays the same from run to run and is fit for a file name.
    ``first`` and ``last`` are row groups (Parquet), from 0, both inclusive; -1 = the whole file.
    """

    id: str
    name: str
    first: int = -1
    last: int = -1


class Job(Protocol):
    """What is done to a part. It is pickled and sent to other processes and machines."""

    digest: str
    """SHA-256 of all that decides the answer: settings, knowledge, version of this program."""

    def batches(self, part: Part) -> Iterator[Any]:
        """The answer for a part, as Arrow record batches of ``schema``, always in the same order."""
        ...

    def schema(self) -> Any:
        """The Arrow schema of the batches."""
        ...

    def counts(self, batch: Any) -> Mapping[str, int]:
        """What to add up over all batches."""
        ...

    def also(self, part: Part) -> Mapping[str, int]:
        """Counts of what gave no row, such as records that could not be read; after ``batches``."""
        ...


class Done(Struct, frozen=True, kw_only=True):
    """A finished part: the file below the output folder, its SHA-256, rows, and counts."""

    part: str
    file: str
    sha256: str
    rows: int
    counts: dict[str, int]


class Finished(Struct, frozen=True, kw_only=True):
    """A whole run; ``kept`` of the parts were finished by an earlier run."""

    parts: tuple[Done, ...]
    kept: int = 0

    @property
    def rows(self) -> int:
        """All rows that were written."""
        return sum(one.rows for one in self.parts)

    @property
    def counts(self) -> dict[str, int]:
        """The counts of all parts, added up."""
        sums: dict[str, int] = {}
        for one in self.parts:
            for name, number in one.counts.items():
                sums[name] = sums.get(name, 0) + number
        return sums


def run(
    job: Job,
    parts: Sequence[Part],
    out: str,
    *,
    engine: Name = "local",
    master: str = "",
    workers: int = 0,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Finished:
    """Does all parts into the folder ``out``: ``part-ID.parquet`` (zstd), one for each part.

    ``told`` hears how many parts of how many are done. BadInput where ``out`` holds another job's
    parts (another ``digest``); WithholdError where a part cannot be done, with what it was.
    """
    import hashlib
    from pathlib import Path

    import pyarrow.parquet as pq

    del engine, master, workers
    folder, done = Path(out), list[Done]()
    folder.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(parts, 1):
        file, rows, counts = f"part-{part.id}.parquet", 0, dict[str, int]()
        with pq.ParquetWriter(folder / file, job.schema(), compression="zstd") as writer:
            for batch in job.batches(part):
                writer.write_batch(batch)
                rows += batch.num_rows
                for name, more in job.counts(batch).items():
                    counts[name] = counts.get(name, 0) + more
        for name, more in job.also(part).items():
            counts[name] = counts.get(name, 0) + more
        digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        done.append(Done(part=part.id, file=file, sha256=digest, rows=rows, counts=counts))
        told(number, len(parts))
    return Finished(parts=tuple(done))


def parts_of(names: Sequence[str], rows: int = 100_000) -> list[Part]:
    """Parts of these files: Parquet by row groups of together about ``rows`` rows, others whole."""
    del rows
    return [Part(id=f"{number:06d}", name=name) for number, name in enumerate(names)]
