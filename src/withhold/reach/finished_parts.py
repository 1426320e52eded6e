"""What a job has finished in its folder: a file for each part, and a note behind it.

The order is the safety: a part's file appears as a whole, then its note (with size and SHA-256).
Killed between the two, a part is done again and gets the same name; killed before, nothing of it
is there. A note counts only where its file is there and is the very one that it notes.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from withhold.errors import BadInput, WithholdError
from withhold.reach.engines import Done, Job, Part
from withhold.reach.out_folder import BESIDE, OutFolder
from withhold.reach.remote import shown, stamp

SCHEMA = "withhold/parts/1"
FOLDER = ".finished"
_JOB = f"{FOLDER}/job.json"
_ROWS = 65_536
"""Rows of a row group, at least; a job's batches are gathered until there are so many,"""
_OCTETS = 64 << 20
"""or so many octets."""
_TIP = "choose another folder, or take that one away"


class Whole(Struct, frozen=True, kw_only=True):
    """The job that a folder holds: SHA-256 of what decides the answer and of the inputs."""

    digest: str
    parts: int
    schema: str = SCHEMA


class Note(Struct, frozen=True, kw_only=True):
    """A finished part, the size of its file, and for which job it was done."""

    digest: str
    size: int
    done: Done


def whole_digest(job: Job, parts: Sequence[Part]) -> str:
    """SHA-256 of the job and its inputs: settings, names, row groups, sizes and times of files."""
    stamps = {name: stamp(name) for name in {one.name for one in parts}}
    said = [[one.id, shown(one.name), one.first, one.last, stamps[one.name]] for one in parts]
    return hashlib.sha256(job.digest.encode() + b"\0" + msgspec.json.encode(said)).hexdigest()


@contextlib.contextmanager
def begun(folder: OutFolder, digest: str, parts: int) -> Iterator[None]:
    """The folder is this job's, and this run's alone while it lasts.

    BadInput where it holds another job's parts, parts that no run noted, or another run writes it
    now. The lock is the system's and falls with the process. At an address there is none.
    """
    folder.make()
    if folder.get(_JOB) is None and any(one.startswith("part-") for one in folder.names()):
        raise BadInput(f"{shown(folder.out)} has parts that no run of this noted", _TIP)
    with _locked(folder):
        said = folder.get(_JOB)
        if said is None:
            folder.put(_JOB, msgspec.json.encode(Whole(digest=digest, parts=parts)))
        elif _digest(said) != digest:
            raise BadInput(
                f"{shown(folder.out)} holds the parts of another job (other settings, other inputs"
                " or another version)",
                _TIP,
            )
        try:
            yield
        finally:
            for name in folder.names():
                if name.startswith(BESIDE):
                    folder.remove(name)


def start_over(out: str) -> None:
    """Takes away all parts in a folder and what was noted of them, and nothing else of it."""
    folder = OutFolder(out)
    if folder.get(_JOB) is None:
        return
    with _locked(folder):
        folder.remove(_JOB)  # first: no note counts without it
        for name in folder.names(FOLDER):
            if name.endswith(".json"):
                folder.remove(f"{FOLDER}/{name}")
        for name in folder.names():
            if name.startswith(("part-", BESIDE)):
                folder.remove(name)


def _digest(said: bytes) -> str:
    try:
        return msgspec.json.decode(said, type=Whole).digest
    except msgspec.MsgspecError:
        return ""


def kept(folder: OutFolder, digest: str, parts: Sequence[Part]) -> dict[str, Done]:
    """The parts that are finished already, by id; what is left over of a kill is taken away."""
    notes: dict[str, Done] = {}
    there, files = set(folder.names(FOLDER)), set(folder.names())
    for part in parts:
        if f"{part.id}.json" not in there or file_of(part) not in files:
            continue
        note = _note(folder, part)
        if note and note.digest == digest and folder.sha256(note.done.file) == note.done.sha256:
            notes[part.id] = note.done
    whole = {one.file for one in notes.values()}
    for name in files:
        if name.startswith(BESIDE) or (name.startswith("part-") and name not in whole):
            folder.remove(name)
    return notes


def _note(folder: OutFolder, part: Part) -> Note | None:
    try:
        note = msgspec.json.decode(folder.get(f"{FOLDER}/{part.id}.json") or b"", type=Note)
    except msgspec.MsgspecError:
        return None
    return note if (note.done.part, note.done.file) == (part.id, file_of(part)) else None


def noted(folder: OutFolder) -> int:
    """How many parts are noted by now."""
    return sum(one.endswith(".json") for one in folder.names(FOLDER)) - 1


def file_of(part: Part) -> str:
    """The name of a part's file."""
    return f"part-{part.id}.parquet"


def done(job: Job, part: Part, out: str, digest: str) -> Done:
    """Does one part and notes it: what every worker of every engine calls."""
    folder = OutFolder(out)
    counts: dict[str, int] = {}
    with folder.beside() as path:
        rows = _written(job, part, path, counts)
        _add(counts, job.also(part))
        with Path(path).open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        size = Path(path).stat().st_size
        if (
            _digest(folder.get(_JOB) or b"") != digest
        ):  # its driver was killed, and another job is here now
            raise WithholdError(f"{shown(out)} was given to another job meanwhile", _TIP)
        folder.take(path, file_of(part))
    one = Done(part=part.id, file=file_of(part), sha256=sha256, rows=rows, counts=counts)
    note = Note(digest=digest, size=size, done=one)
    folder.put(f"{FOLDER}/{part.id}.json", msgspec.json.encode(note))
    return one


def _written(job: Job, part: Part, path: str, counts: dict[str, int]) -> int:
    """The rows of the Parquet file that it wrote; the same octets from the same batches."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = octets = waiting_rows = 0
    waiting: list[Any] = []
    with pq.ParquetWriter(path, job.schema(), compression="zstd") as writer:
        for batch in job.batches(part):
            _add(counts, job.counts(batch))
            rows += batch.num_rows
            waiting_rows += batch.num_rows
            octets += batch.nbytes
            waiting.append(batch)
            if waiting_rows >= _ROWS or octets >= _OCTETS:
                writer.write_table(pa.Table.from_batches(waiting))
                octets = waiting_rows = 0
                waiting.clear()
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))
    return rows


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for name, number in more.items():
        counts[name] = counts.get(name, 0) + number


@contextlib.contextmanager
def _locked(folder: OutFolder) -> Iterator[None]:
    """For this run alone, as long as it lives; where the system has no such lock, none."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    if folder.remote:
        yield
        return
    Path(folder.path(FOLDER)).mkdir(exist_ok=True)
    with Path(folder.path(f"{FOLDER}/lock")).open("ab") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as why:
            raise BadInput(
                f"{folder.out}: another run is writing it now", "wait for it to end"
            ) from why
        yield
