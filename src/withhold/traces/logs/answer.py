"""From counts to the answer of ``prove logs``.

What came from an address that is not the company's counts in ``requests``, ``spoofed`` and
``spoofed_in_spite``, in the requests of ``days`` and in ``first`` and ``last``, nowhere else.
``served`` and ``refused_by_server`` are of what is ``in_spite``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from ipaddress import ip_address
from typing import Any

from withhold.site_facts import Crawler
from withhold.traces.logs.in_force import InForce
from withhold.traces.logs.judging import Asked, address_of
from withhold.traces.logs.naming import Names
from withhold.traces.logs.seen import CrawlerSeen, DayCount, Example, LogSeen
from withhold.traces.logs.tally import Cell, Sample, Tally, of_kind
from withhold.traces.logs.whose import Whose

_REFUSED = (401, 403, 404, 410, 429, 451)
_PATH_AT_MOST = 2000
_STANDINGS = {
    "allowed": "allowed",
    "in-spite": "in_spite",
    "before-no": "before_no",
    "unjudged": "unjudged",
}


def answer(
    tally: Tally,
    crawlers: Mapping[str, Crawler],
    names: Names,
    robots: InForce | None,
    whose: Whose,
    *,
    grace_hours: int,
    whole_addresses: bool,
) -> LogSeen:
    """The counts of all parts as the answer; crawlers by their tokens."""
    cells: dict[int, dict[Cell, list[int]]] = {}
    for key, cell in tally.cells.items():
        cells.setdefault(key[0], {})[key] = cell
    before = tally.lines_before()
    seen = []
    for place in sorted(cells):
        token = names.tokens[place]
        one = crawlers[token]
        first, last = tally.spans[place]
        samples = [_example(sample, before, whole_addresses) for sample in tally.least(place)]
        seen.append(
            CrawlerSeen(
                token=token,
                actor=one.operator,
                purpose=one.purpose,
                token_kind=one.token_kind,
                first=_at(first),
                last=_at(last),
                ranges_seen=whose.seen_on(token),
                examples=tuple(samples),
                whole_site=robots is not None and robots.whole_site(token),
                days=_days(cells[place]),
                **_sums(cells[place]),
            )
        )
    lasts = [span[1] for span in tally.spans.values()]
    return LogSeen(
        lines=tally.lines,
        unreadable=tally.why.total(),
        other=tally.other,
        outside=tally.outside,
        crawlers=tuple(seen),
        first=None if tally.first is None else _at(tally.first),
        last=None if tally.last is None else _at(max([tally.last, *lasts])),
        impossible={names.tokens[place]: n for place, n in sorted(tally.impossible.items())},
        unreadable_why=dict(sorted(tally.why.items())),
        out_of_order=tally.out_of_order + tally.between(),
        formats=dict(sorted(tally.formats.items())),
        robots=robots.used() if robots else (),
        grace_hours=grace_hours,
        broken=dict(sorted(tally.broken.items())),
    )


def shortened(client: bytes) -> str:
    """An IPv4 address without its last number, an IPv6 address by its first 48 bits; empty for
    what is no address, such as a host's name."""
    try:
        address = ip_address(address_of(client).partition("%")[0])
    except ValueError:
        return ""
    if address.version == 4:
        return str(address).rpartition(".")[0] + ".x"
    return ":".join(address.exploded.split(":")[:3]) + "::x"


def _sums(cells: Mapping[Cell, list[int]]) -> dict[str, Any]:
    names = (
        *("requests", "verified", "spoofed", "unverified", *_STANDINGS.values()),
        *("robots_fetches", "in_grace", "served", "refused_by_server", "spoofed_in_spite"),
        *("in_spite_verified", "bytes_sent"),
    )
    sums = dict.fromkeys(names, 0)
    for (_, number, claim, code, _), (requests, sent) in cells.items():
        standing, in_grace, fetch = of_kind(number)
        sums["requests"] += requests
        sums[claim] += requests
        in_spite, status = standing == "in-spite", int(code)
        if claim == "spoofed":
            sums["spoofed_in_spite"] += requests * in_spite
            continue
        sums[_STANDINGS[standing]] += requests
        sums["robots_fetches"] += requests * fetch
        sums["in_grace"] += requests * (in_grace and standing == "before-no")
        sums["bytes_sent"] += sent
        sums["served"] += requests * (in_spite and 200 <= status < 300)  # 000: no answer was sent
        sums["refused_by_server"] += requests * (in_spite and status in _REFUSED)
        sums["in_spite_verified"] += requests * (in_spite and claim == "verified")
    return sums


def _days(cells: Mapping[Cell, list[int]]) -> tuple[DayCount, ...]:
    days: dict[int, list[int]] = {}
    for (_, number, claim, _, day), (requests, _) in cells.items():
        standing, _, fetch = of_kind(number)
        counts = days.setdefault(day, [0, 0, 0])
        counts[0] += requests
        if claim != "spoofed":
            counts[1] += requests * (standing == "in-spite")
            counts[2] += requests * fetch
    start = date(1970, 1, 1)
    return tuple(
        DayCount(
            day=start + timedelta(days=day),
            requests=all_,
            in_spite=in_spite,
            robots_fetches=fetches,
        )
        for day, (all_, in_spite, fetches) in sorted(days.items())
    )


def _example(sample: Sample, before: Mapping[tuple[str, int], int], whole: bool) -> Example:
    _, seconds, file, part, line, (asked, status, claim, client) = sample
    assert isinstance(asked, Asked)  # noqa: S101 - we put it there
    return Example(
        file=file,
        line=before[file, part] + line,
        at=_at(seconds),
        path=asked.path[:_PATH_AT_MOST],
        status=status,
        claim=claim,
        standing=asked.judged.standing,
        address=address_of(client) if whole else shortened(client),
        rule=asked.judged.line,
        rule_text=asked.judged.text,
        robots=asked.judged.name,
    )


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
