"""What is done to one file of a corpus, by any engine: its records, past the needles, to hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach.engines import Part, digest_of
from withhold.reach.remote import opened, shown
from withhold.traces.corpus.found import Hit, Needle
from withhold.traces.corpus.ladder import Ladder
from withhold.traces.corpus.records import records
from withhold.traces.corpus.trouble import NOTES, Trouble

TEXTS = ("needle", "rung", "file", "record", "url", "date", "crawl")
NUMBERS = ("offset", "at", "count", "of")
_ROWS = 4_096
_CRAWLS = 20
"""Names of crawls that are kept of a part; a hostile column has a new one in each row."""
_made: dict[str, Ladder] = {}


class CorpusJob(Struct, kw_only=True):
    """The job of ``reach.engines``. Its needles are made ready once in each process."""

    needles: tuple[Needle, ...]
    mapping: dict[str, str]
    texts: bool = True
    images: bool = False
    digest: str = ""
    beside: dict[str, Counter[str]] = {}
    """By part, what gave no row."""

    def __post_init__(self) -> None:
        if not self.digest:
            self.digest = digest_of("corpus/1", self.needles, self.mapping)

    def schema(self) -> Any:
        """One row a hit, as ``found.Hit`` with the file."""
        import pyarrow as pa

        fields = [(name, pa.string()) for name in TEXTS]
        fields += [(name, pa.int64()) for name in NUMBERS]
        return pa.schema([*fields, ("near", pa.float64())])

    def batches(self, part: Part) -> Iterator[Any]:
        """The hits in the order of the records. What cannot be read is counted, never raised."""
        import pyarrow as pa

        counted: Counter[str] = Counter()
        self.beside[part.id] = counted
        rows: list[dict[str, Any]] = []
        for hit in self._hits(part, counted):
            row = {name: getattr(hit, name) for name in Hit.__struct_fields__}
            rows.append(row | {"file": shown(part.name)})
            if len(rows) == _ROWS:
                yield pa.RecordBatch.from_pylist(rows, schema=self.schema())
                rows = []
        if rows:
            yield pa.RecordBatch.from_pylist(rows, schema=self.schema())

    def counts(self, batch: Any) -> Mapping[str, int]:
        """Nothing: hits that are only counted count, too (``also``)."""
        del batch
        return {}

    def also(self, part: Part) -> Mapping[str, int]:
        """``records``, ``rung:span``, ``unreadable``, ``why:cut``, where the first was ..."""
        return self.beside.pop(part.id, Counter())

    def _hits(self, part: Part, counted: Counter[str]) -> Iterator[Hit]:
        ladder = self._ladder()
        ladder.anew()
        try:
            stream = opened(part.name)
        except BadInput:
            _count(counted, Trouble(why="not-opened", whole=True))
            return
        with stream:
            found = records(
                stream,
                shown(part.name),
                mapping=self.mapping,
                texts=self.texts,
                images=self.images,
                first=part.first,
                last=part.last,
            )
            try:
                for one in found:
                    if isinstance(one, Trouble):
                        _count(counted, one)
                        continue
                    counted["records"] += 1
                    _crawl(counted, one.crawl)
                    yield from ladder.hits(one)
            except BadInput:
                _count(counted, Trouble(why="no-columns", whole=True))
            except OSError:  # the disk or the network, in the midst of it
                _count(counted, Trouble(why="not-opened", whole=True))
        counted.update({f"rung:{rung}": many for rung, many in ladder.found.items()})
        counted.update({f"beyond:{name}": many for name, many in ladder.beyond.items()})

    def _ladder(self) -> Ladder:
        if self.digest not in _made:
            _made.clear()
            _made[self.digest] = Ladder(self.needles)
        return _made[self.digest]


def _count(counted: Counter[str], trouble: Trouble) -> None:
    """By reason, with the first place of each."""
    counted.setdefault(f"at:{trouble.why}", trouble.offset)
    counted[f"why:{trouble.why}"] += 1
    if trouble.why not in NOTES:
        counted["unreadable"] += 1
    if trouble.whole:
        counted["ended"] = 1


def _crawl(counted: Counter[str], crawl: str) -> None:
    name = f"crawl:{crawl}"
    if not crawl:
        return
    if name not in counted:
        if counted["crawls"] == _CRAWLS:
            return
        counted["crawls"] += 1
    counted[name] += 1
