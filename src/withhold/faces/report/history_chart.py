"""Who was newly refused and who let in, token by token, as a picture that grows with its page.

One row per token: to the left how many sites newly refuse it, to the right how many let it in.
The numbers stand beside the bars and the sides differ by place, so colour carries nothing alone.
Classes for the page's stylesheet: ``timeline-`` and ``refused admitted middle token``, or ``head``
and ``count`` followed by ``left`` or ``right``. (Vega keeps no hyphen of a name.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from withhold.errors import MissingExtra
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
    return inline(_drawn(marks, height), name, LOOKS, WIDTH, height)


def _marks(rows: Sequence[Tally], refused: str, let_in: str) -> dict[str, list[dict[str, Any]]]:
    most = max(max(one.refused, one.let_in) for one in rows)
    unit = _REACH / most
    marks: dict[str, list[dict[str, Any]]] = {layer: [] for layer in LOOKS}
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


def _drawn(marks: dict[str, list[dict[str, Any]]], height: int) -> str:
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
        if layer in ("refused", "admitted"):
            chart = chart.mark_rect().encode(x2="x2:Q", y2="y2:Q")
        elif layer == "middle":
            chart = chart.mark_rule().encode(x2="x2:Q", y2="y2:Q")
        else:  # what stands left of its point ends there
            align: Literal["left", "right"] = "right" if layer.endswith("left") else "left"
            chart = chart.mark_text(align=align, baseline="middle").encode(text="text:N")
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
