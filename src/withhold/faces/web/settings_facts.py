"""What the tool knows of itself: where things lie, how large they are, how new what it knows is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from withhold import __version__
from withhold.faces.report.doctor import Line, lines
from withhold.faces.web.views import Ask
from withhold.keep.opened import SCHEMA
from withhold.keep.private import EVIDENCE, FILE, RESPONSES, RUNS, WINDOW


class Itself(Struct, frozen=True, kw_only=True):
    """Sizes are in bytes; ``known`` is the newest day on which a source was read for it."""

    home: str
    store: int
    evidence: int
    responses: int
    beside: int
    """Windows of the tool's own, and copies of files from before a change."""
    schema: int
    version: str
    known: date


def itself(ask: Ask) -> Itself:
    """Counted until the store changes."""

    def make() -> Itself:
        home = ask.desk.home
        platforms = ask.desk.knowledge.platforms.values()
        return Itself(
            home=str(home),
            store=sum(_size(one) for one in home.glob(f"{FILE}*")),
            evidence=_size(home / EVIDENCE),
            responses=_size(home / RESPONSES),
            beside=_size(home / WINDOW) + _size(home / RUNS),
            schema=SCHEMA,
            version=__version__,
            known=max(source.seen for one in platforms for source in one.source.values()),
        )

    return ask.desk.kept(ask.setting, "itself", make)


def _size(path: Path) -> int:
    """Of a file, or of all files below a folder; what is going just now counts nothing."""
    try:
        if path.is_dir():
            return sum(map(_size, path.iterdir()))
        return path.lstat().st_size
    except OSError:
        return 0


def in_order(ask: Ask) -> tuple[list[Line] | None, bool]:
    """The lines of ``withhold doctor``, and whether they are of now: all knowledge is read."""
    return ask.desk.later(ask.setting, "doctor", lambda: list(lines(ask.setting, commands=False)))
