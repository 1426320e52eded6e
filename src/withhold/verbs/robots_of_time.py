"""Which robots.txt a site had, and since when: files that are given, or what was kept of it.

A file's name may hold its day or minute (``2026-06-30.txt``, ``robots.2026-06-30T12-00.txt``,
UTC); without one it is assumed for all the log. What `check` and `watch` kept of a site are looks
with their time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.keep import Store
from withhold.reach.addresses import BadUrl, read
from withhold.signals.patterns import host
from withhold.traces.dated_files import READ_AT_MOST, DatedFile, Found, find, first_day, opened
from withhold.traces.logs.in_force import Dated
from withhold.verbs.kept_look import leaves_out, looks_at
from withhold.verbs.sites import part_of

_MOMENT = re.compile(
    r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?:[T_ -]?(\d{2})[-:.]?(\d{2})(?:[-:.]?(\d{2}))?)?(?!\d)",
    re.ASCII,
)
OLDER = "older-not-read"
"""The note of the first file where older evidence is too much to be looked through."""
_LAYOUT = "DATE.txt; SITE/DATE.txt; DATE/SITE.txt; or index.csv with site,date,file"


def dated(given: Sequence[str], home: Path | None, site: str) -> list[Dated]:
    """The robots.txt of one site in the order of time; none where none is given and none was kept.

    ``given`` are files or one folder; ``site`` an address or a domain, empty where there is but
    one. Raises BadInput with the next step.
    """
    paths = [Path(one) for one in given]
    for path in paths:
        if not path.exists():
            raise BadInput(f"--robots {path}: there is no such file", "a robots.txt, or a folder")
    if not paths:
        return _kept(home, site) if home else []
    folders = [path for path in paths if path.is_dir()]
    if folders and len(paths) > 1:
        raise BadInput(
            "--robots: a folder beside something else", "give one folder, or files with their days"
        )
    found = _of_folder(folders[0], site) if folders else _of_files(paths)
    return sorted(found, key=lambda one: (one.since is not None, one.since or _BEGIN, one.name))


_BEGIN = datetime.min.replace(tzinfo=UTC)


def moment(name: str) -> datetime | None:
    """The minute that a file's name holds (UTC), or the first of its day, month or year."""
    whole = first_day(name.partition(".")[0])  # 2026-06, 2026
    if whole:
        return datetime(whole.year, whole.month, whole.day, tzinfo=UTC)
    for found in _MOMENT.finditer(name):
        said = [int(one or 0) for one in found.groups()]
        for numbers in (said, said[:3]):  # what follows a day may be a number, and no time
            with suppress(ValueError):
                return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type]
    return None


def _of_files(paths: Sequence[Path]) -> list[Dated]:
    whens = [moment(path.name) for path in paths]
    if len(paths) > 1 and None in whens:
        nameless = paths[whens.index(None)]
        raise BadInput(
            f"--robots {nameless}: of several files each needs its day",
            "put it into the name, as robots.2026-06-30.txt or 2026-06-30T12-00.txt",
        )
    return [
        Dated(name=str(path), since=when, body=_body(path))
        for path, when in zip(paths, whens, strict=True)
    ]


def _of_folder(folder: Path, site: str) -> list[Dated]:
    flat = [path for path in sorted(folder.glob("*.txt")) if path.is_file() and moment(path.name)]
    if flat and not (folder / "index.csv").is_file():
        return _of_files(flat)
    found = find(folder)
    files = [*_when(found), *_finer(found)]
    if not files:
        plain = folder / "robots.txt"
        if plain.is_file():
            return _of_files([plain])
        raise BadInput(f"--robots {folder}: no dated robots.txt in it", f"its layout: {_LAYOUT}")
    sites = sorted({one.site for _, one in files})
    wanted = host(site) if site else sites[0]
    if (not site and len(sites) > 1) or wanted not in sites:
        shown = ", ".join(sites[:5]) + (f" and {len(sites) - 5} more" if len(sites) > 5 else "")
        which = f"not {wanted}" if site else "which one the log is of"
        raise BadInput(f"--robots {folder}: files of {shown}; {which}", f"--site {sites[0]}")
    return [
        Dated(name=one.file, since=when, body=_within(folder, one))
        for when, one in files
        if one.site == wanted and one.file
    ]


def _when(found: Found) -> Iterator[tuple[datetime, DatedFile]]:
    for one in found.files:
        yield datetime(one.on.year, one.on.month, one.on.day, tzinfo=UTC), one


def _finer(found: Found) -> Iterator[tuple[datetime, DatedFile]]:
    """Names with a time of day, which the folders of ``watch history`` do not have."""
    for gap in found.gaps:
        if gap.why != "bad-name":
            continue
        outer, _, inner = gap.file.partition("/")
        stem = inner.removesuffix(".txt")
        for said, site in ((stem, outer), (outer, stem)):
            when = moment(said)
            if when and not moment(site) and first_day(said[:10]):
                day = when.date()
                yield when, DatedFile(site=host(site), on=day, day=said, file=gap.file)
                break


def _body(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(READ_AT_MOST)
    except OSError as why:
        raise BadInput(f"--robots {path}: cannot be read ({why.strerror})", "a plain file") from why


def _within(folder: Path, one: DatedFile) -> bytes:
    found = opened(folder, one)
    if isinstance(found, bytes):
        return found
    raise BadInput(
        f"--robots {folder / one.file}: cannot be read ({found.why})",
        "a plain file inside the folder",
    )


# From the owner's store -----------------------------------------------------------------------


def _kept(home: Path, site: str) -> list[Dated]:
    origins = _origins(home, site)
    for origin in origins:
        found = list(_looks(home, origin))
        if found:
            if leaves_out(home):
                found[0] = replace(found[0], notes=(OLDER,))
            return found
    if not site:
        return []
    where = " in the newest 256 MiB of it" if leaves_out(home) else ""
    raise BadInput(
        f"no robots.txt of {site} was kept{where}",
        f"give it: --robots robots.txt; from now on it is kept by: withhold check {origins[0]}",
    )


def _origins(home: Path, site: str) -> list[str]:
    """The origins that may be meant; of the owner's sites where none is said."""
    if site:
        return list(_spelled(site))
    own: Iterable[str] = ()
    if Store.exists(home):
        with Store.read(home) as store:
            own = [one.url for one in store.own.sites()]
    names = sorted({host(one) for one in own})
    if len(names) > 1:
        raise BadInput(f"you have {', '.join(names)}: of which is the log?", f"--site {names[0]}")
    return [origin for one in own for origin in _spelled(one)]


def _spelled(site: str) -> Iterator[str]:
    urls = [site] if "://" in site else [f"https://{site}", f"http://{site}"]
    for url in urls:
        try:
            yield read(url).origin
        except BadUrl as why:
            raise BadInput(f"{site}: {why}", "a site is a domain or its address") from why


def _looks(home: Path, origin: str) -> Iterator[Dated]:
    """Every look that was kept. What says the same as the look before only says so until when."""
    last: Dated | None = None
    for one in looks_at(home, origin, "/robots.txt"):
        part = part_of(one, rules=True)
        unread = part.missing in ("unreachable", "unreachable-429")
        body = None if unread else part.body  # of a 404 there are none: it refuses nothing
        if last and last.body == body:
            last = Dated(name=last.name, since=last.since, body=body, last_seen=one.on)
            continue
        if last:
            yield last
        name = f"{origin}/robots.txt {one.on:%Y-%m-%dT%H:%M:%SZ}"
        last = Dated(name=name, since=one.on, body=body, last_seen=one.on)
    if last:
        yield last
