"""Work over many parts of many files: on this machine or on a Spark cluster, the same answer.

A job cuts its input into parts. Each part is read, worked on and written to a file of its own,
which appears at once (written beside, then renamed) and is then noted as finished. A run that was
killed goes on with what is not noted; nothing is lost and nothing is there twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

from msgspec import Struct

from withhold.errors import BadInput, MissingExtra

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
        """The answer for a part, as Arrow record batches of ``schema``, always in one order."""
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
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Finished:
    """Does all parts into the folder ``out``: ``part-ID.parquet`` (zstd), one for each part.

    ``out`` is a folder, or an address that fsspec can write; on a cluster every worker must reach
    it. ``told`` hears how many parts of how many are done. BadInput where ``out`` holds another
    job's parts (other settings or inputs); WithholdError where a part cannot be done, with what it
    was. ``workers`` 0 = one for each core; ``master`` a Spark address such as ``spark://host:7077``.
    """
    from withhold.reach import finished_parts
    from withhold.reach.out_folder import OutFolder

    _possible(engine)
    parts = tuple(parts)
    if len({one.id for one in parts}) != len(parts):
        raise ValueError("two parts have one id")
    folder, digest = OutFolder(out), finished_parts.whole_digest(job, parts)
    with finished_parts.begun(folder, digest, len(parts)):
        by_id = finished_parts.kept(folder, digest, parts)
        before = len(by_id)
        left = [one for one in parts if one.id not in by_id]
        told(before, len(parts))
        if left:
            heard = _Heard(before, len(parts), told)
            if engine == "spark":
                from withhold.reach.engine_spark import all_done as by_spark

                new = by_spark(job, left, out, digest, master, workers, heard)
            else:
                from withhold.reach.engine_local import all_done as by_processes

                new = by_processes(job, left, out, digest, workers, heard)
            by_id.update({one.part: one for one in new})
    return Finished(parts=tuple(by_id[one.id] for one in parts), kept=before)


class _Heard:
    """Counts the parts that become finished."""

    def __init__(self, before: int, of: int, told: Callable[[int, int], None]) -> None:
        self._done, self._of, self._told = before, of, told

    def __call__(self) -> None:
        self._done += 1
        self._told(self._done, self._of)


def _possible(engine: Name) -> None:
    """Raises MissingExtra before anything is begun."""
    from importlib.util import find_spec

    for module, extra in {"pyarrow": "scale", "pyspark": "spark"}.items():
        if (module == "pyarrow" or engine == "spark") and find_spec(module) is None:
            tip = f'pip install "withhold[{extra}]"'
            raise MissingExtra(f"the engine {engine} needs {module}", tip)


def digest_of(*said: object) -> str:
    """SHA-256 of what decides an answer, for ``Job.digest``; this program's version is in it.

    Takes what JSON can hold, and msgspec structs. The inputs need not be in it: ``run`` looks at
    the names, sizes and times of the parts' files itself.
    """
    import hashlib

    import msgspec

    from withhold import __version__

    return hashlib.sha256(msgspec.json.encode([__version__, *said], order="sorted")).hexdigest()


def parts_of(names: Sequence[str], rows: int = 100_000) -> list[Part]:
    """Parts of these files: Parquet by row groups of together about ``rows`` rows, others whole.

    The same files in the same order have the same parts. Raises BadInput for Parquet that is none.
    """
    parts = []
    for number, name in enumerate(names):
        if not name.partition("?")[0].lower().endswith((".parquet", ".pq")):
            parts.append(Part(id=f"{number:06d}", name=name))
            continue
        cut, first, together = 0, 0, 0
        groups = _group_rows(name)
        for group, many in enumerate(groups):
            together += many
            if together >= rows or group == len(groups) - 1:
                part_id = f"{number:06d}-{cut:04d}"
                parts.append(Part(id=part_id, name=name, first=first, last=group))
                cut, first, together = cut + 1, group + 1, 0
        if not groups:
            parts.append(Part(id=f"{number:06d}", name=name))
    return parts


def _group_rows(name: str) -> list[int]:
    """How many rows each row group of a Parquet file has."""
    from withhold.reach.remote import opened, shown

    _possible("local")
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with opened(name) as stream:
            about = pq.read_metadata(stream)
            return [about.row_group(one).num_rows for one in range(about.num_row_groups)]
    except (pa.ArrowException, OSError) as why:
        raise BadInput(
            f"{shown(name)}: is no Parquet that can be read", "is it whole? copy it again"
        ) from why
