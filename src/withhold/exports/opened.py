"""Opening an archive: which platform's it is, and its posts.

::

    with withhold.exports.open(path) as archive:
        for post in archive.posts(): ...
        archive.understood, archive.ignored, archive.not_understood
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from withhold.errors import BadInput, MissingExtra
from withhold.exports.no_archive import what_it_is
from withhold.exports.notes import Ignored, Notes, NotUnderstood, Read
from withhold.exports.parts import NESTED, Files
from withhold.exports.pictures import Pictures
from withhold.exports.post import Post
from withhold.exports.reader import Hit, Options, Reader
from withhold.exports.safe_path import is_media

READERS = (
    "bluesky", "chatgpt", "claude", "facebook", "instagram", "linkedin", "mastodon", "medium",
    "reddit", "substack", "tiktok", "tumblr", "wordpress", "x", "youtube",
)  # fmt: skip
"""One module of this package each."""


class Archive:
    """One archive of one platform. Its lists are complete once ``posts`` was read to the end."""

    def __init__(self, files: Files, notes: Notes, reader: Reader, hit: Hit) -> None:
        self.files, self.notes = files, notes
        self.platform, self.layout = reader.platform, hit.layout
        self.complete = False
        """Whether every file has its place in one of the three lists."""
        self._reader = reader

    @property
    def understood(self) -> list[Read]:
        """The files that were read, with how much came out of each."""
        return list(self.notes.understood.values())

    @property
    def ignored(self) -> dict[str, Ignored]:
        """The files that are not read, by path, and why."""
        return self.notes.ignored

    @property
    def not_understood(self) -> list[NotUnderstood]:
        """What could not be used: whole files, and entries with their place in a file."""
        return self.notes.not_understood

    def posts(self, options: Options | None = None) -> Iterator[Post]:
        """Every post in the order of the files; what cannot be used is noted. Read it once.

        Pictures have the place and time of their own EXIF where the archive's record has none.
        """
        pictures = Pictures(self.files, self.notes)
        posts = self._reader.read(self.files, self.notes, options or Options())
        yield from map(pictures, posts) if pictures.there else posts
        self._complete()

    def close(self) -> None:
        """Closes the files."""
        self.files.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _complete(self) -> None:
        """Gives the files that the reader did not name their place: nothing is passed over."""
        notes = self.notes
        named = {one.path for one in notes.not_understood}
        for path in self.files.paths:
            if path in notes.understood or path in notes.ignored or path in named:
                continue
            if is_media(path):
                notes.ignore(path, "media")
            elif path.lower().endswith(NESTED):
                notes.trouble(path, "no-reader", nested="archive")
            else:
                notes.trouble(path, "no-reader")
        self.complete = True


def open_archive(*names: Path, platform: str = "") -> Archive:
    """The archive in these files: parts of one.

    Raises BadInput for what is none that we read, or fits two platforms equally well;
    MissingExtra where a package is not installed.
    """
    notes = Notes()
    files = Files(names, notes)
    try:
        return Archive(files, notes, *_chosen(files, notes, platform))
    except BaseException:
        files.close()
        raise


def recognise(files: Files) -> list[tuple[Reader, Hit]]:
    """The readers that fit, best first: structure counts before names."""
    return [(reader, hit) for _, reader, hit in _ranked(files)]


def readers() -> list[Reader]:
    """All readers. Raises MissingExtra where one lacks a package."""
    found = []
    for name in READERS:
        try:
            found.append(import_module(f"withhold.exports.{name}").READER)
        except ModuleNotFoundError as gone:
            if (gone.name or "").startswith("withhold"):
                raise  # a fault of ours, not of the installation
            raise MissingExtra(
                f"{gone.name} is not installed, which reads archives",
                'pip install "withhold[archives]"',
            ) from gone
    return found


def _ranked(files: Files) -> list[tuple[tuple[int, int], Reader, Hit]]:
    found = []
    for reader in readers():
        by_names, by_structure = reader.names(files.paths), reader.structure(files)
        hit = by_structure or by_names
        if hit:
            marks = (by_structure.marks if by_structure else 0, by_names.marks if by_names else 0)
            found.append((marks, reader, hit))
    found.sort(key=lambda one: one[0], reverse=True)
    return found


def _chosen(files: Files, notes: Notes, platform: str) -> tuple[Reader, Hit]:
    ranked = _ranked(files)
    name = files.parts[0] if files.parts else "nothing"
    if platform:
        for _, reader, hit in ranked:
            if reader.platform == platform:
                return reader, hit
        if platform not in {reader.platform for reader in readers()}:
            raise BadInput(
                f"{platform}: no archives of that platform are read",
                f"--platform is one of {', '.join(reader.platform for reader in readers())}",
            )
        others = ", ".join(reader.platform for _, reader, _ in ranked)
        raise BadInput(
            f"{name}: not an archive of {platform}",
            f"it looks like one of {others}" if others else what_it_is(files, notes)[0],
        )
    if not ranked:
        said, tip = what_it_is(files, notes)
        raise BadInput(f"{name}: {said}", tip)
    equal = [reader.platform for marks, reader, _ in ranked if marks == ranked[0][0]]
    if len(equal) > 1:
        raise BadInput(
            f"{name}: fits {' and '.join(equal)} equally well", f"say which: --platform {equal[0]}"
        )
    return ranked[0][1:]
