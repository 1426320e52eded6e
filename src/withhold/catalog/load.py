"""Loads ``knowledge/`` into one frozen value that the question can be asked of.

One small file per thing; slug = file name = id. ``history/`` holds superseded practices and
controls with their until-date; they are merged into their platform, so that an earlier ``when``
gets the answer of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from withhold.catalog.places import Places
from withhold.catalog.read import read
from withhold.claims import Claim
from withhold.errors import BadKnowledge
from withhold.facts import Actor, Control, Fact, Platform, Practice, Source, Text
from withhold.law_facts import Law
from withhold.site_facts import Crawler, Host, SignalKind

T = TypeVar("T", bound=Fact)


class History(Fact, frozen=True, kw_only=True):
    """Superseded facts of one platform, each with its ``until``."""

    of: str
    source: dict[str, Source]
    practice: list[Practice] = msgspec.field(default_factory=list)
    control: list[Control] = msgspec.field(default_factory=list)


class Retired(Fact, frozen=True, kw_only=True):
    """Slugs that are no longer used and what stands in their place."""

    slug: dict[str, str] = msgspec.field(default_factory=dict)


class Correction(Fact, frozen=True, kw_only=True):
    """A fact that was wrong here: which, since when it is put right, what stood there and why."""

    fact: str
    on: date
    text: Text


class Corrections(Fact, frozen=True, kw_only=True):
    """``history/corrections.toml``: mistakes of ours, kept; what others changed is no mistake."""

    correction: list[Correction] = msgspec.field(default_factory=list)


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known, or the part that was asked for. Keys are ids; crawlers' are tokens."""

    platforms: dict[str, Platform]
    actors: dict[str, Actor]
    places: Places
    laws: dict[str, Law] = {}
    crawlers: dict[str, Crawler] = {}
    signals: dict[str, SignalKind] = {}
    hosts: dict[str, Host] = {}
    claims: dict[str, Claim] = {}
    retired: dict[str, str] = {}
    corrections: tuple[Correction, ...] = ()
    """Newest first."""
    superseded: frozenset[tuple[str, str]] = frozenset()
    """(platform, practice or control) that stand in ``history/``."""

    def file_of(self, owner: Platform | Actor, thing: str = "") -> str:
        """The file of knowledge that a practice or control rests on, as ``platforms/x.toml#id``."""
        folder = "platforms" if isinstance(owner, Platform) else "actors"
        if folder == "platforms" and (owner.id, thing) in self.superseded:
            folder = "history"
        return f"{folder}/{owner.id}.toml" + (f"#{thing}" if thing else "")


def default_root() -> Path:
    """Where the knowledge of this installation lies: in the package, or beside ``src/``."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "knowledge"
    return inside if inside.is_dir() else package.parents[1] / "knowledge"


def ids_in(root: Path, folder: str) -> list[str]:
    """The ids of a folder of knowledge, sorted."""
    return sorted(path.stem for path in (root / folder).glob("*.toml"))


def load(
    root: Path | None = None, platforms: Iterable[str] | None = None, crawlers: bool = True
) -> Knowledge:
    """What stands in ``root``; ``platforms`` and ``crawlers`` limit what is read, for speed.

    Raises BadKnowledge for the first file that does not hold.
    """
    root = root or default_root()
    if not (root / "platforms").is_dir():
        raise BadKnowledge(f"{root}: no knowledge there", "give a folder that holds platforms/")
    wanted = ids_in(root, "platforms") if platforms is None else list(platforms)
    superseded: set[tuple[str, str]] = set()
    retired = root / "history" / "retired.toml"
    return Knowledge(
        platforms={
            one: _platform(root / "platforms" / f"{one}.toml", root, superseded) for one in wanted
        },
        actors={
            one: _named(root / "actors" / f"{one}.toml", Actor, root)
            for one in ids_in(root, "actors")
        },
        places=Places.read(root / "places.toml"),
        laws=_folder(root, "laws", Law, lambda law: law.id),
        crawlers=_folder(root, "crawlers", Crawler, lambda one: one.token) if crawlers else {},
        signals=_folder(root, "signals", SignalKind, lambda one: one.id),
        hosts=_folder(root, "hosts", Host, lambda one: one.id),
        claims=_folder(root, "claims", Claim, lambda one: one.id),
        retired=read(retired, Retired, "history/retired.toml").slug if retired.is_file() else {},
        corrections=_corrections(root / "history" / "corrections.toml"),
        superseded=frozenset(superseded),
    )


def _corrections(path: Path) -> tuple[Correction, ...]:
    if not path.is_file():
        return ()
    found = read(path, Corrections, "history/corrections.toml").correction
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def complete(known: Knowledge) -> Knowledge:
    """The same knowledge, if every actor it names is there; raises BadKnowledge."""
    for platform in known.platforms.values():
        for actor in (platform.operator, *(one.actor for one in platform.practice)):
            if actor not in known.actors:
                raise BadKnowledge(
                    f"platforms/{platform.id}.toml: unknown actor {actor}",
                    "withhold knowledge lint names the line; actors stand in knowledge/actors/",
                )
    for crawler in known.crawlers.values():
        if crawler.operator not in known.actors:
            raise BadKnowledge(
                f"crawlers/{crawler.id}.toml: unknown actor {crawler.operator}",
                "withhold knowledge lint names the line; actors stand in knowledge/actors/",
            )
    return known


def _platform(path: Path, root: Path, superseded: set[tuple[str, str]]) -> Platform:
    """A platform with its superseded practices and controls, which join ``superseded``."""
    now = _named(path, Platform, root)
    older = root / "history" / path.name
    if not older.is_file():
        return now
    before = read(older, History, f"history/{path.name}")
    if before.of != path.stem:
        raise BadKnowledge(
            f"history/{path.name}:1: of: expected `{path.stem}`", "the name of the file"
        )
    for name in before.source.keys() & now.source.keys():
        if before.source[name] != now.source[name]:
            raise BadKnowledge(
                f"history/{path.name}: source.{name}: says something else in platforms/{path.name}",
                "the same in both, or another name for one of them",
            )
    superseded.update((path.stem, one.id) for one in before.practice)
    superseded.update((path.stem, one.id) for one in before.control)
    return msgspec.structs.replace(
        now,
        source=before.source | now.source,
        practice=[*now.practice, *before.practice],
        control=[*now.control, *before.control],
    )


def _named(path: Path, kind: type[T], root: Path) -> T:
    shown = str(path.relative_to(root))
    thing = read(path, kind, shown)
    if getattr(thing, "id", path.stem) != path.stem:
        raise BadKnowledge(
            f"{shown}: id: expected `{path.stem}`, the name of the file", "slug = file name = id"
        )
    return thing


def _folder(root: Path, folder: str, kind: type[T], key: Callable[[T], str]) -> dict[str, T]:
    things = (_named(root / folder / f"{one}.toml", kind, root) for one in ids_in(root, folder))
    return {key(thing): thing for thing in things}
