"""Writing files: never over one that is there, and never half a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach.half_written import half_written


def write_new(path: Path, text: str) -> None:
    """A file that did not exist; raises BadInput where it does or where it may not be written."""
    if path.exists():
        raise BadInput(f"{path} is there already", "edit it, or choose another name")
    write(path, text.encode("utf-8"))


def write_new_private(path: Path, data: bytes) -> None:
    """The same for bytes that are nobody else's business, such as a letter: mode 0600."""
    must_be_new(path)
    write(path, data, mode=0o600)


def must_be_new(path: Path) -> None:
    """Raises BadInput where something is there: nothing is written over."""
    if path.exists():
        raise BadInput(f"{path} is there already", "choose another name")


def write_new_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """A private folder (0700, files 0600) that was not there, or was empty; BadInput else.

    An empty one must be ours and no link: whoever owns a folder can put other files in the place
    of those in it.
    """
    try:
        if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(f"{folder} is there already", "choose a folder that is not there yet")
        if folder.is_symlink() or (folder.is_dir() and not _is_ours(folder)):
            raise BadInput(f"{folder} is a link, or another user's", "choose one that is not there")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as why:
        raise BadInput(
            f"{folder}: cannot be written ({why.strerror})", "choose a folder that is yours"
        ) from why
    for name, data in files:
        write(folder / name, data, mode=0o600)


def write(path: Path, data: bytes, mode: int = 0o644) -> None:
    """The whole file or nothing: written beside its place, then moved there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half_written(path, mode) as stream:
            stream.write(data)
    except OSError as why:
        raise BadInput(
            f"{path}: cannot be written ({why.strerror})", "choose a folder that is yours"
        ) from why


def _is_ours(folder: Path) -> bool:
    """Whether it belongs to who runs this; where there are no such owners, it does."""
    return not hasattr(os, "geteuid") or folder.stat().st_uid == os.geteuid()


LISTED = ".withhold-guide"
"""Names the files of a folder that are ours: nothing else in it is written over or taken away."""


class Written(Struct, frozen=True, kw_only=True):
    """What writing a folder did: files that are there now, new or changed ones, removed, bytes."""

    files: int
    changed: int
    removed: int
    size: int


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> Written:
    """Writes files below a folder, and takes away those of an earlier time that are no more.

    A file that we did not write (a ``.git``, a ``CNAME``) is never touched: where one stands in
    the way, BadInput names it before anything is written over. Stopped in the middle, a later
    run knows all that is ours and goes on.
    """
    now: dict[str, None] = {}
    changed = size = 0
    try:
        ours = _listed(folder)
        folder.mkdir(parents=True, exist_ok=True)
        made: set[Path] = set()
        straight: set[Path] = set()
        _must_be_one(folder / LISTED)
        with (folder / LISTED).open("a", encoding="utf-8") as listed:
            for name, data in files:
                path = folder / name
                if path.parent not in straight:
                    link = _link_above(folder, name)
                    if link:
                        raise BadInput(f"{link} is a link that leads elsewhere", _ELSEWHERE)
                    straight.add(path.parent)
                there = path.read_bytes() if name in ours and path.is_file() else None
                if there is None and name not in ours and os.path.lexists(path):
                    raise BadInput(f"{path} is there already, and no guide wrote it", _ELSEWHERE)
                if name not in ours and name not in now:
                    listed.write(f"{name}\n")
                now[name] = None
                size += len(data)
                if there == data:
                    continue
                if path.parent not in made:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    made.add(path.parent)
                listed.flush()
                _put(path, data)
                changed += 1
        gone = [one for one in ours if one not in now]
        gone = [one for one in gone if _link_above(folder, one) is None]
        for name in gone:
            _take_away(folder / name)
        _drop_empty(folder, gone)
        _write_list(folder / LISTED, now)
    except OSError as why:
        raise BadInput(f"{folder}: cannot be written ({why.strerror})", _ELSEWHERE) from why
    return Written(files=len(now), changed=changed, removed=len(gone), size=size)


_ELSEWHERE = "choose an empty folder, or one that holds an earlier guide"


def _listed(folder: Path) -> dict[str, None]:
    """What an earlier run wrote; names that lead out of the folder are nobody's."""
    path = folder / LISTED
    if path.is_symlink():
        raise BadInput(f"{path} is a link that leads elsewhere", _ELSEWHERE)
    if not path.is_file():
        return {}
    try:
        names = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as why:
        raise BadInput(f"{path}: cannot be read", _ELSEWHERE) from why
    return {one: None for one in names if _can_be_ours(one)}


def _must_be_one(path: Path) -> None:
    """A list with a second name (a hard link) gets a file of its own, as it is appended to."""
    if path.is_file() and path.stat().st_nlink > 1:
        write(path, path.read_bytes())


def _write_list(path: Path, names: Iterable[str]) -> None:
    """In one order whoever was quicker, and not at all where it says so already."""
    text = "".join(f"{one}\n" for one in sorted(names)).encode("utf-8")
    if path.read_bytes() != text:
        write(path, text)


def _can_be_ours(name: str) -> bool:
    """Whether a guide can have written it; the list may have been edited by anybody."""
    return (
        name != LISTED and "\0" not in name and {"", ".", "..", ".git"}.isdisjoint(name.split("/"))
    )


def _link_above(folder: Path, name: str) -> Path | None:
    """The link, if there is one, through which a name below the folder leads out of it."""
    here = folder
    for part in name.split("/")[:-1]:
        here = here / part
        if here.is_symlink():
            return here
    return None


def _take_away(path: Path) -> None:
    """Removes a file of ours; a folder that stands there instead by now is nobody's."""
    if path.is_file() or path.is_symlink():
        path.unlink()


def _put(path: Path, data: bytes) -> None:
    """The whole file or nothing; thousands of them, so without asking for a name each time."""
    beside = path.with_name(f".{path.name}.withhold")
    beside.unlink(missing_ok=True)  # of a run that was killed; never written through
    with beside.open("xb") as stream:
        stream.write(data)
    beside.replace(path)


def _drop_empty(folder: Path, names: Iterable[str]) -> None:
    """Removes folders that held only what is gone."""
    for parent in sorted({(folder / one).parent for one in names}, key=lambda one: -len(one.parts)):
        here = parent
        while here != folder and here.is_dir() and not any(here.iterdir()):
            here.rmdir()
            here = here.parent
