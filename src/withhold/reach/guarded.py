"""Sends a press on its way and watches where it arrives.

The watching listener is of an isolated world: the page's scripts neither see nor change it. A
press that arrives at anything else than what it was meant for is stopped there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any, Literal

from playwright.async_api import Error

from withhold.reach.skeleton import Skeleton
from withhold.reach.tab import Tab

Arrived = Literal["pressed", "moved", "gone"]

_WORLD = "withhold"
_HELD = 70.0
"""Milliseconds from down to up, as a finger does it."""
_WATCH = """
function (...meant) {
  const view = this.ownerDocument.defaultView;
  const kinds = ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "auxclick",
    "keydown", "keypress", "keyup"];
  const watch = { arrived: "" };
  const heard = (event) => {
    if (!event.isTrusted) return;
    if (!watch.arrived) {
      const here = event.composedPath().some((one) => meant.includes(one));
      watch.arrived = here ? "here" : "elsewhere";
    }
    if (watch.arrived === "elsewhere") {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  for (const kind of kinds) view.addEventListener(kind, heard, { capture: true, passive: false });
  watch.end = () => {
    for (const kind of kinds) view.removeEventListener(kind, heard, { capture: true });
    return watch.arrived;
  };
  globalThis.withholdWatch = watch;
}
"""
_END = "function () { return globalThis.withholdWatch ? globalThis.withholdWatch.end() : ''; }"
_HAS_FOCUS = """
function () {
  for (let one = this; one;) {
    const root = one.getRootNode();
    if (root.activeElement !== one) return false;
    one = root.host;
    if (!one) {
      try { one = root.defaultView.frameElement; } catch { one = null; }
    }
  }
  return true;
}
"""
_CHOOSE = """
function (words) {
  const plain = (text) => text.replace(/\\s+/g, " ").trim();
  const fitting = [...this.options].filter((one) => plain(one.label || one.text) === plain(words));
  if (fitting.length !== 1 || fitting[0].disabled || this.disabled) return false;
  if (fitting[0].selected) return true;
  fitting[0].selected = true;
  for (const kind of ["input", "change"]) {
    this.dispatchEvent(new Event(kind, { bubbles: true, composed: kind === "input" }));
  }
  return true;
}
"""


class Worlds:
    """Handles to nodes in worlds of our own, by frame; let go of together."""

    def __init__(self, tab: Tab, bones: Skeleton) -> None:
        self._session = tab.session
        self._bones = bones
        self._worlds: dict[str, int] = {}
        self._main = ""

    async def handle(self, index: int) -> str:
        """The object id of a node in the world of its own frame."""
        frame = await self._frame(index)
        if frame not in self._worlds:
            made = await self._session.send(
                "Page.createIsolatedWorld", {"frameId": frame, "worldName": _WORLD}
            )
            self._worlds[frame] = made["executionContextId"]
        found = await self._session.send(
            "DOM.resolveNode",
            {
                "backendNodeId": self._bones.branches[index].number,
                "executionContextId": self._worlds[frame],
                "objectGroup": _WORLD,
            },
        )
        return str(found["object"]["objectId"])

    async def _frame(self, index: int) -> str:
        branches = self._bones.branches
        for above in branches[index].above(branches):
            if branches[above].frame:
                return branches[above].frame
        if not self._main:
            tree = await self._session.send("Page.getFrameTree")
            self._main = tree["frameTree"]["frame"]["id"]
        return self._main

    async def call(self, handle: str, function: str, *arguments: dict[str, Any]) -> Any:
        """What a function answers, called on a node."""
        asked = {
            "functionDeclaration": function,
            "objectId": handle,
            "arguments": list(arguments),
            "returnByValue": True,
        }
        return (await self._session.send("Runtime.callFunctionOn", asked))["result"].get("value")

    async def let_go(self) -> None:
        """Releases all handles."""
        with contextlib.suppress(Error):
            await self._session.send("Runtime.releaseObjectGroup", {"objectGroup": _WORLD})


async def click(tab: Tab, bones: Skeleton, meant: Sequence[int], x: float, y: float) -> Arrived:
    """A press of the mouse at a place of the window, for one of the nodes ``meant``."""
    worlds = Worlds(tab, bones)
    try:
        watches = await _watched(worlds, bones, meant)
        await tab.page.mouse.move(x, y)
        await tab.page.mouse.click(x, y, delay=_HELD)
        return await _arrived(worlds, watches)
    finally:
        await worlds.let_go()


async def space(tab: Tab, bones: Skeleton, index: int) -> Arrived:
    """The space bar on a node that has been given the focus and has kept it."""
    worlds = Worlds(tab, bones)
    try:
        await tab.session.send("DOM.focus", {"backendNodeId": bones.branches[index].number})
        watches = await _watched(worlds, bones, [index])
        if not await worlds.call(watches[0], _HAS_FOCUS):
            await _arrived(worlds, watches)
            return "moved"
        await tab.page.keyboard.press("Space", delay=_HELD)
        return await _arrived(worlds, watches)
    finally:
        await worlds.let_go()


async def chosen(tab: Tab, bones: Skeleton, index: int, option: str) -> bool:
    """Whether an option of a ``<select>`` is chosen now: in one step, because every option that a
    keyboard passes on its way is a change that a page may save."""
    worlds = Worlds(tab, bones)
    try:
        handle = await worlds.handle(index)
        return bool(await worlds.call(handle, _CHOOSE, {"value": option}))
    finally:
        await worlds.let_go()


async def _watched(worlds: Worlds, bones: Skeleton, meant: Sequence[int]) -> list[str]:
    """Begins to watch the document of the nodes, and those that hold its frame."""
    handles = [await worlds.handle(one) for one in meant]
    await worlds.call(handles[0], _WATCH, *({"objectId": one} for one in handles))
    watches = [handles[0]]
    for above in bones.branches[meant[0]].above(bones.branches):
        if bones.branches[above].frame:
            frame = await worlds.handle(above)
            await worlds.call(frame, _WATCH, {"objectId": frame})
            watches.append(frame)
    return watches


async def _arrived(worlds: Worlds, watches: list[str]) -> Arrived:
    """Ends the watching. ``moved``: the press was stopped, nothing was pressed. Where a watch has
    heard nothing, or its page is gone already, the press counts as done: never press twice."""
    found = []
    for one in watches:
        try:
            found.append(await worlds.call(one, _END))
        except Error:
            found.append("")
    return "moved" if "elsewhere" in found else "pressed"
