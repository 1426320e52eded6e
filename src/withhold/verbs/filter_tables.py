"""The tables beside a data set: what the hashes of robots.txt stand for, and the files of now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from withhold.errors import BadInput
from withhold.reach.remote import listed, opened, shown
from withhold.signals import patterns
from withhold.traces.deciding import cells, columns, rows, tables
from withhold.traces.deciding.record import Now

_BODIES = ("hash", "body")
_CURRENT = ("host", "body")


def bodies_of(names: Sequence[str]) -> dict[str, bytes]:
    """Bodies by their hash, from tables with ``hash`` and ``body``; null bodies are none.

    All of it is held in memory. BadInput where a column is missing.
    """
    found: dict[str, bytes] = {}
    for batch in _batches(names, _BODIES):
        bodies = rows.octets(batch.column("body"), "body").to_pylist()
        for digest, body in zip(rows.cells(batch.column("hash")), bodies, strict=True):
            name = cells.hash_of(digest)
            if name and body is not None:
                found[name] = body
    return found


def current_of(names: Sequence[str]) -> dict[str, Now]:
    """The robots.txt of now by host, from tables with ``host``, ``body`` and maybe ``fetched_at``.

    Of several of a host the one that was fetched last counts; null bodies are none. All of it is
    held in memory. BadInput where a column is missing.
    """
    found: dict[str, Now] = {}
    for batch in _batches(names, _CURRENT):
        bodies = rows.octets(batch.column("body"), "body").to_pylist()
        hosts = rows.texts(batch.column("host"), "host")
        dated = "fetched_at" in batch.schema.names
        times = rows.cells(batch.column("fetched_at")) if dated else [None] * len(bodies)
        for host, body, time in zip(hosts, bodies, times, strict=True):
            if not host or body is None:
                continue
            name, now = patterns.host(host.strip()), Now(body, cells.time_of(time))
            before = found.get(name)
            if (
                before is None
                or not before.fetched
                or not now.fetched
                or (now.fetched >= before.fetched)
            ):
                found[name] = now
    return found


def usable(robots_table: Sequence[str], also_current: Sequence[str]) -> bool:
    """Whether the files of now say when they were fetched, so that it is compared with the records.

    Raises BadInput where a table is not there or has no such columns: before work is begun.
    """
    dated = False
    for names, wanted in ((robots_table, _BODIES), (also_current, _CURRENT)):
        for one in listed(names, tables.ALL_ENDINGS):
            there = _schema(one.name, wanted).names
            dated |= wanted is _CURRENT and "fetched_at" in there
    return dated


def _schema(name: str, wanted: tuple[str, ...]) -> Any:
    with opened(name) as stream:
        schema = tables.schema(stream, shown(name))
    missing = [column for column in wanted if column not in schema.names]
    if missing:
        there = f"there are: {columns.shown(schema.names)}"
        raise BadInput(f"{shown(name)}: no column {', '.join(missing)}", there)
    return schema


def _batches(names: Sequence[str], wanted: tuple[str, ...]) -> Iterator[Any]:
    for one in listed(names, tables.ALL_ENDINGS):
        name, schema = shown(one.name), _schema(one.name, wanted)
        unread: list[int] = []
        with opened(one.name) as stream:
            yield from tables.batches(stream, name, schema, partial(unread.append, 1))
        if unread:
            raise BadInput(
                f"{name}: {len(unread)} rows cannot be read", "a no may stand there: mend it first"
            )
