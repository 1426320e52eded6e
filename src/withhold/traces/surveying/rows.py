"""Captures as rows of Arrow: one for each, and with the first of a policy what the policy says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from withhold.traces.deciding.rows import arrow
from withhold.traces.surveying.capture import Capture, Left, Note, state_of
from withhold.traces.surveying.hosts import surt
from withhold.traces.surveying.known import Known

ROWS = 8_192


def schema() -> Any:
    """Of the captures, as the parts hold them; ``says`` is null where the policy came before."""
    pa = arrow()
    says = pa.struct(
        [
            ("token", pa.string()),
            ("answer", pa.string()),
            ("statement", pa.int32()),
            ("rule", pa.string()),
            ("why", pa.string()),
            ("own_group", pa.bool_()),
        ]
    )
    return pa.schema(
        [
            ("surt_host_name", pa.string()),
            ("host", pa.string()),
            ("crawl", pa.string()),
            ("fetched", pa.string()),
            ("status", pa.int16()),
            ("state", pa.string()),
            ("policy_hash", pa.string()),
            ("notes", pa.string()),
            ("says", pa.list_(says)),
        ]
    )


class Surveyed:
    """Makes the rows of one part; ``left`` counts by why what gave none."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._told: set[str] = set()
        self.left: Counter[str] = Counter()

    def batches(self, captures: Iterable[Capture | Left]) -> Iterator[Any]:
        """Record batches of ``schema``, in the order of the captures."""
        pa, kind = arrow(), schema()
        rows: list[tuple[Any, ...]] = []
        for one in captures:
            if isinstance(one, Left):
                self.left[one.why] += 1
                continue
            rows.append(self._row(one))
            if len(rows) == ROWS:
                yield _batch(pa, kind, rows)
                rows = []
        if rows:
            yield _batch(pa, kind, rows)

    def _row(self, one: Capture) -> tuple[Any, ...]:
        state, notes, digest, says = str(state_of(one.status)), list[Note](), "", None
        if state == "read" and one.body is None:
            state = "not-read"
        elif state == "read" and one.body is not None:
            found = self._known.policy(one.body)
            if found.web_page:
                state = "web-page"
            else:
                digest = found.hash
                if digest not in self._told:
                    self._told.add(digest)
                    says = self._known.says(found)
            if found.signals:
                notes.append("content-signal")
            if found.cut:
                notes.append("limit-500-kib")
            if one.truncated:
                notes.append("truncated")
        status = one.status if 0 <= one.status <= 999 else 0
        key = surt(one.host)
        return key, one.host, one.crawl, one.fetched, status, state, digest, " ".join(notes), says


def _batch(pa: Any, kind: Any, rows: list[tuple[Any, ...]]) -> Any:
    *plain, says = zip(*rows, strict=True)
    columns = [pa.array(one, kind.field(at).type) for at, one in enumerate(plain)]
    told = kind.field("says").type.value_type
    flat = list(zip(*[it for one in says if one for it in one], strict=True)) or [()] * len(told)
    values = pa.StructArray.from_arrays(
        [pa.array(one, field.type) for one, field in zip(flat, told, strict=True)],
        fields=list(told),
    )
    begins = list(accumulate([len(one or ()) for one in says], initial=0))
    marks = [at if one else None for at, one in zip(begins[:-1], says, strict=True)]
    lists = pa.ListArray.from_arrays(pa.array([*marks, begins[-1]], pa.int32()), values)
    return pa.record_batch([*columns, lists.cast(kind.field("says").type)], schema=kind)
