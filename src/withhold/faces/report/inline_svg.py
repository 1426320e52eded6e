"""What Vega draws, made fit to stand inside a page: no style, no id, no colour of its own ground.

A page under a Content-Security-Policy without inline style, in light and in dark: presentation
attributes give every mark a colour that holds on both, classes let the page's stylesheet give
another, text takes the page's font and ``currentColor``. Without ``width`` and ``height`` the
picture is as wide as the column; its stylesheet sets how wide it may become.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

_KEPT = ("d", "transform", "text-anchor", "x1", "x2", "y1", "y2")
_MARKS = "_marks"


def inline(
    drawn: str, name: str, looks: Mapping[str, Mapping[str, str]], width: int, height: int
) -> str:
    """An ``<svg role="img">`` with the marks of a Vega SVG and nothing else of it.

    ``looks`` gives the attributes of each named layer, in the order in which they are painted;
    what has no look is left out. ``name`` is what a screen reader says.
    """
    tree = ElementTree.fromstring(drawn)  # noqa: S314
    # Vega wrote it a moment ago: no entities, no outsider's XML
    picture = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "timeline",
            "viewBox": f"0 0 {width} {height}",
            "role": "img",
            "aria-label": name,
            "direction": "ltr",
            "font-size": "12.5",
            "fill": "currentColor",
        },
    )
    found = dict(_layers(tree))
    for layer, look in looks.items():
        if layer in found:
            group = ElementTree.SubElement(picture, "g", {"class": f"timeline-{layer}", **look})
            group.extend(_bare(mark) for mark in found[layer])
    return ElementTree.tostring(picture, encoding="unicode")


def _layers(tree: ElementTree.Element) -> Iterator[tuple[str, list[ElementTree.Element]]]:
    for group in tree.iter():
        for word in group.get("class", "").split():
            if word.endswith(_MARKS):
                yield word.removesuffix(_MARKS), list(group)


def _bare(mark: ElementTree.Element) -> ElementTree.Element:
    """One mark with its shape, place and text only."""
    kept = {key: _rounded(value) for key, value in mark.attrib.items() if key in _KEPT}
    if kept.get("text-anchor") == "start":
        del kept["text-anchor"]
    bare = ElementTree.Element(mark.tag.rpartition("}")[2], kept)
    bare.text = mark.text
    return bare


def _rounded(numbers: str) -> str:
    """A tenth of a unit is less than a pixel: longer numbers only make the page heavier."""
    return re.sub(r"-?\d+\.\d+", lambda found: f"{round(float(found[0]), 1) + 0.0:g}", numbers)
