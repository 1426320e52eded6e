"""Reading the samples of platforms whose archives are a few files each."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Post
from withhold.exports.reader import Options, Reader


def reader(name: str) -> Reader:
    """The reader of a platform."""
    found: Reader = import_module(f"withhold.exports.{name}").READER
    return found


def sample(corpus: Path, name: str) -> tuple[list[Post], Notes]:
    """All posts of a platform's samples; every file is in exactly one list."""
    notes = Notes()
    with Files([corpus / "exports" / name], notes) as files:
        posts = list(reader(name).read(files, notes, Options()))
        unread = {one.path for one in notes.not_understood} - set(notes.understood)
        assert len(notes.understood) + len(notes.ignored) + len(unread) == len(files.paths)
    return posts, notes


def only_its_own(corpus: Path, name: str, *, by_listing: bool = True) -> None:
    """The reader knows its samples by listing and by structure, and no other platform's."""
    for folder in sorted((corpus / "exports").iterdir()):
        if not folder.is_dir():
            continue
        with Files([folder], Notes()) as files:
            found = reader(name).names(files.paths), reader(name).structure(files)
        expected = (by_listing, True) if folder.name == name else (False, False)
        assert (found[0] is not None, found[1] is not None) == expected, folder.name
