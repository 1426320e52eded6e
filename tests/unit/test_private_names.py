"""A name with an underscore is its own module's: no other module reaches for it."""

from __future__ import annotations

import ast
from pathlib import Path

import withhold

SOURCE = Path(withhold.__file__).parent
PUBLIC = {"_make", "_asdict", "_replace", "_fields"}
"""What every named tuple has (collections.namedtuple); the underscore keeps it from fields."""


def reached_for(text: str) -> list[str]:
    """Private names of other modules of ours that a module's text names, in order."""
    tree = ast.parse(text)
    found, modules = [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("withhold"):
            modules |= {one.asname or one.name for one in node.names}
            found += [one.name for one in node.names if one.name.startswith("_")]
    for node in ast.walk(tree):
        of = node.value if isinstance(node, ast.Attribute) else None
        if not isinstance(of, ast.Name) or of.id not in modules or node.attr in PUBLIC:
            continue
        if node.attr.startswith("_"):
            found.append(f"{of.id}.{node.attr}")
    return [one for one in found if "__" not in one]


def test_what_reaches_for_a_private_name_is_seen() -> None:
    direct = "from withhold.signals.companies import _listened_to\n"
    through = "from withhold.faces.cli import check_site\nfind = check_site._licences\n"
    assert reached_for(direct) == ["_listened_to"]
    assert reached_for(through) == ["check_site._licences"]
    assert reached_for("from withhold import __version__\nself._own = 1\n") == []


def test_no_module_reaches_for_a_private_name_of_another() -> None:
    files = sorted(SOURCE.rglob("*.py"))
    assert len(files) > 100
    found = {
        str(one.relative_to(SOURCE)): names
        for one in files
        if (names := reached_for(one.read_text(encoding="utf-8")))
    }
    assert found == {}
