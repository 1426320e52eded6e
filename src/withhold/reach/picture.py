"""A picture of one row of a page, and of nothing else on it."""

from __future__ import annotations

import base64

from withhold.reach.places import Box, boxes_of
from withhold.reach.pressing import shows
from withhold.reach.skeleton import skeleton
from withhold.reach.tab import Tab
from withhold.recipes import match
from withhold.recipes.page import Look

_SEEN = 8.0
"""Pixels; a smaller node is hidden from the eye, and nothing can lie over it."""
_HIGH = 360.0
"""Pixels; a row that is higher holds more than one setting."""


async def row(tab: Tab, look: Look, number: int) -> bytes:
    """A PNG of the widest part around the node that holds no other setting and is no higher than
    360 pixels. Empty where the node is gone, or something lies over it."""
    index = next((at for at, one in enumerate(look.nodes) if _number(one.ref) == number), -1)
    bones = await skeleton(tab.session)
    if index < 0 or number not in bones.places:
        return b""
    sized = await boxes_of(tab.session, number, least=_SEEN)
    if sized and not await shows(tab, bones, bones.places[number]):
        return b""
    part = set(match.row(look, index))
    wider = [index]
    while (above := look.nodes[wider[-1]].parent) in part:
        wider.append(above)
    for one in reversed(wider):
        boxes = await boxes_of(tab.session, _number(look.nodes[one].ref))
        if boxes and boxes[0].height <= _HIGH:
            return await _shot(tab, boxes[0])
    return b""


async def _shot(tab: Tab, box: Box) -> bytes:
    view = (await tab.session.send("Page.getLayoutMetrics"))["cssLayoutViewport"]
    clip = {
        "x": box.x + view["pageX"],
        "y": box.y + view["pageY"],
        "width": box.width,
        "height": box.height,
        "scale": 1,
    }
    asked = {"format": "png", "clip": clip, "captureBeyondViewport": False}
    return base64.b64decode((await tab.session.send("Page.captureScreenshot", asked))["data"])


def _number(ref: str) -> int:
    return int(ref.rpartition(".")[2] or 0)
