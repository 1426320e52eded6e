"""What every check finds after one change of the clean folder."""

from __future__ import annotations

from pathlib import Path

from tests.unit import folder
from withhold.catalog.lint import lint

Change = tuple[str, str, str]
"""File, what stands there, what is put in its place."""


def found(root: Path, *changes: Change) -> list[str]:
    """All findings of all checks, as they are printed."""
    for file, old, new in changes:
        folder.change(root, file, old, new)
    return [str(one) for one in lint(root, folder.TODAY)]
