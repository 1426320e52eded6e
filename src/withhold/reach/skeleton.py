"""The elements and texts of a page in document order, with shadow roots and frames in place.

Chrome DevTools Protocol, ``DOM.describeNode``: it follows nothing and changes nothing. One answer
holds at most about 145 levels (the protocol's own limit), so deep pages are asked for in parts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal
from urllib.parse import urlsplit

from msgspec import Struct, field
from playwright.async_api import CDPSession, Error

from withhold.reach.asked import large

_LEVELS = 100
"""Levels asked for at once."""
_PARTS = 200
"""Parts of a deep page; what lies below is not seen."""
_FRAMES = frozenset(["iframe", "frame", "object", "embed"])
_ELEMENT, _TEXT, _DOCUMENT, _FRAGMENT = 1, 3, 9, 11
_KINDS = frozenset([_ELEMENT, _TEXT, _DOCUMENT, _FRAGMENT])

Raw = dict[str, Any]


class Branch(Struct, kw_only=True):
    """One element, run of text, or root of a document or shadow tree."""

    number: int
    """Chrome's ``backendNodeId``: stays with the node as long as it lives."""
    kind: Literal["element", "text", "root"]
    parent: int
    """Index of what holds it; of a shadow root its host, of a document its frame. -1 at the top."""
    host: str
    tag: str = ""
    text: str = ""
    attributes: dict[str, str] = {}
    frame: str = ""
    """Of an element that holds a frame: the frame's id."""

    def above(self, branches: list[Branch]) -> Iterator[int]:
        """The indices of all that hold it, nearest first."""
        at = self.parent
        while at >= 0:
            yield at
            at = branches[at].parent


class Skeleton(Struct, kw_only=True):
    """All branches, depth first; what a shadow root holds comes before the children of its host."""

    branches: list[Branch]
    frames: list[str] = field(default_factory=list)
    """Frames of the same process, which have accessibility trees of their own."""
    lang: str = ""
    places: dict[int, int] = field(default_factory=dict)
    """Index by ``backendNodeId``."""


async def skeleton(session: CDPSession) -> Skeleton:
    """The page now. Raises what the protocol raises."""
    document = await session.send("Runtime.evaluate", {"expression": "document"})
    asked: Raw = {"objectId": document["result"]["objectId"], "depth": _LEVELS, "pierce": True}
    root = (await large(session, "DOM.describeNode", asked))["node"]
    made, cut = _walked(root)
    left = _PARTS
    while cut and left > 0:
        await asyncio.gather(*(_fill(session, one) for one in cut[:left]))
        left -= len(cut)
        made, cut = _walked(root)
    return made


async def _fill(session: CDPSession, cut: Raw) -> None:
    """Puts in what hangs below a node."""
    asked: Raw = {"backendNodeId": cut["backendNodeId"], "depth": _LEVELS, "pierce": True}
    cut["children"] = []
    with suppress(Error):  # gone in between
        node = (await large(session, "DOM.describeNode", asked))["node"]
        cut["children"] = node.get("children", [])


def _walked(root: Raw) -> tuple[Skeleton, list[Raw]]:
    """The skeleton, and the nodes that have children which were not sent."""
    made = Skeleton(branches=[])
    cut = []
    waiting: list[tuple[Raw, int, str]] = [(root, -1, "")]
    while waiting:
        node, parent, host = waiting.pop()
        kind = node["nodeType"]
        if kind not in _KINDS:
            continue
        index = len(made.branches)
        if kind == _DOCUMENT:
            host = _host(node.get("documentURL", "")) or host
            if parent >= 0 and made.branches[parent].frame:
                made.frames.append(made.branches[parent].frame)
        made.branches.append(_branch(node, kind, parent, host))
        made.places[node["backendNodeId"]] = index
        if kind == _TEXT:
            continue
        if parent == 0 and not made.lang and node.get("localName") == "html":
            made.lang = made.branches[index].attributes.get("lang", "")
        for drawn in node.get("pseudoElements", ()):  # the knob of a toggle is often one
            made.places[drawn["backendNodeId"]] = index
        children = node.get("children")
        if children:
            waiting.extend([(one, index, host) for one in reversed(children)])
        elif children is None and node.get("childNodeCount"):
            cut.append(node)
        if "contentDocument" in node:
            waiting.append((node["contentDocument"], index, host))
        if "shadowRoots" in node:
            open_ones = (one for one in node["shadowRoots"] if one["shadowRootType"] == "open")
            waiting.extend((one, index, host) for one in open_ones)
    return made, cut


def _branch(node: Raw, kind: int, parent: int, host: str) -> Branch:
    number = node["backendNodeId"]
    if kind == _TEXT:
        return Branch(number=number, kind="text", parent=parent, host=host, text=node["nodeValue"])
    if kind != _ELEMENT:
        return Branch(number=number, kind="root", parent=parent, host=host)
    flat = node.get("attributes", [])
    return Branch(
        number=number,
        kind="element",
        parent=parent,
        host=host,
        tag=node["localName"],
        attributes=dict(zip(flat[::2], flat[1::2], strict=True)),
        frame=node.get("frameId", "") if node["localName"] in _FRAMES else "",
    )


def _host(url: str) -> str:
    """The host of a document; empty for ``about:blank`` and ``srcdoc``, which are their frame's."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
