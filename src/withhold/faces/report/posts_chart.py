"""Stored posts by month as a picture: one row each for open, was open, never open, not known.

The rows lie above each other on one line of months and share one scale, so place and words say
what the colours say. Classes for the page's stylesheet: ``timeline-`` followed by ``open wasopen
closed unknown`` (bars), ``base year`` (lines), ``years label count`` (words). (Vega keeps no hyphen
of a name.)
"""

from __future__ import annotations

from typing import Any, Literal

from withhold.errors import MissingExtra
from withhold.faces.report.exposure_said import Told
from withhold.faces.report.inline_svg import inline
from withhold.verbs.exposed_posts import at_least_one
from withhold.verbs.exposure import STANDINGS, Standing

WIDTH = 320
LOOKS: dict[str, dict[str, str]] = {
    "year": {"stroke": "currentColor", "stroke-opacity": "0.25"},
    "base": {"stroke": "currentColor", "stroke-opacity": "0.6"},
    "open": {"fill": "#b4500f"},
    "wasopen": {"fill": "#7b61c4"},
    "closed": {"fill": "#1f75b8"},
    "unknown": {"fill": "#767676"},
    "label": {"font-weight": "700"},
    "count": {},
    "years": {"font-size": "11", "fill-opacity": "0.85"},
}
"""The layers from back to front; colours as in the timeline of the guide, 3:1 on white and #111."""
_LEFT, _RIGHT = 2, 318
_HEAD, _BAR, _GAP, _FOOT = 18, 46, 10, 20
_LEAST = 1.5
"""How high one post is drawn at least: a month with something in it is seen."""
_NUMBER = 34
"""The room that the number of a year takes."""
Marks = dict[str, list[dict[str, Any]]]


def chart(told: Told) -> str:
    """The picture as SVG, of what was published; without dates a picture without bars.

    Raises MissingExtra without Altair.
    """
    by_month = at_least_one(told.exposure.published)
    dated = {key: n for key, n in by_month.items() if key[0]}
    marks, height = _marks(dated, by_month, told)
    most = max(dated.values(), default=0)
    words = told.words
    sums = ", ".join(
        f"{words[f'standing_{one}']}: {told.n(_sum(by_month, one))}" for one in STANDINGS
    )
    name = words["chart_about"].format(title=words["chart"], sums=sums, most=told.n(most))
    return inline(_drawn(marks, height), name, LOOKS, WIDTH, height)


def alone(told: Told) -> str:
    """The same as a file of its own: with a typeface, on white, whatever shows it."""
    picture = chart(told)
    head, _, rest = picture.partition(">")
    ground = '<rect width="100%" height="100%" fill="#fff" />'
    looks = 'font-family="system-ui, sans-serif" color="#111"'
    return f"{head} {looks}>{ground}{rest}\n"


def _sum(by_month: dict[tuple[str, Standing], int], standing: Standing) -> int:
    return sum(n for (_, how), n in by_month.items() if how == standing)


def _number(month: str) -> int:
    """Months since the year 0."""
    year, _, rest = month.partition("-")
    return int(year) * 12 + int(rest) - 1


def _marks(
    dated: dict[tuple[str, Standing], int], every: dict[tuple[str, Standing], int], told: Told
) -> tuple[Marks, int]:
    numbers = [_number(month) for month, _ in dated] or [told.when.year * 12]
    first, last = min(numbers) // 12 * 12, max(numbers) + 1
    unit = (_RIGHT - _LEFT) / max(last - first, 12)
    most = max(dated.values(), default=1)
    marks: Marks = {layer: [] for layer in LOOKS}
    y: float = 0
    for standing in STANDINGS:
        label, n = told.words[f"standing_{standing}"], told.n(_sum(every, standing))
        marks["label"].append({"x": _LEFT, "y": y + 9, "text": f"{label}: {n}"})
        if standing == STANDINGS[0]:
            said = told.words["chart_most"].format(n=told.n(most))
            marks["count"].append({"x": _RIGHT, "y": y + 9, "text": said})
        floor = y + _HEAD + _BAR
        for (month, how), count in dated.items():
            if how == standing:
                x = _LEFT + (_number(month) - first) * unit
                high = max(_LEAST, _BAR * count / most)
                mark = {"x": x, "y": floor - high, "x2": x + max(0.8 * unit, 0.6), "y2": floor}
                marks[standing.replace("-", "")].append(mark)
        marks["base"].append({"x": _LEFT, "y": floor, "x2": _RIGHT, "y2": floor})
        y = floor + _GAP
    steps = (1, 2, 5, 10, 50, 100, 1000, 10_000)
    every_so_many = next(n for n in steps if 12 * unit * n >= _NUMBER or n == steps[-1])
    for year in range(first // 12, last // 12 + 1, every_so_many):
        x = _LEFT + (year * 12 - first) * unit
        if x + _NUMBER <= WIDTH:
            marks["year"].append({"x": x, "y": _HEAD, "x2": x, "y2": y})
            marks["years"].append({"x": x + 2, "y": y + 6, "text": f"{year}"})
    return marks, round(y + _FOOT)


def _drawn(marks: Marks, height: int) -> str:
    try:
        import altair
        import vl_convert
    except ImportError as gone:
        raise MissingExtra("the picture lacks a part", 'pip install "withhold[guide]"') from gone
    layers = []
    x = altair.X("x:Q", axis=None, scale=altair.Scale(domain=[0, WIDTH], nice=False))
    y = altair.Y("y:Q", axis=None, scale=altair.Scale(domain=[height, 0], nice=False))
    for layer, found in marks.items():
        if not found:
            continue
        chart = altair.Chart(altair.InlineData(found), name=layer).encode(x=x, y=y)
        if layer in ("label", "count", "years"):
            align: Literal["left", "right"] = "right" if layer == "count" else "left"
            chart = chart.mark_text(align=align, baseline="middle").encode(text="text:N")
        elif layer in ("base", "year"):
            chart = chart.mark_rule().encode(x2="x2:Q", y2="y2:Q")
        else:
            chart = chart.mark_rect().encode(x2="x2:Q", y2="y2:Q")
        drawn = chart.to_dict()
        drawn["data"] = {"values": found}
        layers.append({key: drawn[key] for key in ("name", "mark", "encoding", "data")})
    spec = {
        "width": WIDTH,
        "height": height,
        "config": {"padding": 0, "view": {"stroke": None}},
        "layer": layers,
    }
    return str(vl_convert.vegalite_to_svg(spec))
