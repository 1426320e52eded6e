"""The history of a platform as a picture: one bar per practice, read from top to bottom.

A portrait picture of base width 320 that stays readable on a phone and may grow to twice that
(``.timeline { max-width: 32rem }``). Kinds differ by more than colour: *may* is solid, *no* an
outline, *condition* dashed and tinted, *silent* dotted, a control a thin bar; the word stands in
the bar or beside it. Three strokes before a bar: its first day is not known, a source first shows
it then. A diamond: announced. A triangle: still so on the day of the question.

Classes for the page's stylesheet, each on a ``<g>``: ``timeline-`` followed by ``may no condition
silent control`` (bars), ``begin still announced waiting`` (marks), ``year years`` (grid and its
words), ``heading number label inside beside note`` (words).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct

from withhold.errors import MissingExtra
from withhold.faces.report.inline_svg import inline
from withhold.faces.report.paper import LEFT, RIGHT, WIDTH, Paper
from withhold.faces.report.past import Row, Say, dated, headings, means, past
from withhold.faces.report.rows import Speaker
from withhold.facts import Platform

LOOKS: dict[str, dict[str, str]] = {
    "year": {"stroke": "currentColor", "stroke-opacity": "0.25"},
    "years": {"fill-opacity": "0.85"},
    "may": {"fill": "#b4500f"},
    "no": {"fill": "none", "stroke": "#1f75b8", "stroke-width": "2"},
    "condition": {
        "fill": "#7b61c4",
        "fill-opacity": "0.2",
        "stroke": "#7b61c4",
        "stroke-width": "1.5",
        "stroke-dasharray": "5 3",
    },
    "silent": {
        "fill": "none",
        "stroke": "#767676",
        "stroke-width": "1.5",
        "stroke-dasharray": "1.5 3",
    },
    "control": {"fill": "#1f7f6b"},
    "begin": {"stroke": "currentColor", "stroke-width": "1.5"},
    "waiting": {"stroke": "currentColor", "stroke-dasharray": "2 2"},
    "still": {},
    "announced": {},
    "heading": {"font-size": "14", "font-weight": "700"},
    "number": {"font-weight": "700"},
    "label": {},
    "inside": {"fill": "#fff", "font-weight": "600"},
    "beside": {},
    "note": {"font-size": "12"},
}
"""The layers from back to front. Colours reach 3:1 on white and on #111, words on *may* 4.5:1."""
_BARS = ("may", "no", "condition", "silent", "control")
_LINES = ("year", "begin", "waiting")
_POINTS = {"still": "triangle-right", "announced": "diamond"}


class Timeline(Struct, frozen=True, kw_only=True):
    """A picture, its name, and the rows for the table beside it; ``svg`` is empty without rows."""

    svg: str
    title: str
    description: str
    rows: tuple[Row, ...]


def timeline(
    platform: Platform,
    speaker: Speaker,
    when: date,
    say: Say,
    day: Callable[[date], str] = date.isoformat,
) -> Timeline:
    """What is known on a day of what was said about a platform's training and licences, and when.

    ``say`` gives the words of ``past`` and these: ``timeline_title`` (gap ``platform``),
    ``timeline_none``, ``timeline_about`` (gaps ``practices``, ``controls``, ``first``, ``last``),
    ``timeline_key_still`` (gap ``date``), ``_key_begin``, ``_key_announced``, ``_key_controls``.
    Raises MissingExtra without Altair.
    """
    title = say("timeline_title").format(platform=platform.name)
    rows = past(platform, speaker, when, say)
    if not rows:
        return Timeline(svg="", title=title, description=say("timeline_none"), rows=())
    controls = sum(row.kind == "control" for row in rows)
    first = min(_days(rows))
    about = say("timeline_about").format(
        practices=len(rows) - controls, controls=controls, first=day(first), last=day(when)
    )
    paper = Paper(first, when)
    number = 0
    for heading, these in headings(rows):
        paper.heading(heading)
        for row in these:
            number += 1
            paper.row(number, row)
    notes = {"still": say("timeline_key_still").format(date=day(when))}
    notes |= {mark: say(f"timeline_key_{mark}") for mark in ("begin", "announced")}
    undated = len(means(platform)) > len(dated(platform))
    paper.key(notes, say("timeline_key_controls") if undated else "")
    return Timeline(
        svg=inline(_drawn(paper), f"{title}. {about}", LOOKS, WIDTH, round(paper.y)),
        title=title,
        description=about,
        rows=rows,
    )


def _days(rows: Iterable[Row]) -> list[date]:
    return [one for row in rows for one in (row.announced, row.since, row.until) if one is not None]


def _drawn(paper: Paper) -> str:
    """The marks as Vega draws them; raises MissingExtra."""
    layers = _layers()
    try:
        import vl_convert
    except ImportError as gone:
        raise _missing() from gone
    scale = {"domain": [paper.first, paper.last], "range": [LEFT, RIGHT], "zero": False}
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {**scale, "nice": False}}
    spec = {
        "width": WIDTH,
        "height": paper.y,
        "config": {"padding": 0, "view": {"stroke": None}},
        "layer": [
            layer | {"data": {"values": marks}, "encoding": {**layer["encoding"], "x": x}}
            for name, layer in layers.items()
            if (marks := paper.marks.get(name))
        ],
    }
    return str(vl_convert.vegalite_to_svg(spec))


@cache
def _layers() -> dict[str, dict[str, Any]]:
    """Every layer without its marks, checked by Altair once: its checks cost more than drawing."""
    try:
        import altair
    except ImportError as gone:
        raise _missing() from gone
    y = altair.Y("y:Q", axis=None, scale=None)
    found = {}
    for name in LOOKS:
        chart = altair.Chart(altair.InlineData([]), name=name).encode(x="x:Q", y=y)
        if name in _BARS:
            chart = chart.mark_rect().encode(x2="x2:Q", y2="y2:Q")
        elif name == "year":
            chart = chart.mark_rule().encode(y2="y2:Q")
        elif name in _LINES:
            chart = chart.mark_rule().encode(x2="x2:Q", y2="y2:Q")
        elif name in _POINTS:
            chart = chart.mark_point(shape=_POINTS[name], size=60, filled=True)
        else:
            chart = chart.mark_text(align="left", baseline="middle").encode(text="text:N")
        layer = chart.to_dict()
        found[name] = {key: layer[key] for key in ("name", "mark", "encoding")}
    return found


def _missing() -> MissingExtra:
    return MissingExtra("the timeline lacks a part", 'pip install "withhold[guide]"')
