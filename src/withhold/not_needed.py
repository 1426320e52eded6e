"""Modules that a library would read in wherever they are installed, and that nobody here needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from threading import get_ident


class _Missing(MetaPathFinder):
    """Some modules are not found, in this thread: others may need them at the same moment."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._thread = get_ident()

    def find_spec(self, name: str, *_: object) -> None:
        if name in self._names and get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is not needed here", name=name)


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Inside, these modules cannot be imported; of those that were already, nothing changes."""
    missing = _Missing(names)
    # a new list each time: who goes through the old one at this moment shall miss none of it
    sys.meta_path = [missing, *sys.meta_path]
    try:
        yield
    finally:
        sys.meta_path = [one for one in sys.meta_path if one is not missing]
