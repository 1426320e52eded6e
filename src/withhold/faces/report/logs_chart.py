"""Requests by crawler and day: a strip of bars per crawler, what came after a no filled.

The other part of a bar is an outline, so colour carries nothing alone. Every strip has a scale of
its own and says its highest bar in words. Many days share a bar. Classes for the page's
stylesheet: ``timeline-`` and ``other after base token most note``. A table belongs beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from withhold.faces.report.drawn import Kind, Marks, drawn
from withhold.faces.report.inline_svg import inline
from withhold.faces.report.logs_telling import Told
from withhold.traces.logs.seen import CrawlerSeen

WIDTH = 320
ROWS = 8
"""Crawlers in the picture."""
BARS = 60
"""Bars side by side at most: each stays four units wide."""
_HIGH, _LINE, _GAP, _LEFT, _RIGHT = 34, 16, 12, 2, 318
_DAY = 75
"""How wide a date is, with room behind it."""
LOOKS: dict[str, dict[str, str]] = {
    "base": {"stroke": "currentColor", "stroke-opacity": "0.5"},
    "other": {"fill": "none", "stroke": "#1f75b8", "stroke-width": "1"},
    "after": {"fill": "#b4500f", "stroke": "#b4500f", "stroke-width": "1"},
    "token": {"font-weight": "700"},
    "most": {"font-size": "11"},
    "note": {"font-size": "11"},
    "last": {"font-size": "11"},
}
_KINDS: dict[str, Kind] = {
    "base": "line",
    "other": "bar",
    "after": "bar",
    "most": "words-left",
    "last": "words-left",
}


class Bar(Struct, frozen=True, kw_only=True):
    """Some days of one crawler, taken together: from ``start`` up to, and without, ``end``."""

    start: date
    end: date
    requests: int
    in_spite: int


def wide(crawlers: Sequence[CrawlerSeen]) -> int:
    """Days that one bar stands for: 1, or whole weeks, as few as let all bars fit."""
    days = [one.day for each in crawlers for one in each.days]
    if not days:
        return 1
    many = (max(days) - min(days)).days + 1
    return 1 if many <= BARS else 7 * -(-many // (7 * BARS))


def bars(one: CrawlerSeen, first: date, every: int) -> list[Bar]:
    """The days of a crawler by bars of so many days, counted from a first one; none is empty."""
    found: dict[int, list[int]] = {}
    for count in one.days:
        at = (count.day - first).days // every
        sums = found.setdefault(at, [0, 0])
        sums[0] += count.requests
        sums[1] += count.in_spite
    return [
        Bar(
            start=first + timedelta(days=at * every),
            end=first + timedelta(days=(at + 1) * every),
            requests=requests,
            in_spite=in_spite,
        )
        for at, (requests, in_spite) in sorted(found.items())
    ]


def chart(told: Told) -> str:
    """The picture as SVG, of the first crawlers; empty without a day. Raises MissingExtra."""
    crawlers = [one for one in told.crawlers if one.days][:ROWS]
    if not crawlers:
        return ""
    first = min(one.day for each in crawlers for one in each.days)
    last = max(one.day for each in crawlers for one in each.days)
    every = wide(crawlers)
    count = (last - first).days // every + 1
    marks: Marks = {layer: [] for layer in LOOKS}
    y: float = 0
    for one in crawlers:
        y = _strip(marks, one, bars(one, first, every), first, every, count, y, told)
    marks["note"].append({"x": _LEFT, "y": y, "text": first.isoformat()})
    if last != first:
        at = max(_LEFT + count * _unit(count), 2 * _DAY)
        marks["last"].append({"x": at, "y": y, "text": last.isoformat()})
    y += _LINE
    height = round(_key(marks, y, told))
    picture = drawn(marks, _KINDS, WIDTH, height)
    return inline(picture, told.words["chart_about"], LOOKS, WIDTH, height)


def _strip(
    marks: Marks,
    one: CrawlerSeen,
    found: Sequence[Bar],
    first: date,
    every: int,
    count: int,
    y: float,
    told: Told,
) -> float:
    """One crawler: its name and highest bar, the bars below; where the next begins."""
    most = max(each.requests for each in found)
    key = "chart_most" if every == 1 else "chart_most_days"
    said = told.words[key].format(n=told.n(most), days=every)
    marks["token"].append({"x": _LEFT, "y": y + _LINE / 2, "text": one.token})
    marks["most"].append({"x": _RIGHT, "y": y + _LINE / 2, "text": said})
    base = y + _LINE + _HIGH
    unit = _unit(count)
    for bar in found:
        x = _LEFT + unit * ((bar.start - first).days // every)
        for layer, lower, upper in _parts(bar):
            top, foot = base - _HIGH * upper / most, base - _HIGH * lower / most
            top = min(top, foot - 1)  # one request among a million is still there
            marks[layer].append({"x": x + 0.5, "y": top, "x2": x + unit - 0.5, "y2": foot})
    marks["base"].append({"x": _LEFT, "y": base, "x2": _RIGHT, "y2": base})
    return base + _GAP


def _unit(count: int) -> float:
    """How wide a bar is, with the gap behind it."""
    return (_RIGHT - _LEFT) / max(count, 6)


def _parts(bar: Bar) -> Iterator[tuple[str, int, int]]:
    if bar.in_spite:
        yield "after", 0, bar.in_spite
    if bar.requests > bar.in_spite:
        yield "other", bar.in_spite, bar.requests


def _key(marks: Marks, y: float, told: Told) -> float:
    for layer in ("after", "other"):
        if marks[layer]:
            marks[layer].append({"x": _LEFT + 0.5, "y": y + 3, "x2": _LEFT + 11, "y2": y + 13})
            said = told.words[f"chart_{layer}"]
            marks["note"].append({"x": _LEFT + 17, "y": y + _LINE / 2, "text": said})
            y += _LINE
    return y
