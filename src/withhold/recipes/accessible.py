"""A saved page as assistive technology would see it: a ``Look`` from elements.

Every element that is rendered is a node, and every run of text; what is hidden by markup is in
none. A class that a style sheet hides cannot be told from one that it shows.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from withhold.recipes.accessible_names import Names
from withhold.recipes.accessible_roles import (
    is_disabled,
    is_gone,
    is_native_control,
    level_of,
    parts_of,
    role_of,
    state_of,
    style_of,
)
from withhold.recipes.page import Look, Node
from withhold.recipes.saved_html import Broken, Element, composed

LIMIT = 20_000
"""Nodes of one look, as of a page in a window."""
_FRAMES_IN_FRAMES = 5
_LONG = 300

_NAMELESS = ("generic", "paragraph", "document", "listitem", "row")


class Document(Struct, frozen=True):
    """One document, and the host that it is from."""

    page: Element
    host: str


class Seen(Struct, frozen=True, kw_only=True):
    """A look, the nodes in it whose state the browser holds and no file does, and whether parts
    of the page are not in the file: frames that were saved elsewhere or not at all."""

    look: Look
    native: frozenset[int]
    parts_missing: bool


class _Waiting(Struct):
    """Something that is to become a node: what it is in, and what that means for it."""

    one: Element | str
    parent: int
    document: Document
    names: Names
    visible: bool = True
    disabled: bool = False
    frames: int = 0


def seen(document: Document, address: str, frames: Mapping[str, Document]) -> Seen:
    """The page with its frames in place; ``frames`` by what stands in their ``src``. Raises
    Broken for a page that is too large."""
    return _Walk(frames).whole(document, address)


class _Walk:
    def __init__(self, frames: Mapping[str, Document]) -> None:
        self._frames = dict(frames)
        self._nodes: list[Node] = []
        self._native: set[int] = set()
        self._missing = False
        self._waiting: list[_Waiting] = []

    def whole(self, document: Document, address: str) -> Seen:
        self._enter(document, -1, 0)
        while self._waiting:
            at = self._waiting.pop()
            if isinstance(at.one, str):
                self._text(at.one, at)
            elif not is_gone(at.one):
                self._element(at.one, at)
        lang = document.page.attributes.get("lang", "")
        look = Look(address=address, nodes=tuple(self._nodes), lang=lang)
        return Seen(look=look, native=frozenset(self._native), parts_missing=self._missing)

    def _enter(self, document: Document, parent: int, frames: int) -> None:
        names = Names(document.page)
        composed(document.page)
        self._waiting.append(_Waiting(document.page, parent, document, names, frames=frames))

    def _text(self, text: str, at: _Waiting) -> None:
        words = " ".join(text.split())
        if words and at.visible:
            host = at.document.host
            ref = str(len(self._nodes))
            self._add(Node(ref=ref, role="text", name=words[:2000], parent=at.parent, host=host))

    def _element(self, one: Element, at: _Waiting) -> None:
        visible = _visible(one, at.visible)
        role = role_of(one)
        disabled = at.disabled or (one.tag == "fieldset" and "disabled" in one.attributes)
        index = at.parent
        if visible:
            index = self._node(one, role, disabled, at)
            if one.tag in ("iframe", "frame"):
                self._frame(one, index, at)
        if role == "option":  # its text is its name
            return
        for each in reversed(parts_of(one)):
            self._waiting.append(
                _Waiting(each, index, at.document, at.names, visible, disabled, at.frames)
            )

    def _node(self, one: Element, role: str, disabled: bool, at: _Waiting) -> int:
        name = "" if role in _NAMELESS else at.names.of(one, role)
        index = len(self._nodes)
        if is_native_control(one):
            self._native.add(index)
        self._add(
            Node(
                ref=str(index),
                role=role,
                name=name,
                state=state_of(one, role),
                value=self._value(one, role, at.names),
                level=level_of(one) if role == "heading" else 0,
                parent=at.parent,
                host=at.document.host,
                attributes={key: value[:_LONG] for key, value in one.attributes.items()},
                disabled=is_disabled(one, disabled),
            )
        )
        return index

    def _value(self, one: Element, role: str, names: Names) -> str:
        """What a menu of the page's own making shows as chosen; of a native one nobody knows."""
        return names.text(one) if role == "combobox" and not is_native_control(one) else ""

    def _add(self, node: Node) -> None:
        self._nodes.append(node)
        if len(self._nodes) > LIMIT:
            raise Broken("too-large")

    def _frame(self, one: Element, index: int, at: _Waiting) -> None:
        document = self._frames.pop(one.attributes.get("src", ""), None)
        if document is not None and at.frames < _FRAMES_IN_FRAMES:
            self._enter(document, index, at.frames + 1)
        else:
            self._missing = True


def _visible(one: Element, visible: bool) -> bool:
    said = style_of(one).get("visibility", "")
    return said == "visible" if said in ("visible", "hidden", "collapse") else visible
