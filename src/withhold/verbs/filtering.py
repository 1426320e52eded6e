"""The consent filter over a whole data set: which rows are kept, why the others are not, and proof.

Rows go through ``decide`` in parts, on whatever engine; the kept ones are written with their
reasons, the others counted per reason and, where asked, written to a folder of their own by a
second pass. What the run rests on stands in its manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach import engines
from withhold.reach.engines import Finished, Part
from withhold.reach.remote import listed, opened, shown, stamps
from withhold.traces.deciding import columns, tables
from withhold.traces.deciding.asking import Asking
from withhold.traces.deciding.decide import knowledge
from withhold.traces.deciding.decider import Decider, added_to
from withhold.traces.deciding.heard import Heard
from withhold.verbs.filter_tables import bodies_of, current_of, usable

Side = Literal["kept", "dropped"]
UNREADABLE = "unreadable"
_WHY = "why:"


class Filter(Struct, frozen=True, kw_only=True):
    """What a run is asked to do. ``columns`` are pairs of our names and the table's."""

    asking: Asking
    columns: tuple[tuple[str, str], ...] = ()
    robots_table: tuple[str, ...] = ()
    also_current: tuple[str, ...] = ()


class FilterJob:
    """The work on one part; sent to other processes and machines with the question alone."""

    def __init__(self, filter_: Filter, name: str, side: Side = "kept", known: str = "") -> None:
        """``name`` is the first input, whose columns all have; ``known`` the knowledge's digest."""
        with opened(name) as stream:
            self.given = tables.schema(stream, shown(name))
        dated = usable(filter_.robots_table, filter_.also_current)
        columns.found(
            [one for one in self.given.names if one not in columns.OURS],
            dict(filter_.columns),
            table=bool(filter_.robots_table),
            dated=dated or filter_.asking.when is not None,
        )
        self.filter = filter_
        self.side = side
        beside = (*filter_.robots_table, *filter_.also_current)
        self.digest = engines.digest_of(filter_, side, known, stamps(beside))
        self._counts: dict[str, int] = {}

    def schema(self) -> Any:
        """That of the first input, and the four columns of the answer."""
        return added_to(self.given)

    def batches(self, part: Part) -> Iterator[Any]:
        """The rows of this side."""
        decider = _decider(self.filter)
        counts: Counter[str] = Counter()

        def missed() -> None:
            counts[UNREADABLE] += 1

        with opened(part.name) as stream:
            for batch in tables.batches(
                stream, shown(part.name), self.given, missed, part.first, part.last
            ):
                decided = decider.decide(batch)
                counts.update(_counted(decided))
                yield decided.filter(_mask(decided, self.side))
        self._counts = dict(counts)

    def counts(self, _batch: Any) -> Mapping[str, int]:
        """All is counted before rows are left out; see ``also``."""
        return {}

    def also(self, _part: Part) -> Mapping[str, int]:
        """Rows, kept ones, those of each answer and reason, and what could not be read."""
        return self._counts


@lru_cache(maxsize=2)
def _decider(filter_: Filter) -> Decider:
    """Made once in each process: the tables of bodies may be large."""
    return Decider(
        Heard(filter_.asking, knowledge()),
        dict(filter_.columns),
        bodies_of(filter_.robots_table) if filter_.robots_table else None,
        current_of(filter_.also_current) if filter_.also_current else None,
    )


def _mask(decided: Any, side: Side) -> Any:
    import pyarrow.compute as pc

    keep = decided.column(columns.OURS[0])
    return keep if side == "kept" else pc.invert(keep)


def _counted(decided: Any) -> Counter[str]:
    """How many rows there are, and of each side, answer and reason."""
    keep, answers, reasons = (decided.column(name) for name in columns.OURS[:3])
    counts = Counter({"rows": decided.num_rows, "kept": keep.true_count})
    counts["dropped"] = decided.num_rows - keep.true_count
    counts.update(_values(answers))
    for reason, many in _values(reasons).items():
        counts[_WHY + without_line(reason)] += many
    return counts


def _values(column: Any) -> dict[str, int]:
    return {one["values"]: one["counts"] for one in column.value_counts().to_pylist()}


def without_line(reason: str) -> str:
    """A reason as it is counted: ``no:GPTBot:robots:12`` as ``no:GPTBot:robots``."""
    start, _, end = reason.rpartition(":")
    return start if end.isdigit() else reason


def reasons(counts: Mapping[str, int]) -> dict[str, int]:
    """How many rows had which reason, the most frequent first."""
    found = [(name[len(_WHY) :], many) for name, many in counts.items() if name.startswith(_WHY)]
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))


def inputs_of(given: tuple[str, ...]) -> tuple[str, ...]:
    """The files that are meant, sorted; BadInput where there is none."""
    found = tuple(one.name for one in listed(given, tables.ALL_ENDINGS))
    if not found:
        raise BadInput(
            "no table in it", "Parquet, JSON lines (.jsonl, also .gz and .zst) or CSV files"
        )
    for name in found:
        tables.form(shown(name))
    return _nameable(found)


def timed(filter_: Filter, name: str) -> bool:
    """Whether the records of an input say when they were crawled."""
    with opened(name) as stream:
        there = tables.schema(stream, shown(name)).names
    return dict(filter_.columns).get("crawl_time", "crawl_time") in there


def tables_of(given: tuple[str, ...]) -> tuple[str, ...]:
    """The files of the tables beside a data set, sorted: what they hold decides, file by file."""
    return _nameable(tuple(one.name for one in listed(given, tables.ALL_ENDINGS)))


def _nameable(names: tuple[str, ...]) -> tuple[str, ...]:
    """The same, if a manifest can name them, by which a later run finds them again."""
    for name in names:
        if "\udc80" <= max(name) <= "\udcff":  # octets of a name on the disk that are no UTF-8
            raise BadInput(f"{shown(name)}: the file's name is no UTF-8", "give it another name")
    return names


def run(
    filter_: Filter,
    inputs: tuple[str, ...],
    out: str,
    *,
    side: Side = "kept",
    known: str = "",
    engine: engines.Name = "local",
    master: str = "",
    workers: int = 0,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Finished:
    """One side of the data set into a folder; goes on where an earlier run was stopped."""
    job = FilterJob(filter_, inputs[0], side, known)
    return engines.run(
        job,
        engines.parts_of(inputs),
        out,
        engine=engine,
        master=master,
        workers=workers,
        told=told,
    )
