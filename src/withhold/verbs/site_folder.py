"""What lies in a site's folder: the files that can carry a signal, and the pages of its sitemap."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from withhold.errors import BadInput
from withhold.signals import sitemap_paths, spelling
from withhold.signals.sitemap_paths import Followed

ROBOTS, TDM, AI = "robots.txt", ".well-known/tdmrep.json", "ai.txt"
HEADERS = "_headers"
NAMES = (ROBOTS, TDM, AI, HEADERS)
SITEMAP = "sitemap"
SITEMAPS = ("sitemap.xml", "sitemap_index.xml", "sitemap.xml.gz", "sitemap.txt")
"""Where sitemaps usually lie; the first that is there is read."""
_SPEAKING = (".txt", ".json", ".html", ".htm", ".xhtml", ".conf")
_READ_AT_MOST = 2 * 1024 * 1024


class Pages(Struct, frozen=True, kw_only=True):
    """The pages that search is asked about, and the file they come from; empty = only ``/``."""

    file: str = ""
    followed: Followed = Followed(paths=[])

    @property
    def paths(self) -> list[str]:
        """Their paths."""
        return self.followed.paths


def files_of(folder: Path) -> dict[str, bytes]:
    """The files of a site's folder that can carry a signal; BadInput where one cannot be read."""
    if not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder", "the folder that holds the site")
    found = {}
    for name in NAMES:
        path = folder / name
        try:
            if path.is_file():
                with path.open("rb") as stream:
                    found[name] = stream.read(_READ_AT_MOST + 1)
                if len(found[name]) > _READ_AT_MOST:
                    raise BadInput(f"{path} is bigger than 2 MiB", "nobody reads that much of it")
            elif path.exists():
                raise BadInput(f"{path} is no file", "look at what stands there")
        except OSError as why:
            raise BadInput(f"{path}: cannot be read ({why.strerror})", "its rights") from why
    return found


def stamp_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Differs when a file that speaks for the site was changed: name, time and size of each.

    Only those at the top of the folder, and in ``.well-known``. Empty where there is no folder.
    """
    found = []
    for place in (folder, folder / ".well-known"):
        try:
            files = list(place.iterdir())
        except OSError:
            continue
        for file in files:
            if file.suffix in _SPEAKING or file.name in (*NAMES, ".htaccess", "Caddyfile"):
                with suppress(OSError):  # a link to nothing: it says nothing, and the others do
                    there = file.stat()
                    found.append((file.name, there.st_mtime_ns, there.st_size))
    return tuple(sorted(found))


def pages_of(folder: Path, listed: str = "") -> Pages:
    """The pages of a sitemap, or of the sitemaps in the folder that an index names.

    ``listed``: a file of addresses or a sitemap; else the sitemap of the folder, which has to be
    there where ``listed`` is the word ``sitemap``. Raises BadInput where that file is not there or
    cannot be read; of what an index names it is told instead.
    """
    own = [folder / name for name in SITEMAPS]
    for path in own if listed in ("", SITEMAP) else [Path(listed)]:
        try:
            if path.is_file():
                body = _octets(path)
                followed = sitemap_paths.follow(body, lambda name: _named(folder, name))
                return Pages(file=str(path), followed=followed)
        except OSError as why:
            raise BadInput(f"{path}: cannot be read ({why.strerror})", "its rights") from why
    if listed:
        missing = own[0] if listed == SITEMAP else listed
        raise BadInput(f"{missing}: there is no such file", "a sitemap, or one path a line")
    return Pages()


def _named(folder: Path, path: str) -> bytes | None:
    """The file of the folder that a server would serve for a path; None where there is none.

    What comes after a ``?`` chooses no file, and no name and no link leads out of the folder.
    """
    name = spelling.decoded(path.partition("?")[0]).lstrip("/")
    try:
        there = (folder / name).resolve()
        if there.is_relative_to(folder.resolve()) and there.is_file():
            return _octets(there)
    except (OSError, ValueError, RuntimeError):  # too long, rights; a NUL; a loop of links
        pass
    return None


def _octets(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(sitemap_paths.LIMIT + 1)
