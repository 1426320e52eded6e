"""An archive of one folder whose reader says what a test tells it to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from withhold.exports.notes import Notes
from withhold.exports.opened import Archive
from withhold.exports.parts import Files
from withhold.exports.post import Pointer, Post, Setting
from withhold.exports.reader import Hit, Options, Reader

NOW = datetime(2026, 8, 22, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
EXPORTED = date(2026, 7, 1)


def post(id_: str, **said: Any) -> Post:
    """A post on X."""
    return Post(**{"platform": "x", "id": id_, "text": f"text of {id_}", **said})


def setting(name: str = "protect-posts", value: str = "followers", **said: Any) -> Setting:
    """What ``settings.json`` says of a control."""
    fields = {"control": True, "source": Pointer(path="settings.json")}
    return Setting(name=name, value=value, **{**fields, **said})


def archive(
    folder: Path,
    posts: Iterable[Post] = (),
    settings: Iterable[Setting] = (),
    *,
    handle: str = "ada",
    exported: str = str(EXPORTED),
    platform: str = "x",
    bodies: dict[str, bytes] | None = None,
) -> Archive:
    """An archive in that folder; its reader says its settings first, as readers do."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in (bodies or {"settings.json": b"{}", "posts.json": b"[]"}).items():
        (folder / name).write_bytes(body)
    notes = Notes()

    def read(files: Files, notes: Notes, options: Options) -> Iterator[Post]:
        notes.account, notes.exported = handle, exported
        for path in files.paths:
            notes.read(path)
        for said in settings:
            notes.setting(said)
        for one in posts:
            if one.authored != "others" or options.others:
                yield one
            else:
                notes.understood["posts.json"].others += 1

    reader = Reader(platform=platform, names=lambda _: None, structure=lambda _: None, read=read)
    return Archive(Files([folder], notes), notes, reader, Hit(layout="made", marks=1))
