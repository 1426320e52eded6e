"""What readers of archives stand on: tables, JSON, blocks and records of a repository."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from tests.archives.every_layout import fixtures
from tests.archives.sound import sound
from tests.fuzz.target import Target
from withhold.errors import BadInput
from withhold.exports import bluesky_car, csv_rows, json_items
from withhold.exports.notes import Notes
from withhold.exports.opened import Archive
from withhold.exports.parts import Files
from withhold.exports.reader import Hit, Options

_KEEPERS: list[Any] = []


@cache
def _folder() -> Path:
    _KEEPERS.append(tempfile.TemporaryDirectory(prefix="fuzz-"))
    return Path(_KEEPERS[-1].name)


def alone(name: str, use: Callable[[Files, str, Notes], None], body: bytes) -> None:
    """A file as the one file of an archive."""
    path = _folder() / name
    path.write_bytes(body)
    notes = Notes()
    with suppress(BadInput), Files([path], notes) as files:
        for one in files.paths:
            use(files, one, notes)


def table(files: Files, path: str, notes: Notes) -> None:
    """Rows by the names of their columns, numbered upwards; never an exception."""
    before = 0
    for number, row in csv_rows.rows(files, path, notes):
        assert number > before
        before = number
        assert all(isinstance(one, str) for pair in row.items() for one in pair)
    csv_rows.columns(files.head(path))


def values(files: Files, path: str, notes: Notes) -> None:
    """Items with their place, a whole file, a script's: never an exception."""
    for where in ("", "posts", "a.b"):
        for at, _ in json_items.items(files, path, notes, where):
            assert at == "" or at.startswith("/")
    list(json_items.items(files, path, notes, "", assigned=True))
    json_items.whole(files, path, notes)


def block(body: bytes) -> None:
    """BadBlock, or a value."""
    with suppress(bluesky_car.BadBlock):
        bluesky_car.decoded(body)
    bluesky_car.named(body)


def repository(body: bytes) -> None:
    """Records of any shape in a repository whose sums are right."""
    from tests.archives.made.bluesky import car
    from withhold.exports.bluesky import READER

    try:
        found = json.loads(body)
        whole = car(found) if isinstance(found, dict) else b""
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return
    path = _folder() / "a.car"
    path.write_bytes(whole)
    notes = Notes()
    with suppress(BadInput), Files([path], notes) as files:
        archive = Archive(files, notes, READER, Hit(layout="car", marks=1))
        sound(list(archive.posts(Options())), notes, files)


def _tables() -> Iterator[bytes]:
    for name in ("reddit", "substack csv and html", "youtube de", "linkedin complete"):
        for path, body in fixtures()[name]().items():
            if path.endswith(".csv") and body:
                yield body


def _jsons() -> Iterator[bytes]:
    yield from (b'[{"a": 1}, {"b": [2]}]', b'{"posts": [{"a": "\\u00c3\\u00a4"}], "a": {"b": [1]}}')
    yield from (b'window.YTD.a.part0 = [{"a": 1}];', b'{"a": 1}\n{"a": 2}\n', b"\xef\xbb\xbf[]")
    for body in fixtures()["facebook 2018"]().values():
        if body[:1] in (b"[", b"{"):
            yield body


def _blocks() -> Iterator[bytes]:
    import libipld

    from tests.archives.made.bluesky import post

    yield from (
        libipld.encode_dag_cbor(one) for one in (post("x"), {"l": None, "e": []}, [1.5, b"x"])
    )


def _records() -> Iterator[bytes]:
    from tests.archives.made.bluesky import post

    like = {"$type": "app.bsky.feed.like", "subject": {"uri": "at://x", "cid": "y"}}
    me = {"$type": "app.bsky.actor.profile", "displayName": "x", "description": "y"}
    reply = {"root": {"uri": "at://a", "cid": "b"}, "parent": {"uri": "at://a", "cid": "b"}}
    said = {
        "app.bsky.feed.post/3a": post("hello", langs=["de"]),
        "app.bsky.feed.post/3b": post("hi", reply=reply),
    }
    yield json.dumps(said).encode()
    yield json.dumps({"app.bsky.actor.profile/self": me, "app.bsky.feed.like/3c": like}).encode()


TARGETS = (
    Target(
        name="csv",
        law="rows numbered upwards; what does not fit is noted",
        once=partial(alone, "a.csv", table),
        seeds=_tables,
    ),
    Target(
        name="json",
        law="items with their places; what is no JSON is noted",
        once=partial(alone, "a.json", values),
        seeds=_jsons,
    ),
    Target(name="cbor", law="BadBlock or a value", once=block, seeds=_blocks, dictionary="bluesky"),
    Target(
        name="bluesky-records",
        law="records of any shape; every path in one of three lists",
        once=repository,
        seeds=_records,
        dictionary="atproto",
    ),
)
