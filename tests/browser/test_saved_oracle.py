"""Roles, names and states from markup alone, held to those of Chromium for the same markup."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.unit.recipes.pages import HOST
from tests.unit.recipes.saved_pages import chromium
from withhold.recipes.page import Node
from withhold.recipes.saved import open_saved

pytestmark = pytest.mark.system
TABLE = Path(__file__).parents[1] / "unit" / "recipes" / "named_elements.toml"
CASES = msgspec.toml.decode(TABLE.read_bytes())["case"]
ROLES = [
    "switch",
    "checkbox",
    "radio",
    "radiogroup",
    "combobox",
    "button",
    "link",
    "tab",
    "menuitem",
    "menuitemcheckbox",
    "option",
    "heading",
    "dialog",
]
WRITTEN = {"true": "on", "false": "off", "mixed": "mixed"}


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Any]:
    """A tab of Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_as_chromium_has_it(case: dict[str, Any], browser_page: Any) -> None:
    body = chromium(case["markup"])
    assert _ours(open_saved(body, [HOST]).seen.look.nodes) == _theirs(browser_page, body.decode())


def _ours(nodes: tuple[Node, ...]) -> list[tuple[str, str, str]]:
    return [
        (one.role, one.name, "" if one.state == "none" else one.state)
        for one in nodes
        if one.role in ROLES
    ]


def _theirs(page: Any, text: str) -> list[tuple[str, str, str]]:
    """The same of Chromium's accessibility tree; states only where an attribute says them, since
    for a native control the browser's own counts there."""
    page.set_content(text)
    session = page.context.new_cdp_session(page)
    document = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
    attributes: dict[int, dict[str, str]] = {}
    _collect(document, attributes)
    found = []
    nodes = {one["nodeId"]: one for one in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    waiting = [next(iter(nodes.values()))["nodeId"]]
    while waiting:
        one = nodes[waiting.pop()]
        waiting.extend(reversed([child for child in one.get("childIds", ()) if child in nodes]))
        role = one["role"]["value"]
        if one["ignored"] or role not in ROLES:
            continue
        said = attributes.get(one.get("backendDOMNodeId"), {})
        name = " ".join(one.get("name", {}).get("value", "").split())
        found.append((role, name, _state(one, said)))
    return found


def _state(one: dict[str, Any], said: dict[str, str]) -> str:
    for prop in one.get("properties", ()):
        attribute = f"aria-{prop['name']}"
        if prop["name"] in ("checked", "pressed", "selected") and attribute in said:
            return WRITTEN.get(str(prop["value"].get("value")).lower(), "")
    return ""


def _collect(node: dict[str, Any], found: dict[int, dict[str, str]]) -> None:
    listed = node.get("attributes", [])
    found[node["backendNodeId"]] = dict(zip(listed[::2], listed[1::2], strict=True))
    for one in (*node.get("children", ()), *node.get("shadowRoots", ())):
        _collect(one, found)
