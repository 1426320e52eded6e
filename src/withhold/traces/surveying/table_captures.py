"""Captures from a table (Arrow batches): which columns say what, by usual names or by ``--map``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from withhold.errors import BadInput
from withhold.traces.deciding.cells import time_of
from withhold.traces.deciding.rows import octets, readable, statuses, texts
from withhold.traces.surveying.capture import Capture, Left
from withhold.traces.surveying.hosts import host_name, host_of

USUAL: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "robots_url", "warc_target_uri", "target_uri"),
    "host": ("host", "url_host_name", "hostname", "domain", "site"),
    "fetched": ("fetched", "fetch_time", "crawl_time", "warc_date", "date", "timestamp"),
    "status": ("status", "fetch_status", "robots_status", "http_status"),
    "body": ("body", "robots", "robots_txt", "content", "text"),
    "crawl": ("crawl", "crawl_id", "dump", "snapshot"),
}


def mapping_said(said: str) -> dict[str, str]:
    """``host=domain,body=robots_txt`` as a table; raises BadInput."""
    found: dict[str, str] = {}
    for pair in filter(None, said.split(",")):
        role, sign, name = (piece.strip() for piece in pair.partition("="))
        if not sign or not name or role not in USUAL:
            raise BadInput(
                f"--map {pair.strip()}: written as ROLE=COLUMN, of {', '.join(USUAL)}",
                "--map host=domain,body=robots_txt",
            )
        found[role] = name
    return found


def columns(there: Sequence[str], mapping: Mapping[str, str], where: str) -> dict[str, str]:
    """Role -> column, of those that are there. BadInput without a host (or url) and a body."""
    lower = {one.lower(): one for one in reversed(there)}
    names = ", ".join(f"{one!s:.60}" for one in there[:40]) or "none"
    taken: dict[str, str] = {}
    for role, usual in USUAL.items():
        wanted = (mapping[role],) if role in mapping else usual
        name = next((lower[one.lower()] for one in wanted if one.lower() in lower), None)
        if name is not None:
            taken[role] = name
        elif role in mapping:
            raise BadInput(f"{where}: no column {mapping[role]}; there are: {names}", "--map")
    if "body" not in taken or not {"url", "host"} & taken.keys():
        raise BadInput(
            f"{where}: a column with the host (or url) and one with the robots.txt are needed;"
            f" there are: {names}",
            "say which: --map host=COLUMN,body=COLUMN",
        )
    return taken


def table_captures(batch: Any, taken: Mapping[str, str], crawl: str) -> Iterator[Capture | Left]:
    """One for each row, in their order.

    Without a status a body is what came with 200, and none is not known. ``crawl`` is taken where
    no column says it.
    """
    bodies = octets(batch.column(taken["body"]), taken["body"]).to_pylist()
    rows = len(bodies)
    urls = _texts(batch, taken, "url", rows)
    hosts = _texts(batch, taken, "host", rows)
    crawls = _texts(batch, taken, "crawl", rows)
    fetched = [""] * rows
    if "fetched" in taken:
        fetched = readable(batch.column(taken["fetched"]), moment, "")
    status: Sequence[int | None] = [200] * rows
    if "status" in taken:
        status = statuses(batch.column(taken["status"]))
    for row in range(rows):
        url = urls[row]
        host = host_name(hosts[row] or "") if url is None else host_of(url)
        if not host:
            yield Left("no_host" if url is None else "other_records")
            continue
        yield Capture(host, crawls[row] or crawl, fetched[row] or "", status[row] or 0, bodies[row])


def _texts(batch: Any, taken: Mapping[str, str], role: str, rows: int) -> Sequence[str | None]:
    return texts(batch.column(taken[role]), taken[role]) if role in taken else [None] * rows


def moment(cell: Any) -> str:
    """``2026-11-26T19:00:00Z`` of a timestamp, of ISO 8601, or of 14 digits; else empty."""
    found = time_of(cell)
    return f"{found.replace(microsecond=0, tzinfo=None).isoformat()}Z" if found else ""
