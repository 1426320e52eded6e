"""A page as assistive technology sees it: the DOM as the skeleton, roles and names of the browser.

Chrome DevTools Protocol: ``DOM.describeNode`` gives elements, attributes and text with open shadow
roots and the frames of the same process; ``Accessibility.getFullAXTree`` gives role, name and
state (WAI-ARIA 1.2, accname 1.2, core-aam 1.2). They are joined by ``backendDOMNodeId``.

No value that somebody typed is read: values of inputs stand in neither (an attribute is what the
page was served with; what the accessibility tree says of a text field is left out).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Error

from withhold.reach.asked import large
from withhold.reach.skeleton import Branch, Skeleton, skeleton
from withhold.recipes.page import Look, Node

LIMIT = 20_000
"""Nodes of one look; a page with more is not read (trouble ``too-large``)."""
_ATTRIBUTES = 40
_LONG = 300
_KEPT = frozenset(["id", "name", "type", "href", "title", "role", "for", "lang", "placeholder"])
_WITH_VALUE = frozenset(["radio", "checkbox", "button", "submit"])
_CHECKED = frozenset(["switch", "checkbox", "radio", "menuitemcheckbox", "menuitemradio"])
_SELECTED = frozenset(["option", "tab", "treeitem", "row", "gridcell"])
_NAMES = {
    "StaticText": "text",
    "Iframe": "iframe",
    "IframePresentational": "iframe",
    "RootWebArea": "document",
    "image": "img",
    "LabelText": "generic",
    "none": "generic",
    "popUpButton": "combobox",
    "comboBoxSelect": "combobox",
    "comboBoxMenuButton": "combobox",
    "comboBoxGrouping": "combobox",
    "menuListOption": "option",
    "toggleButton": "button",
}
"""Chrome's own names where they differ from those of WAI-ARIA; any other stays as it is."""

State = Literal["on", "off", "mixed", "none"]
Said = dict[str, Any]
"""One node of the accessibility tree as the protocol gives it."""


async def look(session: CDPSession, address: str, prefix: str) -> Look:
    """What is there now; ``prefix`` begins every ref. Raises what the protocol raises."""
    bones, top = await asyncio.gather(
        skeleton(session), large(session, "Accessibility.getFullAXTree")
    )
    said: dict[int, Said] = {}
    _take(said, top)
    for frame in bones.frames:
        try:
            tree = await large(session, "Accessibility.getFullAXTree", {"frameId": frame})
        except Error:
            continue  # a frame that went away, or that another process holds: its place is shown
        _take(said, tree)
    nodes = _joined(bones, said, prefix)
    if nodes is None:
        return Look(address=address, trouble="too-large")
    return Look(address=address, nodes=nodes, lang=bones.lang)


def _take(said: dict[int, Said], tree: Said) -> None:
    for one in tree["nodes"]:
        number = one.get("backendDOMNodeId")
        # inline boxes and list markers have no number of their own, or repeat their text's
        if number is not None and one["role"]["value"] != "InlineTextBox":
            said[number] = one


def _joined(bones: Skeleton, said: dict[int, Said], prefix: str) -> tuple[Node, ...] | None:
    """The nodes that are rendered, with what holds them; None where there are too many."""
    branches = bones.branches
    kept = [False] * len(branches)
    for index in range(len(branches) - 1, -1, -1):
        one = branches[index]
        kept[index] = kept[index] or _is_there(one, said, branches)
        if kept[index] and one.parent >= 0:
            kept[one.parent] = True
    if sum(kept) > LIMIT:
        return None
    places = [-1] * len(branches)
    nodes: list[Node] = []
    for index, one in enumerate(branches):
        above = places[one.parent] if one.parent >= 0 else -1
        if not kept[index] or one.kind == "root":
            places[index] = above
            continue
        places[index] = len(nodes)
        nodes.append(_node(one, said.get(one.number), prefix, above))
    return tuple(nodes)


