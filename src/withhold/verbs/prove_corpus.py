"""prove corpus: what of the owner's is in these files, how surely, where; and what was not read."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput, NothingToCheck, WithholdError
from withhold.reach import engines
from withhold.reach.engines import Done, Part
from withhold.reach.remote import Input, listed, opened, shown
from withhold.traces.corpus.found import Rung
from withhold.traces.corpus.ladder import SUREST
from withhold.traces.corpus.records import ENDINGS, records
from withhold.verbs.corpus_job import NUMBERS, TEXTS, CorpusJob
from withhold.verbs.corpus_needles import Sought


class Place(Struct, frozen=True, kw_only=True):
    """A hit as it is told: which needle, how surely, in which file and where."""

    needle: str
    rung: Rung
    file: str
    record: str
    url: str
    date: str
    crawl: str
    offset: int
    at: int
    count: int
    of: int
    near: float


class FileRead(Struct, frozen=True, kw_only=True):
    """A file: records read, what of it could not be (by reason, and where the first one was).

    ``ended``: it was left before its end. ``octets`` is its size, -1 if not known.
    """

    name: str
    records: int
    unreadable: int
    octets: int
    why: Mapping[str, int] = {}
    first: Mapping[str, int] = {}
    ended: bool = False


class Searched(Struct, frozen=True, kw_only=True):
    """The whole answer. ``rungs`` counts all hits, ``found`` needles.

    ``beyond``: of the hits, by needle, those that were only counted.
    """

    sought: Sought
    files: tuple[FileRead, ...]
    folder: str
    parts: tuple[Done, ...]
    crawls: Mapping[str, int]
    beyond: Mapping[str, int]
    kept: int = 0

    @property
    def records(self) -> int:
        """All records that were read."""
        return sum(one.records for one in self.files)

    @property
    def rungs(self) -> dict[Rung, int]:
        """Hits by rung, the surest first."""
        sums: Counter[str] = Counter()
        for one in self.parts:
            for name, many in one.counts.items():
                if name.startswith("rung:"):
                    sums[name[5:]] += many
        return {rung: sums[rung] for rung in SUREST if sums[rung]}

    @property
    def found(self) -> int:
        """How many needles are somewhere in it."""
        return len({one.needle for one in self.places()})

    @property
    def hits(self) -> int:
        """How many are named; ``beyond`` are more."""
        return sum(one.rows for one in self.parts)

    def places(self) -> Iterator[Place]:
        """Every hit, in the order of the files and of their records."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        names = (*TEXTS, *NUMBERS, "near")
        for part in self.parts:
            if not part.rows:
                continue
            path = f"{self.folder.rstrip('/')}/{part.file}"
            try:
                with opened(path) as stream:
                    for batch in pq.ParquetFile(stream).iter_batches(4_096):
                        columns = [batch.column(name).to_pylist() for name in names]
                        for row in zip(*columns, strict=True):
                            yield Place(**dict(zip(names, row, strict=True)))
            except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError) as why:
                raise WithholdError(
                    f"{shown(path)}: hits that were found before cannot be read; they were changed",
                    "take the folder away, and search anew",
                ) from why

    def surest(self, at_most: int) -> list[Place]:
        """The first ones by rung, then as they stand in the files."""
        numbered = enumerate(self.places())
        best = heapq.nsmallest(at_most, numbered, key=lambda one: (SUREST[one[1].rung], one[0]))
        return [place for _, place in best]


def inputs(given: Sequence[str]) -> list[Input]:
    """The files that are meant. Raises NothingToCheck where folders hold none that are read."""
    found = listed(given, ENDINGS)
    if not found:
        raise NothingToCheck(
            "no file in it ends as the files of a corpus do",
            "name the files: withhold prove corpus FILE...",
        )
    return found


def prove_corpus(
    sought: Sought,
    files: Sequence[Input],
    folder: str,
    *,
    mapping: Mapping[str, str],
    engine: engines.Name = "local",
    master: str = "",
    workers: int = 0,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Searched:
    """Looks for the needles in all files; parts are written into ``folder``, and kept there.

    Raises BadInput where no file could be read for want of known columns; MissingExtra.
    """
    job = CorpusJob(
        needles=sought.needles, mapping=dict(mapping), texts=sought.texts, images=sought.images
    )
    parts = _parts(files)
    done = engines.run(job, parts, folder, engine=engine, master=master, workers=workers, told=told)
    of_file = _of_file(parts, done.parts)
    read = tuple(_read(one, of_file[f"{number:06d}"]) for number, one in enumerate(files))
    if all(one.why.get("no-columns") for one in read):
        _say_columns(files[0], mapping)
    crawls, beyond = Counter[str](), Counter[str]()
    for finished in done.parts:
        for name, many in finished.counts.items():
            kind, _, rest = name.partition(":")
            if kind in ("crawl", "beyond"):
                (crawls if kind == "crawl" else beyond)[rest] += many
    return Searched(
        sought=sought,
        files=read,
        folder=folder,
        parts=tuple(done.parts),
        crawls=dict(sorted(crawls.items())),
        beyond=dict(beyond),
        kept=done.kept,
    )


def _parts(files: Sequence[Input]) -> list[Part]:
    """Parts with the number of their file in front; Parquet that is damaged is one, and is told."""
    found = []
    for number, file in enumerate(files):
        try:
            parts = engines.parts_of([file.name])
        except BadInput:
            parts = [Part(id="000000", name=file.name)]
        found += [replace(one, id=f"{number:06d}{one.id[6:]}") for one in parts]
    return found


def _of_file(parts: Sequence[Part], done: Sequence[Done]) -> dict[str, list[Done]]:
    """By the number of their file, what was done of it."""
    found: dict[str, list[Done]] = {}
    for part, one in zip(parts, done, strict=True):
        found.setdefault(part.id[:6], []).append(one)
    return found


def _read(file: Input, parts: Sequence[Done]) -> FileRead:
    """A file's counts, over its parts."""
    sums: Counter[str] = Counter()
    first: dict[str, int] = {}
    for one in parts:
        for name, many in one.counts.items():
            if name.startswith("at:"):
                first[name[3:]] = min(many, first.get(name[3:], many))
            else:
                sums[name] += many
    return FileRead(
        name=shown(file.name),
        records=sums["records"],
        unreadable=sums["unreadable"],
        octets=file.size,
        why={name[4:]: many for name, many in sorted(sums.items()) if name.startswith("why:")},
        first=first,
        ended=bool(sums["ended"]),
    )


def _say_columns(file: Input, mapping: Mapping[str, str]) -> None:
    """Raises what reading the first file raises: it names the columns that are there."""
    with opened(file.name) as stream:
        list[Any](records(stream, shown(file.name), mapping=mapping))
