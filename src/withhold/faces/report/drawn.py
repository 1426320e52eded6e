"""Marks by layer as Vega draws them: what the charts with places of their own share.

A chart works out where each mark stands, in units of the picture from its upper left corner; here
the layers become bars, lines, words and points. What a layer looks like is ``inline_svg``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from withhold.errors import MissingExtra

Marks = dict[str, list[dict[str, Any]]]
"""Layer -> its marks: ``x y`` and, of bars and lines, ``x2 y2``; of words ``text``."""
Kind = Literal["bar", "line", "words", "words-left", "words-middle"] | tuple[str, int]
"""``words-left`` end at their point, ``words-middle`` have it in their middle; a pair is the shape
of a point and its size."""
_ALIGN: Mapping[str, Literal["left", "center", "right"]] = {
    "words": "left",
    "words-left": "right",  # what stands left of its point ends there
    "words-middle": "center",
}


def drawn(marks: Marks, kinds: Mapping[str, Kind], width: int, height: int) -> str:
    """The layers from back to front as one SVG of Vega's; raises MissingExtra without Altair.

    A layer without a kind holds words.
    """
    try:
        import altair
        import vl_convert
    except ImportError as gone:
        raise MissingExtra("the picture lacks a part", 'pip install "withhold[guide]"') from gone
    layers = []
    x = altair.X("x:Q", axis=None, scale=altair.Scale(domain=[0, width], nice=False))
    y = altair.Y("y:Q", axis=None, scale=altair.Scale(domain=[height, 0], nice=False))
    for layer, found in marks.items():
        if not found:
            continue
        kind = kinds.get(layer, "words")
        chart = altair.Chart(altair.InlineData(found), name=layer).encode(x=x, y=y)
        if isinstance(kind, tuple):
            shape, size = kind
            chart = chart.mark_point(shape=shape, size=size, filled=True, opacity=1)
        elif kind == "line":
            chart = chart.mark_rule().encode(x2="x2:Q", y2="y2:Q")
        elif kind == "bar":
            chart = chart.mark_rect().encode(x2="x2:Q", y2="y2:Q")
        else:
            chart = chart.mark_text(align=_ALIGN[kind], baseline="middle").encode(text="text:N")
        made = chart.to_dict()
        made["data"] = {"values": found}
        layers.append({key: made[key] for key in ("name", "mark", "encoding", "data")})
    spec = {
        "width": width,
        "height": height,
        "config": {"padding": 0, "view": {"stroke": None}},
        "layer": layers,
    }
    return str(vl_convert.vegalite_to_svg(spec))


def alone(picture: str) -> str:
    """A picture as a file of its own: with a typeface, on white, whatever shows it."""
    head, _, rest = picture.partition(">")
    ground = '<rect width="100%" height="100%" fill="#fff" />'
    looks = 'font-family="system-ui, sans-serif" color="#111"'
    return f"{head} {looks}>{ground}{rest}\n"
