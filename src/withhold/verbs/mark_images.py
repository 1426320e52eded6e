"""apply, of images: one wish into the metadata of many files, with the way back kept first."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach import images, undo
from withhold.signals.xmp import ImageWish

AT_ONCE = 128 * 1024 * 1024
"""Bytes of images that one run changes; with more there are several runs, to keep memory low."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one file: marked, already saying so, or refused with its one line."""

    path: Path
    state: Literal["marked", "says-so", "refused"]
    before: str = ""
    after: str = ""
    why: str = ""


class Marked(Struct, frozen=True):
    """All outcomes in the order of the files, and the runs that take them back, oldest first."""

    outcomes: tuple[Outcome, ...]
    runs: tuple[str, ...] = ()


def images_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and the images in the folders named, each once; raises BadInput.

    Links inside a folder and what lies in hidden folders are passed over.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = [one for one in sorted(path.rglob("*")) if _is_image(one, path)]
            if not inside:
                raise BadInput(f"{path}: no JPEG, PNG or WebP in it", "name the files themselves")
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise BadInput(f"{path}: there is no such file or folder", "name images or a folder")
    return list(found)


def _is_image(path: Path, folder: Path) -> bool:
    hidden = any(one.startswith(".") for one in path.relative_to(folder).parts)
    plain = path.is_file() and not path.is_symlink()
    return plain and not hidden and path.suffix.lower() in images.ENDINGS


def look(files: Iterable[Path], wish: ImageWish) -> Marked:
    """What marking would do; nothing is written. MissingExtra without the extra."""
    images.needs()
    return Marked(tuple(_prepared(one, wish)[0] for one in files))


def mark(files: Iterable[Path], wish: ImageWish, home: Path, now: datetime) -> Marked:
    """Marks what can be marked; the way back is registered before a file is written.

    One file that is refused does not stop the others. BadInput where a file cannot be written or
    was changed by somebody else meanwhile: what its run wrote before it can be rolled back.
    """
    images.needs()
    outcomes: list[Outcome] = []
    runs: list[str] = []
    waiting: list[images.Prepared] = []
    for path in files:
        outcome, one = _prepared(path, wish)
        outcomes.append(outcome)
        if one is not None and one.data is not None:
            waiting.append(one)
        if sum(len(one.was) for one in waiting) >= AT_ONCE:
            runs += _change(waiting, wish, home, now)
            waiting = []
    runs += _change(waiting, wish, home, now)
    return Marked(tuple(outcomes), tuple(runs))


def _change(waiting: Sequence[images.Prepared], wish: str, home: Path, now: datetime) -> list[str]:
    """One run over these images, below the folder that they share; its name."""
    if not waiting:
        return []
    # a link in the way to an image is followed here; the image itself is none
    places = [one.path.parent.resolve() / one.path.name for one in waiting]
    folder = Path(os.path.commonpath([one.parent for one in places]))
    wanted = [
        undo.Wanted(name=str(place.relative_to(folder)), before=one.was, after=one.data)
        for place, one in zip(places, waiting, strict=True)
    ]
    run = undo.change(home, folder, wanted, f"images {wish}", now)
    return [run.id] if run else []


def _prepared(path: Path, wish: ImageWish) -> tuple[Outcome, images.Prepared | None]:
    try:
        one = images.prepare(path, wish)
    except BadInput as why:
        return Outcome(path=path, state="refused", why=why.message), None
    state: Literal["marked", "says-so"] = "says-so" if one.data is None else "marked"
    return Outcome(path=path, state=state, before=one.before, after=one.after), one
