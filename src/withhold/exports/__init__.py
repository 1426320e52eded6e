"""Files that a person brings along: the guide's checklist, and the archives of platforms.

::

    import withhold.exports

    with withhold.exports.open(path) as archive:
        for post in archive.posts(): ...
        archive.understood, archive.ignored, archive.not_understood

The readers are imported when an archive is opened: they need ``withhold[archives]``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from withhold.exports.opened import Archive

__all__ = ["open"]


def open(*names: str | Path, platform: str = "") -> Archive:
    """The archive in these files, which are its parts; a folder; or a single file.

    ``platform`` where an archive fits several. Raises BadInput for what is none that is read,
    MissingExtra where the readers lack a package.
    """
    from withhold.exports.opened import open_archive

    return open_archive(*map(Path, names), platform=platform)
