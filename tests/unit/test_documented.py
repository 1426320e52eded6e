"""Every module, class and function that others may use says what it answers.

A method that only fills a shape described elsewhere (a base class, a protocol) needs no words of
its own: those are named here, and none may be named that has them or is gone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import withhold

SOURCE = Path(withhold.__file__).parent
SHAPED_ELSEWHERE = {
    "exports/streams.py": {"Bounded.readable", "Bounded.readinto", "Bounded.close"},
    "exports/utf8.py": {"Pieces.readable", "Pieces.readinto"},
    "recipes/saved_still.py": {
        *("Still.look", "Still.press", "Still.choose", "Still.writes", "Still.fresh"),
        *("Still.crop", "Still.may_set", "Still.does", "Still.note"),
    },
    "traces/corpus/needles.py": {
        *("Published.platform", "Published.id", "Published.kind"),
        *("Published.text", "Published.url"),
    },
}
"""``io.RawIOBase``, the protocols ``Page`` and ``Journal``, and the fields of ``exports.Post``."""


def undocumented(text: str) -> list[str]:
    """What a module says nothing of: ``module``, and names of classes, functions and methods."""
    tree = ast.parse(text)
    found = [] if ast.get_docstring(tree) else ["module"]
    return found + list(_below(tree, ""))


def _below(node: ast.Module | ast.ClassDef, within: str) -> Iterator[str]:
    for one in node.body:
        if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if one.name.startswith("_"):
            continue
        if not ast.get_docstring(one):
            yield f"{within}{one.name}"
        if isinstance(one, ast.ClassDef):
            yield from _below(one, f"{one.name}.")


def test_what_says_nothing_is_seen() -> None:
    text = "class A:\n    def b(self): ...\n    def _c(self): ...\ndef d():\n    'said'\n"
    assert undocumented(text) == ["module", "A", "A.b"]


def test_every_public_name_says_what_it_answers() -> None:
    files = sorted(SOURCE.rglob("*.py"))
    assert len(files) > 700
    silent = {
        one.relative_to(SOURCE).as_posix(): set(names)
        for one in files
        if (names := undocumented(one.read_text(encoding="utf-8")))
    }
    assert silent == SHAPED_ELSEWHERE
