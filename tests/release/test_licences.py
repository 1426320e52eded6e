"""The GPL comes in by the one extra that says so, whatever an extra requires and that requires."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from email.message import Message
from types import ModuleType

import pytest

from tests.release.conftest import REPO

EXTRAS = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
PAGE = REPO / "docs" / "reference" / "licences.md"


@pytest.mark.parametrize("extra", ["base", *sorted(EXTRAS.keys() - {"dev", "images", "all"})])
def test_nothing_but_images_brings_the_gpl(extra: str, script: Callable[[str], ModuleType]) -> None:
    licences = script("licences")
    try:
        found = licences.closure(extra).packages
    except LookupError as why:
        pytest.skip(str(why))
    assert found
    assert {one.name: one.licence for one in found.values() if licences.is_gpl(one.licence)} == {}


def test_images_does_and_the_readme_says_so(script: Callable[[str], ModuleType]) -> None:
    licences = script("licences")
    try:
        found = licences.closure("images").packages
    except LookupError as why:
        pytest.skip(str(why))
    assert {one.name for one in found.values() if licences.is_gpl(one.licence)} == {"exiv2"}
    assert re.search(
        r"`?\[images\]`?.{0,60}exiv2.{0,80}GPL",
        (REPO / "README.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )


@pytest.mark.parametrize(
    ("said", "gpl", "lgpl"),
    [
        ("GPL-3.0-or-later", True, False),
        ("AGPL-3.0-only", True, False),
        ("GNU General Public License v3 (GPLv3)", True, False),
        ("GNU Affero General Public License v3", True, False),
        ("MIT AND GPL-2.0-only", True, False),
        ("MIT OR GPL-2.0-only", False, False),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False, False),
        ("LGPL-2.1-or-later", False, True),
        ("GNU Lesser General Public License v3 (LGPLv3)", False, True),
        ("GNU Library or Lesser General Public License (LGPL)", False, True),
        ("GPL-2.0-only OR LGPL-2.1-only", False, False),
        ("Apache-2.0", False, False),
        ("not stated", False, False),
        ("", False, False),
    ],
)
def test_a_licence_is_told(
    said: str, gpl: bool, lgpl: bool, script: Callable[[str], ModuleType]
) -> None:
    licences = script("licences")
    assert (licences.is_gpl(said), licences.is_lgpl(said)) == (gpl, lgpl)


def test_the_expression_comes_before_what_is_older(script: Callable[[str], ModuleType]) -> None:
    licence, said = script("licences").licence, Message()
    assert licence(said) == "not stated"
    said["License"] = "BSD\nand its text"
    assert licence(said) == "BSD"
    said["Classifier"] = "License :: OSI Approved :: MIT License"
    assert licence(said) == "MIT License"
    said["License-Expression"] = "GPL-3.0-or-later"
    assert licence(said) == "GPL-3.0-or-later"


def test_the_page_lists_what_is_required_and_marks_exiv2() -> None:
    text = PAGE.read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| \[([\w.-]+)\]", text, re.MULTILINE))
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(one for name in EXTRAS for one in EXTRAS[name] if name != "dev"),
    ]
    names = {re.split(r"[\[<>=;, ]", one)[0] for one in wanted} - {"withhold"}
    assert names - listed == set(), "python packaging/licences.py --write"
    assert [line.split("]")[0] for line in text.splitlines() if "**(GPL)**" in line] == ["| [exiv2"]
