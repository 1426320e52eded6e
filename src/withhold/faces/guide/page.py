"""A page of the guide before it is written: where it stands, what it is called, what fills it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Page(Struct, frozen=True, kw_only=True):
    """One page in one language.

    ``path`` is relative to the language's folder and ends in a slash (empty = the front page).
    ``kind`` groups pages in the search; empty = not found by it. ``card`` fills the picture that
    is shown where the page is shared: lines, place, mark.
    """

    path: str
    template: str
    title: str
    description: str
    values: Mapping[str, Any]
    kind: str = ""
    also: tuple[str, ...] = ()
    """Other words that the search finds it by: aliases, labels, tokens."""
    card: Card


class Card(Struct, frozen=True, kw_only=True):
    """What the shared picture says besides title and day."""

    lines: tuple[str, ...] = ()
    place: str = ""
    mark: str = ""
    name: str = ""
    """File name below ``pictures/``; pages that share a picture share a name. Empty = by path."""
