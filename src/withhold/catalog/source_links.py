"""The addresses of all sources of ``knowledge/``, each once, with the files that name it.

A source is a table with ``url``, ``kind`` and ``seen``, in whatever file it stands: a new kind of
file is found without a word here. What a file says of its facts is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct

from withhold.errors import BadKnowledge

LEFT_OUT = ("schema",)
"""Folders without knowledge."""
_WORDS_FROM = ("sources", "source")
"""Fields by which a fact names what it rests on."""


class Named(Struct, frozen=True, kw_only=True):
    """One place that names a source: the file, what the source is called there, whose words.

    ``alone`` are the facts of that file which rest on nothing else.
    """

    file: str
    source: str
    kind: str
    seen: date
    alone: tuple[str, ...] = ()


class Link(Struct, frozen=True, kw_only=True):
    """One address, without the part behind ``#``, which no server is told."""

    url: str
    named: tuple[Named, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Whose words it is, as the files say; sorted."""
        return tuple(sorted({one.kind for one in self.named}))

    @property
    def seen(self) -> date:
        """The newest day on which the source said what a file rests on it."""
        return max(one.seen for one in self.named)


def links(root: Path) -> list[Link]:
    """All addresses, sorted; raises BadKnowledge for a file that cannot be read."""
    found: dict[str, list[Named]] = {}
    for path in sorted(root.rglob("*.toml")):
        shown = path.relative_to(root)
        if shown.parts[0] not in LEFT_OUT:
            for url, named in _of_file(_read(path, shown.as_posix()), shown.as_posix()):
                found.setdefault(url, []).append(named)
    return [Link(url=url, named=tuple(found[url])) for url in sorted(found)]


def _read(path: Path, shown: str) -> dict[str, Any]:
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as why:
        raise BadKnowledge(f"{shown}: cannot be read", "withhold knowledge lint says why") from why


def _of_file(body: dict[str, Any], file: str) -> Iterator[tuple[str, Named]]:
    alone = _alone(body)
    for name, table in _sources(body, ""):
        url = str(table["url"]).partition("#")[0]
        yield (
            url,
            Named(
                file=file,
                source=name,
                kind=str(table["kind"]),
                seen=_day(table["seen"]),
                alone=tuple(sorted(alone.get(name, ()))),
            ),
        )


def _sources(thing: Any, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(thing, dict):
        if {"url", "kind", "seen"} <= thing.keys() and isinstance(thing["seen"], date):
            yield name, thing
        for key, value in thing.items():
            yield from _sources(value, key)
    elif isinstance(thing, list):
        for one in thing:
            yield from _sources(one, name)


def _alone(body: dict[str, Any]) -> dict[str, set[str]]:
    """By the name of a source the facts of the file that name it and no other."""
    found: dict[str, set[str]] = {}

    def walk(thing: Any, at: str) -> None:
        if isinstance(thing, dict):
            at = str(thing.get("id", at))
            for field in _WORDS_FROM:
                said = thing.get(field)
                names = [said] if isinstance(said, str) else said
                if isinstance(names, list) and len(set(map(str, names))) == 1:
                    found.setdefault(str(names[0]), set()).add(at)
            for key, value in thing.items():
                walk(value, key if isinstance(value, dict | list) else at)
        elif isinstance(thing, list):
            for one in thing:
                walk(one, at)

    walk(body, "")
    return found


def _day(said: date) -> date:
    """A date; of a moment its day."""
    return date(said.year, said.month, said.day)