def _is_there(one: Branch, said: dict[int, Said], branches: list[Branch]) -> bool:
    found = said.get(one.number)
    if found is not None and not found["ignored"]:
        return one.kind != "text" or bool(one.text.strip())
    if one.kind != "text" or not one.text.strip() or found is None:
        return False
    # the words of a <label> are left out by Chrome because they are the control's name already;
    # on the page they stand all the same
    return any(
        _reason(said.get(branches[above].number)) == "labelFor" for above in one.above(branches)
    )


def _reason(found: Said | None) -> str:
    reasons = found.get("ignoredReasons") if found else None
    return reasons[0]["name"] if reasons else ""


def _node(one: Branch, found: Said | None, prefix: str, parent: int) -> Node:
    ref = f"{prefix}{one.number}"
    if one.kind == "text":
        name = found.get("name", {}).get("value") if found else ""
        return Node(ref=ref, role="text", name=name or one.text, parent=parent, host=one.host)
    attributes = _attributes(one)
    if one.tag == "iframe":
        src = one.attributes.get("src", "")
        return Node(
            ref=ref,
            role="iframe",
            name=_name(found) or one.attributes.get("title", ""),
            value=host_of(src),
            parent=parent,
            host=one.host,
            attributes=attributes,
        )
    if found is None or found["ignored"]:
        return Node(ref=ref, role="generic", parent=parent, host=one.host, attributes=attributes)
    role = _role(found)
    more = {one["name"]: one["value"].get("value") for one in found.get("properties", ())}
    return Node(
        ref=ref,
        role=role,
        name=_name(found),
        state=_state(role, one, more),
        value=str(found.get("value", {}).get("value") or "") if role == "combobox" else "",
        level=int(more.get("level") or 0) if role == "heading" else 0,
        parent=parent,
        host=one.host,
        attributes=attributes,
        disabled=bool(more.get("disabled")),
    )


def _role(found: Said) -> str:
    role = str(found["role"]["value"])
    return _NAMES.get(role) or _NAMES.get(role[:1].lower() + role[1:]) or role


def _name(found: Said | None) -> str:
    return str(found.get("name", {}).get("value") or "") if found else ""


def _state(role: str, one: Branch, more: dict[str, Any]) -> State:
    """On or off only where the page says so: a ``role=switch`` without ``aria-checked`` counts as
    off for assistive technology, and may well be shown as on."""
    if role in _CHECKED:
        return _said_so(one, "aria-checked", more.get("checked"), native=one.tag == "input")
    if role == "button" and "pressed" in more:
        return _said_so(one, "aria-pressed", more["pressed"], native=False)
    if role in _SELECTED:
        if "aria-checked" in one.attributes:
            return _said_so(one, "aria-checked", more.get("checked"), native=False)
        return _said_so(one, "aria-selected", more.get("selected"), native=one.tag == "option")
    return "none"


def _said_so(one: Branch, attribute: str, value: object, *, native: bool) -> State:
    words: dict[str, State] = {"true": "on", "false": "off", "mixed": "mixed"}
    found = words.get(str(value).lower(), "none")
    if native:
        return found
    written = words.get(one.attributes.get(attribute, "").strip().lower(), "none")
    return written if "mixed" in (written, found) or written == found else "none"


def _attributes(one: Branch) -> dict[str, str]:
    """What may be an anchor: at most 40, 300 characters each; never what was typed."""
    found: dict[str, str] = {}
    for name, value in _worth_keeping(one):
        found[name] = value[:_LONG]
        if len(found) == _ATTRIBUTES:
            break
    return found


def _worth_keeping(one: Branch) -> Iterator[tuple[str, str]]:
    for name, value in one.attributes.items():
        if name in _KEPT or name.startswith(("data-", "aria-")):
            yield name, value
        elif name == "src" and one.tag == "iframe":
            yield name, value.partition("?")[0].partition("#")[0]
        elif name == "value" and (
            one.tag == "option" or one.attributes.get("type", "").lower() in _WITH_VALUE
        ):
            yield name, value


def host_of(url: str) -> str:
    """The host of an address in small letters, without its port; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
