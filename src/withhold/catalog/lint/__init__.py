"""Checks of ``knowledge/``: one file per check; check id = file name = section of the docs.

A check is a module with ``check(knowledge, root, today) -> Iterator[Finding]``; its docstring says
what must hold and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType

from withhold.catalog.lint.finding import Finding
from withhold.catalog.load import Knowledge, default_root, load

CHECKS = (
    "actors",
    "authorities",
    "claims",
    "clauses",
    "clocks",
    "controllers",
    "covers",
    "dates",
    "hosts",
    "languages",
    "laws",
    "letters",
    "menus",
    "places",
    "policies",
    "policy_words",
    "quotes",
    "ranges",
    "recipes",
    "replies",
    "reveals",
    "sentences",
    "slugs",
    "sources",
    "tokens",
    "verified",
)


def module(name: str) -> ModuleType:
    """The module of one check."""
    return import_module(f"withhold.catalog.lint.{name}")


def lint(root: Path | None, today: date) -> Iterator[Finding]:
    """All findings over all knowledge; raises BadKnowledge where a file cannot be read at all."""
    root = root or default_root()
    knowledge: Knowledge = load(root)
    for name in CHECKS:
        for found in module(name).check(knowledge, root, today):
            yield found.by(name, root)
