"""Where a node of a page is in the window, and what the mouse would meet at a place.

Chrome DevTools Protocol: ``DOM.getContentQuads`` (pixels of the window) and
``DOM.getNodeForLocation`` (pixels of the document; through frames and shadow roots).
"""

from __future__ import annotations

import asyncio
from typing import Any

from msgspec import Struct
from playwright.async_api import CDPSession, Error

_STILL = 0.03
_STILL_WITHIN = 40
"""Looks until a box that moves (an animation, a smooth scroll) is taken as it is."""


class Box(Struct, frozen=True):
    """A rectangle in pixels of the window."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Where a click meets it: CSS pixels from the left and the top."""
        return self.x + self.width / 2, self.y + self.height / 2


async def boxes_of(session: CDPSession, number: int, *, least: float = 1) -> list[Box]:
    """The parts of a node that are in sight, scrolled to and standing still, largest first: an
    inline element has one for each line. None smaller than ``least`` pixels in a direction."""
    try:
        await session.send("DOM.scrollIntoViewIfNeeded", {"backendNodeId": number})
    except Error:
        return []  # not rendered, or gone
    boxes = await _boxes(session, number)
    for _ in range(_STILL_WITHIN):
        await asyncio.sleep(_STILL)
        now = await _boxes(session, number)
        if now == boxes:
            break
        boxes = now
    view = (await session.send("Page.getLayoutMetrics"))["cssLayoutViewport"]
    inside = [_within(box, view) for box in boxes]
    fitting = [one for one in inside if one.width >= least and one.height >= least]
    return sorted(fitting, key=lambda one: -one.width * one.height)


async def is_rendered(session: CDPSession, number: int) -> bool:
    """Whether a node has a place at all, of whatever size."""
    return bool(await _boxes(session, number))


async def _boxes(session: CDPSession, number: int) -> list[Box]:
    try:
        quads = (await session.send("DOM.getContentQuads", {"backendNodeId": number}))["quads"]
    except Error:
        return []
    return [_of(quad) for quad in quads]


def _of(quad: list[float]) -> Box:
    across, down = quad[::2], quad[1::2]
    x, y = min(across), min(down)
    return Box(x, y, max(across) - x, max(down) - y)


def _within(box: Box, view: dict[str, Any]) -> Box:
    x, y = max(box.x, 0.0), max(box.y, 0.0)
    right = min(box.x + box.width, view["clientWidth"])
    bottom = min(box.y + box.height, view["clientHeight"])
    return Box(x, y, max(right - x, 0.0), max(bottom - y, 0.0))


async def met_at(session: CDPSession, x: float, y: float) -> int:
    """The ``backendNodeId`` that a mouse meets at a place of the window; -1 for none."""
    view = (await session.send("Page.getLayoutMetrics"))["cssLayoutViewport"]
    asked = {"x": round(x + view["pageX"]), "y": round(y + view["pageY"])}
    try:
        found = await session.send("DOM.getNodeForLocation", asked)
    except Error:
        return -1
    return int(found["backendNodeId"])
