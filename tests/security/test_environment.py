"""What the surroundings can change is listed in the threat model: nothing else is read or started.

The sources are read with Python's own parser; what the page does not name is a fault of the page.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain

from tests.journeys.run import PACKAGE, REPO

PAGE = REPO / "docs" / "explanation" / "security.md"
STARTERS = {"subprocess", "webbrowser", "multiprocessing"}


WORTH_READING = re.compile(r"environ|getenv|subprocess|webbrowser|shell|os\.(system|popen)")


@cache
def modules() -> list[tuple[str, ast.Module]]:
    """The modules in whose text there is anything of it, with what the parser makes of them."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    return [
        (path.relative_to(PACKAGE).as_posix(), ast.parse(text))
        for path, text in texts.items()
        if WORTH_READING.search(text)
    ]


def is_environ(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def names_read(tree: ast.Module) -> Iterator[str | None]:
    """The variables that a module asks for; None: one whose name the module makes up."""
    known = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        asked: ast.AST | None = None
        if isinstance(node, ast.Subscript) and is_environ(node.value):
            asked = node.slice
        elif isinstance(node, ast.Compare) and any(map(is_environ, node.comparators)):
            asked = node.left
        elif isinstance(node, ast.Call) and _asks(node.func) and node.args:
            asked = node.args[0]
        if asked is not None:
            if isinstance(asked, ast.Name):
                yield known.get(asked.id)
            else:
                yield asked.value if isinstance(asked, ast.Constant) else None


def _asks(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and (
        is_environ(function.value) or function.attr == "getenv"
    )


def test_every_variable_that_is_read_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = {(name, one) for name, tree in modules() for one in names_read(tree)}
    assert ("faces/cli/setting.py", "WITHHOLD_HOME") in found, "the parser finds them"
    assert len(found) > 10
    missing = {
        (module, one) for module, one in found if (f"`{one}`" if one else f"`{module}`") not in page
    }
    assert missing == set()


def test_every_program_that_is_started_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    started = set()
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                used = {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                used = {(node.module or "").partition(".")[0]}
            else:
                continue
            if used & (STARTERS - {"multiprocessing"}):
                started.add(name)
    assert "reach/git.py" in started
    assert {one for one in started if f"`{one}`" not in page} == set()


def test_no_program_goes_through_a_shell() -> None:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "shell":
                assert isinstance(node.value, ast.Constant), name
                assert node.value.value is False, name
            if isinstance(node, ast.Attribute) and node.attr in ("system", "popen"):
                assert not (isinstance(node.value, ast.Name) and node.value.id == "os"), name


def test_nothing_of_ours_is_run_at_install() -> None:
    """The wheel is made by a backend without hooks of ours, and brings no compiled code."""
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["build-system"]["build-backend"] == "hatchling.build"
    assert [one.partition(">")[0] for one in project["build-system"]["requires"]] == ["hatchling"]
    build = project["tool"].get("hatch", {}).get("build", {})
    assert "hooks" not in build
    assert all("hooks" not in one for one in build.get("targets", {}).values())
    for name in ("setup.py", "hatch_build.py", "conftest.py"):
        assert not (REPO / name).exists(), name
    assert [one for one in PACKAGE.rglob("*") if one.suffix in (".so", ".pyd", ".pth", ".c")] == []
    extras = project["project"]["optional-dependencies"].values()
    core = project["project"]["dependencies"]
    for needed in (*core, *chain.from_iterable(extras)):
        assert "@" not in needed, f"{needed}: taken from elsewhere than the registry"
    assert [one for one in core if ">" not in one] == [], "each has a lower bound"
