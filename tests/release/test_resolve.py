"""Wheels alone, for every system and Python: asked of the index (long), and how that is told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.release.conftest import REPO

PAGE = REPO / "docs" / "reference" / "platforms.md"
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def rows() -> dict[str, list[str]]:
    """Extra -> what its cells say; the page read by hand, not by the script that wrote it."""
    found = re.findall(r"^\| (base|\[\w+\]) \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    return {name.strip("[]"): said.split(" | ") for name, said in found}


def test_the_base_is_ok_on_every_system_of_the_page() -> None:
    assert rows()["base"] == ["ok"] * 7


def test_the_page_has_every_extra_and_names_what_it_requires() -> None:
    extras = PROJECT["optional-dependencies"]
    assert rows().keys() == {"base", *extras.keys() - {"dev"}}
    known = {re.split(r"[\[<>=;,! ]", one)[0] for some in extras.values() for one in some}
    for said in rows().values():
        for cell in said:
            named = {one.split(" (")[0] for one in cell.split("; ")} - {"ok"}
            assert named <= known


def test_every_python_that_is_promised_is_asked(script: Callable[[str], ModuleType]) -> None:
    promised = {
        one.rpartition(" :: ")[2]
        for one in PROJECT["classifiers"]
        if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", one)
    }
    asked = script("resolve_wheels").PYTHONS
    assert promised <= set(asked)
    assert f">={asked[0]}" == PROJECT["requires-python"]


def test_a_gap_is_told_and_read_back(script: Callable[[str], ModuleType]) -> None:
    wheels = script("resolve_wheels")
    gaps = {
        ("scale", "Windows x86_64", "3.14"): ("hyperscan", "rensa"),
        **{("scale", "Alpine arm64", one): ("hyperscan",) for one in wheels.PYTHONS},
    }
    told = wheels.page(gaps, ["base", "scale"])
    assert "| base | ok | ok | ok | ok | ok | ok | ok |\n" in told
    row = "| [scale] | ok | ok | ok | hyperscan | ok | ok | hyperscan (3.14); rensa (3.14) |\n"
    assert row in told
    assert wheels.listed(told) == gaps


def test_an_extra_that_names_others_brings_what_they_require(
    script: Callable[[str], ModuleType],
) -> None:
    wheels = script("resolve_wheels")
    found = wheels.expanded("x", {"x": ["a>=1", "withhold[y,z]"], "y": ["b"], "z": ["a>=1", "c"]})
    assert found == ["a>=1", "b", "c"]
    assert [wheels.name_of(one) for one in ("pypdf[crypto]>=7", "idna>=3", "exiv2", "a ; b")] == [
        *("pypdf", "idna", "exiv2", "a"),
    ]


@pytest.mark.long
def test_what_the_index_says_now(tmp_path: Path, script: Callable[[str], ModuleType]) -> None:
    """The base on every system with every Python; the extras on a sample. No gap is unlisted."""
    pytest.importorskip("uv", reason="uv is not installed")
    wheels = script("resolve_wheels")
    good, said = wheels.resolves(["msgspec"], "Linux x86_64", "3.12", tmp_path)
    if not good and "no usable wheels" not in said:
        pytest.skip(f"no package index answers: {said.strip()[:200]}")
    sample = [
        (extra, system, "3.13")
        for extra in wheels.declared().keys() - {"base", "all", "spark", "scale"}
        for system in ("Linux x86_64", "macOS arm64", "Windows x86_64")
    ]
    found = wheels.gaps([*wheels.cells_of(["base"]), *sorted(sample)], tmp_path)
    listed = wheels.listed(PAGE.read_text(encoding="utf-8"))
    new = {cell: set(lacks) - set(listed.get(cell, ())) for cell, lacks in found.items()}
    assert {cell: lacks for cell, lacks in new.items() if lacks} == {}
    assert not wheels.resolves(["pyspark>=4"], "Linux x86_64", "3.12", tmp_path)[0], (
        "what is source only is told from what has wheels"
    )
