"""What one call fetches of sites, kept: every response as evidence, and their marks for the next.

The responses go into WARC files of the home as they come; where in them lies what a server can
confirm, and the SHA-256 of each file, is noted in the store. Trouble with either never ends the
check: it is told at its end, and the next one asks in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from withhold.errors import WithholdError
from withhold.keep import Store
from withhold.keep.responses import Remembered, WarcFile
from withhold.reach import warc_files
from withhold.reach.fetched import Fetched, Known, Spot
from withhold.reach.recall import recall
from withhold.reach.warc_files import WarcFiles
from withhold.verbs.fetch_site import Before, SiteFetched, nothing_before

_TOGETHER = 10_000
"""Marks that are written to the store at a time; of a run that is killed the last are lost."""


class KeptFile(Struct, frozen=True, kw_only=True):
    """A WARC file that the answers rest on; ``earlier``: an earlier run wrote it.

    Without ``sha256`` and ``size`` (in bytes) it is no longer there.
    """

    path: str
    sha256: str | None
    size: int | None
    earlier: bool = False


class Evidence(Struct, frozen=True, kw_only=True):
    """What is kept of one call: so many ``responses`` in files; ``total`` is all of the folder.

    ``unchanged`` of them are a 304, which confirms the response of an earlier run.
    ``lost`` responses could not be kept; ``trouble`` says why, or what else went wrong.
    """

    folder: str
    files: tuple[KeptFile, ...] = ()
    responses: int = 0
    unchanged: int = 0
    total: int = 0
    lost: int = 0
    trouble: str = ""


class Keeping:
    """Keeps what is fetched, from its making to ``close``; all but ``add`` by one thread.

    ``agent`` is written into the files: the User-Agent that every request has.
    """

    def __init__(self, home: Path, now: Callable[[], datetime], agent: str) -> None:
        self._home = home
        self._files = WarcFiles(home, now, agent)
        self._marks: list[Remembered] = []
        self._rests_on: dict[str, None] = {}
        self._trouble = ""
        self._reading: Store | None = None
        self._closed: Evidence | None = None
        with self._told_at_the_end():
            self._reading = Store.read(home) if Store.exists(home) else None

    @contextmanager
    def _told_at_the_end(self) -> Iterator[None]:
        try:
            yield
        except WithholdError as why:
            self._trouble = why.message

    def add(self, found: Fetched) -> Spot | None:
        """One response; for a fetcher's ``keep``."""
        return self._files.add(found)

    def before(self, site: str) -> Before:
        """What is kept of a site, as far as its server can confirm it."""
        found: dict[str, Remembered] = {}
        if self._reading is not None:
            with self._told_at_the_end():
                found = self._reading.responses.of(site)
        folder = self._files.folder

        def one(url: str) -> Known | None:
            return recalled(found[url], folder) if url in found else None

        return one if found else nothing_before

    def note(self, fetched: SiteFetched) -> tuple[str, ...]:
        """A site that is done: its marks are remembered. The files in which its responses lie."""
        for one in fetched.files:
            mark = _mark(fetched.origin, one)
            if mark is not None:
                self._marks.append(mark)
        if len(self._marks) >= _TOGETHER:
            self._remember()
        names = _lies_in(fetched)
        self.rests_on(names)
        return names

    def flush(self) -> None:
        """What was added until now is in the files."""
        self._files.flush()

    def rests_on(self, names: Iterable[str]) -> None:
        """Files that the answers rest on, of whatever run."""
        self._rests_on.update(dict.fromkeys(names))

    def close(self) -> Evidence:
        """All is written, and noted in the store. What there is now; asked again, the same."""
        if self._closed is None:
            self._closed = self._end()
        return self._closed

    def _end(self) -> Evidence:
        written = [
            WarcFile(name=one.name, size=one.size, digest=one.digest) for one in self._files.close()
        ]
        of_this = {one.name for one in written}
        earlier = [name for name in self._rests_on if name not in of_this]
        listed, stopped = self._earlier(earlier)
        if written or stopped or self._marks:
            self._remember([*written, *stopped])
        if self._reading is not None:
            self._reading.close()
        kept = self._files
        there = {one.name: one for one in (*listed, *stopped)}
        return Evidence(
            folder=str(kept.folder),
            files=(
                *(self._file(one.name, one, earlier=False) for one in written),
                *(self._file(name, there.get(name), earlier=True) for name in earlier),
            ),
            responses=kept.responses,
            unchanged=kept.unchanged,
            total=warc_files.size(self._home),
            lost=kept.lost,
            trouble=f"{kept.folder}: {kept.trouble}" if kept.trouble else self._trouble,
        )

    def _earlier(self, names: Iterable[str]) -> tuple[list[WarcFile], list[WarcFile]]:
        """Of the files of other runs those that are listed, and those that nobody listed.

        A run that was stopped never told the digest of its last file: it is worked out here.
        """
        told: dict[str, WarcFile] = {}
        if self._reading is not None:
            with self._told_at_the_end():
                told = {one.name: one for one in self._reading.responses.files()}
        there = [name for name in names if (self._files.folder / name).is_file()]
        found = [warc_files.summed(self._files.folder / name) for name in there if name not in told]
        return [told[name] for name in there if name in told], [
            WarcFile(name=one.name, size=one.size, digest=one.digest) for one in found if one
        ]

    def _file(self, name: str, told: WarcFile | None, *, earlier: bool) -> KeptFile:
        return KeptFile(
            path=str(self._files.folder / name),
            sha256=told.digest if told else None,
            size=told.size if told else None,
            earlier=earlier,
        )

    def _remember(self, files: Iterable[WarcFile] = ()) -> None:
        with (
            self._told_at_the_end(),
            Store.open(self._home) as store,
            store.together(),
        ):
            store.responses.add_files(files)
            store.responses.remember(self._marks)
        self._marks.clear()


def recalled(one: Remembered, folder: Path) -> Known | None:
    """A response that the store remembers, as it lies in its file; None where it is gone."""
    spot = Spot(file=one.warc, offset=one.offset, size=one.size, digest=one.digest)
    known = Known(url=one.url, etag=one.etag, last_modified=one.last_modified)
    return recall(folder, spot, known)


def _mark(site: str, found: Fetched) -> Remembered | None:
    """What a later request may be conditional on; of a confirmed one that stands already."""
    if found.kept is None or found.unchanged is not None:
        return None
    known = found.known
    if known is None:
        return None
    return Remembered(
        site=site,
        asked=found.url,
        url=known.url,
        etag=known.etag,
        last_modified=known.last_modified,
        warc=found.kept.file,
        offset=found.kept.offset,
        size=found.kept.size,
        digest=found.kept.digest,
    )


def _lies_in(fetched: SiteFetched) -> tuple[str, ...]:
    """The files that hold its responses, and those that a 304 confirmed."""
    names: dict[str, None] = {}
    for one in fetched.all:
        if one.kept is not None:
            names[one.kept.file] = None
        if one.unchanged is not None and one.unchanged.of is not None:
            names[one.unchanged.of.file] = None
    return tuple(name for name in names if name)
