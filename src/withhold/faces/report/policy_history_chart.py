"""The versions of policies on a line of years as a picture: one row a document with a change.

What a version brought is told by the shape of its mark and the key below, so colour carries nothing
alone. Classes for the page's stylesheet: ``timeline-`` followed by ``worse better unclear replaced
quiet failed`` (marks), ``base year`` (lines), ``name years key`` (words). (Vega keeps no hyphen of
a name.)
"""

from __future__ import annotations

from datetime import date

from withhold.faces.report import drawn
from withhold.faces.report.drawn import Kind, Marks
from withhold.faces.report.inline_svg import inline
from withhold.faces.report.policy_history_said import Told
from withhold.policies.replay import Step
from withhold.verbs.policy_history import Past

WIDTH = 340
LOOKS: dict[str, dict[str, str]] = {
    "year": {"stroke": "currentColor", "stroke-opacity": "0.25"},
    "base": {"stroke": "currentColor", "stroke-opacity": "0.6"},
    "quiet": {"fill": "#767676"},
    "failed": {"fill": "#767676"},
    "better": {"fill": "#1f75b8"},
    "replaced": {"fill": "#7b61c4"},
    "unclear": {"fill": "#7b61c4"},
    "worse": {"fill": "#b4500f"},
    "name": {"font-weight": "700"},
    "years": {"font-size": "11", "fill-opacity": "0.85"},
    "key": {"font-size": "11"},
}
"""The layers from back to front; colours as in the timeline of the guide, 3:1 on white and #111."""
_KINDS: dict[str, Kind] = {
    "worse": ("triangle-down", 90),
    "better": ("triangle-up", 90),
    "unclear": ("diamond", 90),
    "replaced": ("square", 70),
    "quiet": ("circle", 10),
    "failed": ("cross", 40),
    "base": "line",
    "year": "line",
}
_KEYS = {
    "worse": "worse",
    "unclear": "unclear",
    "replaced": "document-replaced",
    "better": "better",
    "quiet": "quiet",
    "failed": "failed",
}
_LEFT, _RIGHT = 8, 332
_ROW, _FOOT, _KEY = 34, 18, 18
_NUMBER = 34
"""The room that the number of a year takes."""
ROWS = 24
"""Documents drawn at most; the table beside the picture has all."""


def chart(told: Told) -> str:
    """The picture as SVG; empty where no document has a change. Raises MissingExtra."""
    with_change = [one for one in told.history.documents if one.noticed]
    if not with_change:
        return ""
    marks, height = _marks(with_change[:ROWS], told)
    return inline(
        drawn.drawn(marks, _KINDS, WIDTH, height), alternative(told), LOOKS, WIDTH, height
    )


def alone(told: Told) -> str:
    """The same as a file of its own: with a typeface, on white; without a change it says so."""
    picture = chart(told)
    if not picture:
        marks: Marks = {layer: [] for layer in LOOKS}
        marks["name"].append({"x": _LEFT, "y": 14, "text": told.words["chart_none"]})
        picture = inline(
            drawn.drawn(marks, _KINDS, WIDTH, 28), told.words["chart_none"], LOOKS, WIDTH, 28
        )
    return drawn.alone(picture)


def alternative(told: Told) -> str:
    """What the picture shows, in words: each document with the days of its changes.

    The sums follow, except of a single change: they would only say it again.
    """
    words = told.words
    rows = []
    for past in [one for one in told.history.documents if one.noticed][:ROWS]:
        changes = ", ".join(
            f"{step.version.day} {words[f'mark_{step.change.grade}']}"
            for step in past.noticed
            if step.change is not None
        )
        rows.append(words["picture_row"].format(name=past.name, changes=changes))
    count = sum(len(past.noticed) for past in told.history.documents)
    sums = told.sums() if count > 1 else ""
    return words["chart"].format(what="; ".join(rows), sums=sums).rstrip()


def _layer(step: Step) -> str:
    if not step.compared:
        return "failed"
    if not step.noticed or step.change is None:
        return "quiet"
    return "replaced" if step.change.grade == "document-replaced" else step.change.grade


def _marks(documents: list[Past], told: Told) -> tuple[Marks, int]:
    days = [step.version.day for past in documents for step in past.steps]
    first = date(min(days).year, 1, 1).toordinal()
    last = max(max(days).toordinal(), first + 365)
    unit = (_RIGHT - _LEFT) / (last - first)
    marks: Marks = {layer: [] for layer in LOOKS}
    for number, past in enumerate(documents):
        top = number * _ROW
        line = top + 24
        marks["name"].append({"x": 0, "y": top + 9, "text": past.name})
        marks["base"].append({"x": _LEFT, "y": line, "x2": _RIGHT, "y2": line})
        for step in past.steps:
            x = _LEFT + (step.version.day.toordinal() - first) * unit
            marks[_layer(step)].append({"x": x, "y": line})
    floor = len(documents) * _ROW + 2
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    room = 365.25 * unit
    so_many = next(n for n in (1, 2, 5, 10, 50) if room * n >= _NUMBER or n == 50)
    for year in years[::so_many]:
        x = _LEFT + (date(year, 1, 1).toordinal() - first) * unit
        if x + _NUMBER <= WIDTH:
            marks["year"].append({"x": x, "y": 14, "x2": x, "y2": floor})
            marks["years"].append({"x": x + 2, "y": floor + 8, "text": f"{year}"})
    return marks, _key(marks, told, floor + _FOOT)


def _key(marks: Marks, told: Told, top: int) -> int:
    """What each shape means, two beside each other; where the picture ends."""
    shown = [layer for layer in _KEYS if marks[layer]]
    for number, layer in enumerate(shown):
        x, y = _LEFT + (number % 2) * (WIDTH / 2), top + 9 + (number // 2) * _KEY
        marks[layer].append({"x": x, "y": y})
        marks["key"].append({"x": x + 10, "y": y, "text": told.words[f"mark_{_KEYS[layer]}"]})
    return top + (len(shown) + 1) // 2 * _KEY + 2
