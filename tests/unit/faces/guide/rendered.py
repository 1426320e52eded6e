"""The guide of a made-up folder as pages in memory, and what no page may ever hold.

Pictures are left out (they have tests of their own), and everything runs in this process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from tests.unit import folder
from withhold.catalog.load import load
from withhold.faces.guide import build

OURS = {"checklist.js", "search.js"}
_MAY_LEAD = re.compile(r"(https?://|mailto:)[^\s]+|(?![a-z][a-z0-9+.-]*:)[^\s]*", re.IGNORECASE)


def guide(
    root: Path,
    patch: pytest.MonkeyPatch,
    langs: tuple[str, ...] = ("en",),
    when: date = folder.TODAY,
    **wanted: Any,
) -> dict[str, bytes]:
    """Path -> bytes of every file but pictures; no path may come twice."""
    patch.setattr(build, "card", lambda *_, **__: b"")
    patch.setattr(build, "side_by_side", lambda makers: (one for each in makers for one in each()))
    found: dict[str, bytes] = {}
    for path, body in build.files(load(root), root, build.Wanted(when=when, langs=langs, **wanted)):
        assert path not in found, path
        found[path] = body
    return {path: body for path, body in found.items() if not path.endswith(".png")}


def pages(found: dict[str, bytes]) -> Iterator[tuple[str, HTMLParser]]:
    """Every HTML file, parsed."""
    for path, body in found.items():
        if path.endswith(".html"):
            yield path, HTMLParser(body.decode("utf-8"))


def text(found: dict[str, bytes], path: str) -> str:
    """What a person reads in the main part of a page, spaces joined."""
    main = HTMLParser(found[path].decode("utf-8")).css_first("main")
    assert main is not None
    return " ".join(main.text(separator=" ").split())


def fragments(found: dict[str, bytes]) -> Iterator[tuple[str, HTMLParser]]:
    """The HTML inside the checklist data, parsed."""
    for path, body in found.items():
        if "checklist/" in path and path.endswith(".json"):
            for number, plan in enumerate(json.loads(body)["plans"]):
                parts = [plan["no_control"]] if plan["no_control"] else []
                for one in (*plan["steps"], *plan["last_resorts"], *parts):
                    for piece in (one["html"], *one.get("words", {}).values()):
                        yield f"{path}#{number}", HTMLParser(f"<body>{piece}")


def faults(found: dict[str, bytes]) -> list[str]:
    """What is wrong with any page: foreign scripts, handlers, ways to nowhere, empty sections."""
    said: list[str] = []
    for path, tree in (*pages(found), *fragments(found)):
        for node in tree.css("*"):
            said += [f"{path}: {one}" for one in _of_element(node)]
        said += [f"{path}: {one}" for one in _empty(tree)]
    return said


def _of_element(node: Node) -> Iterator[str]:
    attributes = node.attributes
    if node.tag in ("iframe", "object", "embed", "base", "img", "form") and node.id != "ask":
        yield f"<{node.tag}> stands here"
    if node.tag == "script":
        name = (attributes.get("src") or "").rpartition("/")[2]
        if name not in OURS or node.text().strip():
            yield f"a script that is not ours: {node.html}"
    if node.tag == "style" and not _inside(node, "svg"):
        yield "a style element"
    for name, value in attributes.items():
        if name.lower().startswith("on"):
            yield f"<{node.tag} {name}>"
        if name in ("href", "src", "action", "xlink:href") and not _MAY_LEAD.fullmatch(value or ""):
            yield f"<{node.tag} {name}={value!r}>"


def _inside(node: Node, tag: str) -> bool:
    above: Node | None = node
    while above is not None and above.tag != tag:
        above = above.parent
    return above is not None


def _empty(tree: HTMLParser) -> Iterator[str]:
    """Headings with nothing under them, and lists and paragraphs without a word."""
    for node in tree.css("main h2, main h3"):
        after = node.next
        while after is not None and (after.tag == "-text" and not after.text().strip()):
            after = after.next
        ends = after is None or after.tag in ("h1", "h2")
        hidden = any("hidden" in one.attributes for one in _above(node))
        if ends and not hidden and not node.css("a"):
            yield f"nothing stands under <{node.tag}> {node.text()!r}"
    for node in tree.css("main ul, main ol, main tbody, main dd, main p, main q"):
        script_fills = "id" in node.attributes or any(
            one.attributes.get("id") for one in _above(node) if one.tag in ("section", "template")
        )
        if not node.text().strip() and not script_fills and not _inside(node, "form"):
            yield f"an empty <{node.tag}>"


def _above(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent
