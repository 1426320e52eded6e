"""One finding of a check, and the walks over knowledge that checks share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.facts import Actor, Control, Platform, Practice, Source


class Finding(Struct, frozen=True, kw_only=True):
    """What does not hold, in which file of knowledge, at which line."""

    file: str
    message: str
    thing: str = ""
    check: str = ""
    line: int = 1

    def by(self, check: str, root: Path) -> Finding:
        """The finding with its check and the line at which the thing stands."""
        line = self.line if self.line > 1 else _line(root / self.file, self.thing)
        return replace(self, check=check, line=line)

    def __str__(self) -> str:
        about = f"{self.thing}: " if self.thing else ""
        return f"{self.file}:{self.line}: {about}{self.message} [{self.check}]"


def _line(path: Path, thing: str) -> int:
    if not thing or not path.is_file():
        return 1
    heads = (
        f'id = "{thing}"',
        f"[source.{thing}]",
        f"[target.{thing}]",
        f"[[sign.{thing}]]",
        f"[{thing}]",
        f'token = "{thing}"',
        f'actor = "{thing}"',
        f"{thing} = ",
    )
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip().startswith(heads):
            return number
    return 1


def practices(knowledge: Knowledge) -> Iterator[tuple[str, Platform | Actor, Practice]]:
    """(file, platform or actor, practice) for every practice there is."""
    owners: list[Platform | Actor] = [*knowledge.platforms.values(), *knowledge.actors.values()]
    for owner in owners:
        for one in owner.practice:
            yield knowledge.file_of(owner, one.id).partition("#")[0], owner, one


def controls(knowledge: Knowledge) -> Iterator[tuple[str, Platform, Control]]:
    """(file, platform, control) for every control there is."""
    for owner in knowledge.platforms.values():
        for one in owner.control:
            yield knowledge.file_of(owner, one.id).partition("#")[0], owner, one


def sources(knowledge: Knowledge) -> Iterator[tuple[str, str, Source]]:
    """(file, id, source) for every source there is."""
    for folder, things in (
        ("platforms", knowledge.platforms),
        ("actors", knowledge.actors),
        ("laws", knowledge.laws),
        ("crawlers", knowledge.crawlers),
        ("signals", knowledge.signals),
        ("hosts", knowledge.hosts),
        ("claims", knowledge.claims),
    ):
        for thing in things.values():
            for name, source in thing.source.items():
                yield f"{folder}/{thing.id}.toml", name, source
