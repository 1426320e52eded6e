"""``decide`` made ready: tokens compiled once, each robots.txt read once, the last ones kept."""

from __future__ import annotations

import gc
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from withhold.signals import robots
from withhold.signals.robots import Robots
from withhold.traces.deciding import cells, columns, rows
from withhold.traces.deciding.answers import Answer
from withhold.traces.deciding.heard import Heard
from withhold.traces.deciding.record import Now, Record, answered

_HELD = 1024 * 1024
"""Octets of robots.txt that are kept as read, from batch to batch: many small objects each, which
the collector walks over again and again."""
_FEW = 64
"""Rows; of a larger batch no robots.txt is kept that only one of them has."""
_NO_FILE = b""
"""What a site without the file says: nothing (RFC 9309, 2.3.1.3)."""


class Decider:
    """A question, asked of batch after batch.

    ``bodies``: what the hashes of ``robots_hash`` stand for, in lower case. ``current``: the
    robots.txt of now, by host in lower case.
    """

    def __init__(
        self,
        heard: Heard,
        named: Mapping[str, str] | None = None,
        bodies: Mapping[str, bytes] | None = None,
        current: Mapping[str, Now] | None = None,
    ) -> None:
        self.heard = heard
        self.named = columns.known(named or {})
        self.bodies = bodies
        self.current = current or {}
        self._now_dated = any(one.fetched for one in self.current.values())
        self._read: OrderedDict[bytes, Robots] = OrderedDict()
        self._held = 0

    def decide(self, batch: Any) -> Any:
        """The batch with the four columns of ``columns.OURS`` behind its own; see ``decide``."""
        pa = rows.arrow()
        names = batch.schema.names
        batch = batch.select([at for at, name in enumerate(names) if name not in columns.OURS])
        names = batch.schema.names
        taken = columns.found(names, self.named, table=self.bodies is not None, dated=self._dated)
        with _uncollected():
            answers, policies = self._answers(batch, taken)
        keep = self.heard.asking.unknown == "keep"
        added = (
            ("keep", pa.bool_(), [self._keeps(one, keep) for one in answers]),
            ("answer", pa.string(), [one.answer for one in answers]),
            ("reason", pa.string(), [one.reason for one in answers]),
            ("policy", pa.string(), policies),
        )
        schema = added_to(batch.schema)
        made = [pa.array(values, kind) for _, kind, values in added]
        return pa.RecordBatch.from_arrays([*batch.columns, *made], schema=schema)

    @staticmethod
    def _keeps(one: Answer, keep: bool) -> bool:
        return one.answer == "allowed" or (keep and one.answer == "unknown")

    def _answers(self, batch: Any, taken: dict[str, str]) -> tuple[list[Answer], list[str | None]]:
        """Each row's answer and the SHA-256 of the robots.txt it rests on."""
        told, which, missing = self._bodies(batch, taken)
        records = self._records(batch, taken)
        answers: list[Any] = [None] * batch.num_rows
        policies: list[str | None] = [None] * batch.num_rows
        plain = not ({"headers", "html"} & taken.keys() or self._dated or self.current)
        before: int | None = -1
        read: Robots | None = None
        digest: str | None = None
        known: dict[str | None, Answer] = {}  # answers of this body, where the path alone decides
        often = Counter(which) if batch.num_rows > _FEW else None
        for row in rows.by_body(which):
            body = which[row]
            if body != before:
                before, known = body, {}
                stays = often is None or often[body] > 1
                read = None if body is None else self._robots(told[body], stays)
                digest = None if body is None else sha256(told[body]).hexdigest()
            record, why = records[row], missing.get(row, "")
            if plain and not why and read is not None and record.path in known:
                answers[row], policies[row] = known[record.path], digest
                continue
            record.robots, record.why = read, why or "no-robots"
            if why:
                record.robots = self._robots(_NO_FILE) if why == "none" else None
            else:
                policies[row] = digest
            now = self.current.get(record.host)
            answers[row] = answered(record, self.heard, now, self._robots)
            record.robots = None  # or all files of a batch would be held
            if not why:
                known[record.path] = answers[row]
        return answers, policies

    @property
    def _dated(self) -> bool:
        """Whether it matters when a record was crawled."""
        return bool(self.heard.asking.when) or self._now_dated

    def _bodies(
        self, batch: Any, taken: dict[str, str]
    ) -> tuple[list[bytes], list[int | None], dict[int, str]]:
        """The different bodies; which each row has; why a row has none, where that is known."""
        which: list[int | None]
        missing: dict[int, str] = {}
        if "robots" in taken:
            told, which = rows.distinct(batch.column(taken["robots"]), taken["robots"])
        else:
            told, which = [], [None] * batch.num_rows
        if "robots_hash" in taken and self.bodies is not None:
            place: dict[str, int] = {}
            for row, cell in enumerate(rows.cells(batch.column(taken["robots_hash"]))):
                digest = cells.hash_of(cell)
                if which[row] is not None or not digest:
                    continue
                body = self.bodies.get(digest)
                if body is None:
                    missing[row] = "not-in-table"
                    continue
                if digest not in place:
                    place[digest] = len(told)
                    told.append(body)
                which[row] = place[digest]
        if "robots_status" in taken:
            for row, status in enumerate(rows.statuses(batch.column(taken["robots_status"]))):
                if status is not None and not 200 <= status <= 299:
                    gone = 400 <= status <= 499 and status != 429
                    missing[row] = "none" if gone else "robots-unreachable"
        return told, which, missing

    def _records(self, batch: Any, taken: dict[str, str]) -> list[Record]:
        """The rows without their robots.txt."""
        found = [
            Record(host=one[0], path=one[1]) if one else Record()
            for one in rows.paths(batch, taken)
        ]
        if "headers" in taken:
            given = rows.readable(batch.column(taken["headers"]), cells.pairs_of, None)
            for record, pairs in zip(found, given, strict=True):
                record.headers = pairs
        if "html" in taken:
            pages = rows.octets(batch.column(taken["html"]), taken["html"]).to_pylist()
            for record, page in zip(found, pages, strict=True):
                record.html = page
        if self._dated:
            times = rows.cells(batch.column(taken["crawl_time"]))
            for record, time in zip(found, times, strict=True):
                record.crawled = cells.time_of(time)
        return found

    def _robots(self, body: bytes, stays: bool = True) -> Robots:
        """A file as read; the last ones are known still, if they may stay."""
        found = self._read.pop(body, None)  # and put in again, as the newest
        if found is None:
            found = robots.read(body)
            if not stays:
                return found
            self._held += len(body)
        self._read[body] = found
        while self._held > _HELD and len(self._read) > 1:
            gone, _ = self._read.popitem(last=False)
            self._held -= len(gone)
        return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, which takes half of the time here and finds none: what a
    file is read into holds no cycle, and goes when the last row of it is answered."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def added_to(schema: Any) -> Any:
    """A schema with the four columns behind its own; those of an earlier run are left out."""
    pa = rows.arrow()
    own = [field for field in schema if field.name not in columns.OURS]
    types = (pa.bool_(), pa.string(), pa.string(), pa.string())
    return pa.schema([*own, *map(pa.field, columns.OURS, types)], metadata=schema.metadata)
