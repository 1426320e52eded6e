"""Roles, names and states of a saved page, by a table written after the standards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.unit.recipes.pages import HOST
from tests.unit.recipes.saved_pages import chromium
from withhold.recipes.saved import open_saved

CASES = msgspec.toml.decode((Path(__file__).parent / "named_elements.toml").read_bytes())["case"]
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


@pytest.mark.parametrize("case", CASES, ids=[one["id"] for one in CASES])
def test_named(case: dict[str, Any]) -> None:
    nodes = open_saved(chromium(case["markup"]), [HOST]).seen.look.nodes
    told = [
        [one.role, one.name, one.state.replace("none", "")] for one in nodes if one.role in ROLES
    ]
    assert told == case["nodes"]
