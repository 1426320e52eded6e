"""Presses one node of a page as a person would: with the mouse, where it can be seen.

The place is the node's own box, else its label's; what the mouse would meet there has to be the
node, something inside it, or the control or label around it. A native input that is hidden from
the eye only, and has no label, is given the focus and the space bar.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Literal

from playwright.async_api import Error

from withhold.catalog.menu_words import plain
from withhold.reach import ax, guarded
from withhold.reach.places import boxes_of, is_rendered, met_at
from withhold.reach.skeleton import Skeleton, skeleton
from withhold.reach.tab import Tab

Pressed = Literal["pressed", "covered", "gone"]
_Try = Literal["pressed", "covered", "gone", "moved"]

_LEAST = 8.0
"""Pixels; a smaller box is no place for a press."""
_TRIES = 3
_PAUSE = 0.25
_OPENED_WITHIN = 3.0
_FACE = 3
"""Levels above a hidden input in which what stands for it is looked for."""
_CONTROLS = frozenset(["a", "button", "input", "select", "textarea", "summary"])
_ROLES = frozenset(
    [
        "button",
        "checkbox",
        "combobox",
        "link",
        "menuitem",
        "menuitemcheckbox",
        "menuitemradio",
        "option",
        "radio",
        "switch",
        "tab",
        "textbox",
    ]
)
_OPTIONS = frozenset(["option", "menuitemradio", "menuitem", "radio"])


async def press(tab: Tab, number: int) -> Pressed:
    """Presses the node with this ``backendNodeId``; unless ``pressed``, nothing was."""
    return await _tried(tab, number, _press)


async def choose(tab: Tab, number: int, option: str) -> Pressed:
    """Chooses an option by its words; a menu that is none of the browser's is opened for it."""

    async def one(tab: Tab, bones: Skeleton, index: int) -> _Try:
        if bones.branches[index].tag != "select":
            return await _choose_in_menu(tab, bones, index, option)
        if await boxes_of(tab.session, number, least=_LEAST) and not await shows(tab, bones, index):
            return "covered"
        return "pressed" if await guarded.chosen(tab, bones, index, option) else "gone"

    return await _tried(tab, number, one)


async def _tried(
    tab: Tab, number: int, way: Callable[[Tab, Skeleton, int], Awaitable[_Try]]
) -> Pressed:
    for _ in range(_TRIES):
        bones = await skeleton(tab.session)
        if number not in bones.places:
            return "gone"
        done = await way(tab, bones, bones.places[number])
        if done in ("pressed", "gone"):
            return done
        await asyncio.sleep(_PAUSE)  # what slides or fades may be out of the way then
    return "covered"


async def _press(tab: Tab, bones: Skeleton, index: int) -> _Try:
    meant = meant_by(bones, index)
    labelled = False
    for place in (index, *labels(bones, index)):
        boxes = await boxes_of(tab.session, bones.branches[place].number, least=_LEAST)
        labelled = labelled or (place != index and bool(boxes))
        for x, y in (one.middle for one in boxes):  # in one part of a label a link may stand
            hit = bones.places.get(await met_at(tab.session, x, y), -1)
            if belongs(bones, hit, meant):
                return await guarded.click(tab, bones, meant, x, y)
    if labelled or not await _has_face(tab, bones, index):
        rendered = await is_rendered(tab.session, bones.branches[index].number)
        return "covered" if labelled or rendered else "gone"
    try:
        return await guarded.space(tab, bones, index)
    except Error:  # cannot be given the focus
        return "covered"


def labels(bones: Skeleton, index: int) -> list[int]:
    """The ``<label>`` around a control, and those that name it, in the same tree."""
    branches = bones.branches
    above = list(branches[index].above(branches))
    own = branches[index].attributes.get("id", "")
    scope = next((one for one in above if branches[one].kind == "root"), -1)
    found = [
        one
        for one in above[: above.index(scope) if scope in above else None]
        if branches[one].tag == "label" and branches[one].attributes.get("for", own) == own
    ]
    if not own:
        return found
    for at, one in enumerate(branches):
        if one.tag == "label" and one.attributes.get("for") == own and at not in found:
            holder = next((up for up in one.above(branches) if branches[up].kind == "root"), -1)
            if holder == scope:
                found.append(at)
    return found


def meant_by(bones: Skeleton, index: int) -> list[int]:
    """What counts as the node when it is met: itself, its labels, the control around it."""
    branches = bones.branches
    around = [one for one in branches[index].above(branches) if is_control(bones, one)]
    return [index, *labels(bones, index), *around]


def is_control(bones: Skeleton, index: int) -> bool:
    """Whether an element is made to be pressed."""
    one = bones.branches[index]
    return one.tag in _CONTROLS or one.attributes.get("role", "") in _ROLES


def belongs(bones: Skeleton, hit: int, meant: list[int]) -> bool:
    """Whether what is met is one of the nodes meant, or inside one with no other control in
    between (a link in a label is another)."""
    if hit < 0:
        return False
    for one in (hit, *bones.branches[hit].above(bones.branches)):
        if one in meant:
            return True
        if is_control(bones, one):
            return False
    return False


async def _has_face(tab: Tab, bones: Skeleton, index: int) -> bool:
    """Whether a native input is hidden from the eye only, and what stands for it is not covered:
    the nearest element around it that has a size is met at its own place."""
    one = bones.branches[index]
    if one.tag != "input" or one.attributes.get("type", "").lower() not in ("checkbox", "radio"):
        return False
    for above in list(one.above(bones.branches))[:_FACE]:
        holder = bones.branches[above]
        if holder.kind != "element" or holder.tag in ("body", "html"):
            return False
        if await boxes_of(tab.session, holder.number, least=_LEAST):
            return await shows(tab, bones, above)
    return False


async def shows(tab: Tab, bones: Skeleton, index: int) -> bool:
    """Whether the mouse meets a node in the middle of its largest part."""
    boxes = await boxes_of(tab.session, bones.branches[index].number)
    if not boxes:
        return False
    hit = bones.places.get(await met_at(tab.session, *boxes[0].middle), -1)
    return belongs(bones, hit, meant_by(bones, index))


async def _choose_in_menu(tab: Tab, bones: Skeleton, index: int, option: str) -> _Try:
    """Opens a menu of the page's own and presses the one option of these words."""
    found = await _option(tab, option)
    if not found:
        done = await _press(tab, bones, index)
        if done != "pressed":
            return done
        until = time.monotonic() + _OPENED_WITHIN
        while not found and time.monotonic() < until:
            await asyncio.sleep(0.1)
            found = await _option(tab, option)
    return await press(tab, found) if found else "gone"


async def _option(tab: Tab, words: str) -> int:
    """The number of the one option of these words; 0 where there is none, or more than one."""
    seen = await ax.look(tab.session, "", "")
    fitting = [
        one for one in seen.nodes if one.role in _OPTIONS and plain(one.name) == plain(words)
    ]
    return int(fitting[0].ref) if len(fitting) == 1 else 0
