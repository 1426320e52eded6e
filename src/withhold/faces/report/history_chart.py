"""Who was newly refused and who let in, token by token, as a picture that grows with its page.

One row per token: to the left how many sites newly refuse it, to the right how many let it in.
The numbers stand beside the bars and the sides differ by place, so colour carries nothing alone.
Classes for the page's stylesheet: ``timeline-`` and ``refused admitted middle token``, or ``head``
and ``count`` followed by ``left`` or ``right``. (Vega keeps no hyphen of a name.)
"""

from __future__ import annotations

from collections.abc import Sequence

from withhold.faces.report import drawn
from withhold.faces.report.drawn import Kind, Marks
from withhold.faces.report.inline_svg import inline
from withhold.traces.history import Tally

WIDTH = 320
LOOKS: dict[str, dict[str, str]] = {
    "refused": {"fill": "#1f75b8"},
    "admitted": {"fill": "#b4500f"},
    "middle": {"stroke": "currentColor", "stroke-opacity": "0.5"},
    "headleft": {"font-weight": "700"},
    "headright": {"font-weight": "700"},
    "token": {"font-size": "11"},
    "countleft": {},
    "countright": {},
}
"""The layers from back to front; colours as in the timeline of the guide."""
_MIDDLE, _REACH = 236, 60
"""Where both sides meet, and how far the longest bar goes; beside it is room for its number."""
_ROW, _BAR, _HEAD = 20, 12, 26
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("refused", "admitted"), "bar"),
    "middle": "line",
    "headleft": "words-left",
    "countleft": "words-left",
}
ROWS = 30
"""Tokens drawn at most; the table beside the picture has all."""


def chart(sums: Sequence[Tally], name: str, refused: str, let_in: str) -> str:
    """The picture as SVG, of the tokens with a change; empty without any.

    ``name`` is what a screen reader says, ``refused`` and ``let_in`` are the words above the
    sides. Raises MissingExtra without Altair.
    """
    changed = [one for one in sums if one.refused or one.let_in]
    rows = sorted(changed, key=lambda one: (-one.refused - one.let_in, one.token.lower()))[:ROWS]
    if not rows:
        return ""
    marks = _marks(rows, refused, let_in)
    height = _HEAD + _ROW * len(rows)
    return inline(drawn.drawn(marks, _KINDS, WIDTH, height), name, LOOKS, WIDTH, height)


def _marks(rows: Sequence[Tally], refused: str, let_in: str) -> Marks:
    most = max(max(one.refused, one.let_in) for one in rows)
    unit = _REACH / most
    marks: Marks = {layer: [] for layer in LOOKS}
    marks["headleft"].append({"x": _MIDDLE - 6, "y": 10, "text": refused})
    marks["headright"].append({"x": _MIDDLE + 6, "y": 10, "text": let_in})
    marks["middle"].append(
        {"x": _MIDDLE, "y": _HEAD - 4, "x2": _MIDDLE, "y2": _HEAD + _ROW * len(rows)}
    )
    for number, one in enumerate(rows):
        top = _HEAD + _ROW * number
        marks["token"].append({"x": 0, "y": top + _BAR / 2, "text": one.token})
        for layer, count, way in (("refused", one.refused, -1), ("admitted", one.let_in, 1)):
            end = _MIDDLE + way * count * unit
            if count:
                marks[layer].append(
                    {"x": min(end, _MIDDLE), "y": top, "x2": max(end, _MIDDLE), "y2": top + _BAR}
                )
            at = {"x": end + way * 5, "y": top + _BAR / 2, "text": str(count)}
            marks["countleft" if way < 0 else "countright"].append(at)
    return marks
