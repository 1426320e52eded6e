"""Elements of a page before it is text: made in Python, mutated, then HTML or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})


@dataclass
class El:
    """One element. ``kind`` says to the mutator what it is; it never reaches the page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[El | str] = field(default_factory=list)
    kind: str = ""

    def walk(self) -> Iterator[El]:
        """This element and all below, in document order."""
        yield self
        for one in self.children:
            if isinstance(one, El):
                yield from one.walk()

    def of_kind(self, kind: str) -> list[El]:
        """All elements of a kind."""
        return [one for one in self.walk() if one.kind == kind]

    def each(self, change: Callable[[El], None]) -> None:
        """Changes every element below and this one; what is added meanwhile is left alone."""
        for one in list(self.walk()):
            change(one)


def el(tag: str, *children: El | str, kind: str = "", **attributes: str) -> El:
    """``el("p", "text", id="a", data_part="x", class_="row")``; an empty string is no attribute."""
    named = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value != ""
    }
    return El(tag, named, list(children), kind)


def html(node: El | str) -> str:
    """HTML of an element. An attribute whose value is its own name is written bare."""
    if isinstance(node, str):
        return escape(node, quote=False)
    written = "".join(
        f" {name}" if value == name else f' {name}="{escape(value)}"'
        for name, value in node.attributes.items()
    )
    if node.tag in VOID:
        return f"<{node.tag}{written}>"
    return f"<{node.tag}{written}>{''.join(html(one) for one in node.children)}</{node.tag}>"


def as_json(node: El | str) -> Any:
    """The same as nested lists, for a page that builds itself: ``[tag, attributes, children]``."""
    if isinstance(node, str):
        return node
    return [node.tag, node.attributes, [as_json(one) for one in node.children]]
