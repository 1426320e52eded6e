"""Archives: of each platform a made one in which files hold what was fuzzed, and the openers.

An input of a platform is: an octet that says which of its layouts, then for each file that is
changed an octet that says which and its content, with ``BETWEEN`` before the next one. The other
files of the layout stay as they were made, so that a reader gets far.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from tests.archives.every_layout import fixtures
from tests.archives.mutated import Made
from tests.archives.sound import sound, valid
from tests.fuzz.target import Target
from withhold.errors import BadInput
from withhold.exports.notes import Notes
from withhold.exports.opened import READERS, Archive, open_archive
from withhold.exports.parts import Files
from withhold.exports.reader import Hit, Options

LONGEST = 12_288
BETWEEN = b"\xff\x00\xff"


class Laid:
    """The layouts of some fixtures in folders; one input after another is put into them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fuzz-")
        self._made: list[Made] = [fixtures()[name]() for name in names]
        for number, made in enumerate(self._made):
            for path, body in made.items():
                self._write(number, path, body)

    def put(self, data: bytes) -> tuple[Path, dict[str, bytes]]:
        """The folder with an input in it, and what has to be put back."""
        number = data[0] % len(self._made)
        made = self._made[number]
        paths = sorted(made)
        changed: dict[str, bytes] = {}
        for piece in data[1:].split(BETWEEN)[:4]:
            if piece:
                changed[paths[piece[0] % len(paths)]] = piece[1:]
        for path, body in changed.items():
            self._write(number, path, body)
        return self._top(number), {path: made[path] for path in changed}

    def put_back(self, top: Path, files: dict[str, bytes]) -> None:
        """All as it was made."""
        for path, body in files.items():
            (top / path).write_bytes(body)

    def _top(self, number: int) -> Path:
        return Path(self._folder.name) / str(number)

    def _write(self, number: int, path: str, body: bytes) -> None:
        file = self._top(number) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)


def layouts(platform: str) -> tuple[str, ...]:
    """The fixtures that are read by one reader."""
    others = {"youtube": "google", "wordpress": "wordpress.com"}
    wanted = {platform, others.get(platform, platform)}
    return tuple(name for name in fixtures() if name.split()[0] in wanted)


@cache
def laid(names: tuple[str, ...]) -> Laid:
    """The folders, made once in a process."""
    return Laid(names)


def read(platform: str, names: tuple[str, ...], data: bytes) -> None:
    """Posts and lists, never an exception; what is of this platform has every path in a list."""
    if not data:
        return
    reader = import_module(f"withhold.exports.{platform}").READER
    folders = laid(names)
    top, before = folders.put(data)
    notes = Notes()
    try:
        with Files([top], notes) as files:
            by_names, by_structure = reader.names(files.paths), reader.structure(files)
            hit = by_structure or by_names
            archive = Archive(files, notes, reader, hit or Hit(layout="", marks=0))
            posts = list(archive.posts(Options(others=len(data) % 2 == 1)))
            if hit:
                sound(posts, notes, files)
            for post in posts:
                valid(post)
    finally:
        folders.put_back(top, before)


def made_inputs(names: tuple[str, ...]) -> Iterator[bytes]:
    """Each file of each layout by itself, as it was made, if it is small."""
    for number, name in enumerate(names):
        made = fixtures()[name]()
        for at, path in enumerate(sorted(made)):
            if made[path] and len(made[path]) <= LONGEST and not path.endswith((".jpg", ".png")):
                yield bytes((number, at)) + made[path]


# What opens any -----------------------------------------------------------------------------------


def opened(name: str, data: bytes) -> None:
    """Whatever lies under this name: BadInput, or an archive with every path in a list."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            archive = open_archive(path)
        except BadInput:
            notes = Notes()
            with suppress(BadInput), Files([path], notes) as files:
                for one in files.paths[:50]:
                    with suppress(OSError):
                        files.body(one, 100_000)
            return
        with archive:
            posts = list(archive.posts())
            assert archive.complete
            sound(posts, archive.notes, archive.files)


def zips() -> Iterator[bytes]:
    for name in ("reddit", "mastodon actor", "claude", "linkedin basic", "x made_2019"):
        for known in fixtures():
            if known.startswith(name):
                yield zipped(fixtures()[known](), zipfile.ZIP_DEFLATED)
    yield zipped({"a.txt": b"x" * 50}, zipfile.ZIP_STORED)
    yield zipped({"a/b.json": b"{}", "c.csv": b"a,b\n1,2\n"}, zipfile.ZIP_BZIP2)


def zipped(made: Made, how: int) -> bytes:
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", how) as packed:
            for path, body in made.items():
                packed.writestr(zipfile.ZipInfo(path), body, how)
        return out.getvalue()


def tars() -> Iterator[bytes]:
    for mode in ("w:", "w:gz", "w:bz2", "w:xz"):
        for made in ({"a.txt": b"x" * 50}, {"a/outbox.json": b"{}", "a/actor.json": b"[]"}):
            with io.BytesIO() as out:
                with tarfile.open(fileobj=out, mode=mode) as packed:  # type: ignore[call-overload]
                    for path, body in made.items():
                        one = tarfile.TarInfo(path)
                        one.size = len(body)
                        packed.addfile(one, io.BytesIO(body))
                yield out.getvalue()


def loose(data: bytes) -> None:
    """One file under the names that single files of archives have."""
    ending = (".json", ".csv", ".xml", ".html", ".js", ".car", ".txt", "")[len(data) % 8]
    opened(f"export{ending}", data)


def singles() -> Iterator[bytes]:
    for name in ("wordpress wxr", "chatgpt 2023", "reddit", "tiktok txt", "tumblr"):
        for known in fixtures():
            if known.startswith(name.split()[0]):
                yield from (one for one in fixtures()[known]().values() if len(one) < 4000)


_DICTIONARIES = {
    **{"bluesky": "bluesky", "linkedin": "csv", "reddit": "csv", "wordpress": "markup"},
    **{"medium": "markup", "substack": "csv", "tumblr": "markup"},
}


def _platform(name: str, reader: str = "", only: tuple[str, ...] = ()) -> Target:
    """``only``: these layouts alone, of a platform that another's reader reads."""
    names = only or layouts(name)
    return Target(
        name=f"archive-{name}",
        law="data come out; posts keep to the closed lists, every path is in one of three",
        once=partial(read, reader or name, names),
        seeds=partial(made_inputs, names),
        longest=LONGEST,
        dictionary=_DICTIONARIES.get(name, "archives"),
    )


def _opener(
    name: str, once: Callable[[bytes], None], seeds: Callable[[], Iterator[bytes]]
) -> Target:
    return Target(
        name=name,
        law="BadInput, or an archive with every path in one of three lists",
        once=once,
        seeds=seeds,
        longest=16_384,
        dictionary="packed",
    )


TARGETS = (
    *map(_platform, READERS),
    _platform("threads", "instagram", ("instagram threads",)),
    _platform("google", "youtube", ("google activity",)),
    _opener("open-zip", partial(opened, "a.zip"), zips),
    _opener("open-tar", partial(opened, "a.tar.gz"), tars),
    _opener("open-file", loose, singles),
)
