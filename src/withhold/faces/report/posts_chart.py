"""Stored posts by month as a picture: one row each for open, was open, never open, not known.

The rows lie above each other on one line of months and share one scale, so place and words say
what the colours say. A row without a dated post is its words alone. One month with far more than
every other is cut, with a gap in its bar and its number beside it, so that the others are seen.
Classes for the page's stylesheet: ``timeline-`` followed by ``open wasopen closed unknown`` (bars),
``base year`` (lines), ``years label count cut`` (words). (Vega keeps no hyphen of a name.)
"""

from __future__ import annotations

from withhold.faces.report import drawn
from withhold.faces.report.drawn import Kind, Marks
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
    "cut": {"font-size": "11", "font-weight": "700"},
    "years": {"font-size": "11", "fill-opacity": "0.85"},
}
"""The layers from back to front; colours as in the timeline of the guide, 3:1 on white and #111."""
_LEFT, _RIGHT = 2, 318
_HEAD, _BAR, _GAP, _FOOT = 18, 46, 10, 20
_LEAST = 1.5
"""How high one post is drawn at least: a month with something in it is seen."""
_FAR_MORE = 5
"""How many times the next month one month has before its bars are cut."""
_FEW = 50
"""Up to so many posts the heights of the bars can be told apart as they are."""
_CUT = 0.7
"""How high the next month is drawn then; the room above is for the number."""
_NUMBER = 34
"""The room that the number of a year takes."""
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("open", "wasopen", "closed", "unknown"), "bar"),
    **dict.fromkeys(("base", "year"), "line"),
    "count": "words-left",
}


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
    return inline(drawn.drawn(marks, _KINDS, WIDTH, height), name, LOOKS, WIDTH, height)


def alone(told: Told) -> str:
    """The same as a file of its own: with a typeface, on white, whatever shows it."""
    return drawn.alone(chart(told))


def _sum(by_month: dict[tuple[str, Standing], int], standing: Standing) -> int:
    return sum(n for (_, how), n in by_month.items() if how == standing)


def _number(month: str) -> int:
    """Months since the year 0."""
    year, _, rest = month.partition("-")
    return int(year) * 12 + int(rest) - 1


def _whole(dated: dict[tuple[str, Standing], int]) -> float:
    """How many posts a row is high: those of the fullest month, unless it has far more than all."""
    most, month = max(((n, month) for (month, _), n in dated.items()), default=(1, ""))
    rest = max((n for (other, _), n in dated.items() if other != month), default=most)
    return rest / _CUT if most > max(_FEW, _FAR_MORE * rest) else most


def _beside(x: float, x2: float, y: float, text: str) -> dict[str, float | str]:
    """A number to the right of a bar; to its left where the picture ends."""
    room = 7.0 * len(text) + 4
    return {"x": x2 + 3 if x2 + room < _RIGHT else x - room, "y": y, "text": text}


def _marks(
    dated: dict[tuple[str, Standing], int], every: dict[tuple[str, Standing], int], told: Told
) -> tuple[Marks, int]:
    numbers = [_number(month) for month, _ in dated] or [told.when.year * 12]
    first, last = min(numbers) // 12 * 12, max(numbers) + 1
    unit = (_RIGHT - _LEFT) / max(last - first, 12)
    most = max(dated.values(), default=1)
    whole = _whole(dated)
    marks: Marks = {layer: [] for layer in LOOKS}
    y: float = 0
    for standing in STANDINGS:
        label, n = told.words[f"standing_{standing}"], told.n(_sum(every, standing))
        marks["label"].append({"x": _LEFT, "y": y + 9, "text": f"{label}: {n}"})
        if standing == STANDINGS[0]:
            said = told.words["chart_most"].format(n=told.n(most))
            marks["count"].append({"x": _RIGHT, "y": y + 9, "text": said})
        if dated and not any(how == standing for _, how in dated):
            y += _HEAD
            continue
        floor = y + _HEAD + _BAR
        for (month, how), count in dated.items():
            if how == standing:
                x = _LEFT + (_number(month) - first) * unit
                x2, layer = x + max(0.8 * unit, 0.6), marks[standing.replace("-", "")]
                high = min(_BAR, max(_LEAST, _BAR * count / whole))
                if count > whole:
                    layer.append({"x": x, "y": floor - _BAR, "x2": x2, "y2": floor - _BAR + 5})
                    high = _BAR - 8
                    marks["cut"].append(_beside(x, x2, floor - _BAR + 8, told.n(count)))
                layer.append({"x": x, "y": floor - high, "x2": x2, "y2": floor})
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
