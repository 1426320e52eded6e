"""Files of WARC records in the owner's home: every response of a run, as it comes.

A run has files of its own, so that their SHA-256, once told, stays true; at a size the next one is
begun. What takes time, digests and compression, is done by the thread that fetched, without a lock;
so no thread waits for another, and one write takes what came meanwhile. A run that is killed leaves
whole records, at most one that is cut, and loses what was not flushed. All of it can be read by its
owner alone (0700, 0600).
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from withhold import __version__
from withhold.errors import WithholdError
from withhold.reach.fetched import Fetched, Spot
from withhold.reach.warc import records
from withhold.reach.warc_record import Record, date_of, fields, id_of, lines, record

FOLDER = "responses"
SUFFIX = ".warc.gz"
AT_MOST = 256 * 1024 * 1024
"""Bytes of a file; one fetch more may lie over it. Far below what any tool or disk refuses."""
_WAITS = 1024 * 1024
"""Bytes that wait for a ``flush``; who adds more writes."""


class Written(Struct, frozen=True, kw_only=True):
    """A file of the run, closed; ``size`` in bytes, ``digest`` its SHA-256."""

    name: str
    size: int
    digest: str


class _File:
    """One that is being written; ``size`` counts also what waits to be written."""

    def __init__(self, folder: Path, now: datetime) -> None:
        number = 1
        while True:
            tail = f"-{number}" if number > 1 else ""
            self.name = f"{now:%Y%m%d-%H%M%S}{tail}{SUFFIX}"
            try:
                self._handle = os.open(
                    folder / self.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600
                )
                break
            except FileExistsError:
                number += 1
        self.size = self.there = self.responses = 0
        self.waiting: list[bytes] = []
        self._sum = hashlib.sha256()

    def append(self, data: bytes, responses: int) -> int:
        """Where it will begin. Quick: no other thread is let in meanwhile."""
        at = self.size
        self.waiting.append(data)
        self.size += len(data)
        self.responses += responses
        return at

    def write(self, data: bytes) -> None:
        """At the end; OSError where it cannot be written: then nothing of it is there."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError:
            os.ftruncate(self._handle, self.there)
            raise
        self._sum.update(data)
        self.there += len(data)

    def close(self) -> Written:
        """As it is there; what waits is not written any more."""
        os.close(self._handle)
        return Written(name=self.name, size=self.there, digest=self._sum.hexdigest())


class WarcFiles:
    """The files of one run; may be used by several threads.

    Nothing is made before something is to be kept. Trouble of the disk ends the keeping, not the
    run: ``trouble`` says what it was, and ``lost`` how many responses are not kept.
    """

    def __init__(
        self, home: Path, now: Callable[[], datetime], agent: str, at_most: int = AT_MOST
    ) -> None:
        self.folder = home / FOLDER
        self.responses = 0
        self.unchanged = 0
        self.lost = 0
        self.trouble = ""
        self._now = now
        self._agent = agent
        self._at_most = at_most
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closed = False
        self._open: list[_File] = []
        self._written: list[Written] = []

    def add(self, found: Fetched) -> Spot | None:
        """Where the final response is kept; None where none came, or it cannot be kept.

        It is in the file after the next ``flush``.
        """
        made = records(found)
        data = b"".join([one.data for one in made])
        responses = len(found.redirects) + (found.status > 0)
        with self._lock:
            if self._closed or self.trouble:
                self.lost += responses
                return None
            try:
                file = self._ready()
            except OSError as why:
                self.trouble = why.strerror or str(why)
                self.lost += responses
                return None
            at = file.append(data, responses)
            self.unchanged += found.unchanged is not None
            much = file.size - file.there > _WAITS
        if much:
            self.flush()
        if not found.status:
            return None
        response = made[-2].data
        before = sum([len(one.data) for one in made[:-2]])
        return Spot(
            file=file.name,
            offset=at + before,
            size=len(response),
            digest=hashlib.sha256(response).hexdigest(),
        )

    def flush(self) -> None:
        """Writes what was added until now. Nobody who adds waits for the disk meanwhile."""
        with self._writing:
            while True:
                with self._lock:
                    if not self._open:
                        return
                    file, full = self._open[0], len(self._open) > 1  # then nobody adds to it
                self._write(file)
                if not full:
                    return
                with self._lock:
                    self._written.append(file.close())
                    del self._open[0]

    def close(self) -> tuple[Written, ...]:
        """The files, in their order; there are none where nothing was kept."""
        with self._lock:
            self._closed = True
        self.flush()
        with self._lock:
            self._written += [one.close() for one in self._open]
            self._open.clear()
            return tuple(self._written)

    def _write(self, file: _File) -> None:
        with self._lock:
            waiting, file.waiting = file.waiting, []
            responses, file.responses = file.responses, 0
            broken = bool(self.trouble)
        try:
            if not broken:
                file.write(b"".join(waiting))
        except OSError as why:
            self.trouble, broken = why.strerror or str(why), True
        with self._lock:
            if broken:
                self.lost += responses
            else:
                self.responses += responses

    def _ready(self) -> _File:
        """The file that is added to; under the lock."""
        if not self._open or self._open[-1].size >= self._at_most:
            self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            now = self._now()
            file = _File(self.folder, now)
            file.append(_about(file.name, now, self._agent).data, 0)
            self._open.append(file)
        return self._open[-1]


def _about(name: str, now: datetime, agent: str) -> Record:
    """What stands at the beginning of a file (WARC 1.1, 6.2)."""
    block = fields(
        [
            ("software", f"withhold/{__version__}"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/"),
            ("http-header-user-agent", agent),
            ("robots", "RFC 9309; sites of the owner's own are fetched whatever they say"),
        ]
    )
    date = date_of(now)
    named = lines([("WARC-Filename", name)])
    return record("warcinfo", id_of("warcinfo", f"{name} {date}"), date, named, block)


def files(home: Path) -> list[Path]:
    """All files of all runs, by name; none where there is no folder."""
    try:
        return sorted((home / FOLDER).glob(f"*{SUFFIX}"))
    except OSError:
        return []


def size(home: Path) -> int:
    """Bytes of all of them."""
    found = 0
    for one in files(home):
        try:
            found += one.stat().st_size
        except OSError:
            continue
    return found


def summed(path: Path) -> Written | None:
    """A file as it lies there; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Written(name=path.name, size=file.tell(), digest=digest)
    except OSError:
        return None


def forget_all(home: Path) -> int:
    """Deletes them all; answers how many there were. Raises WithholdError for one that resists."""
    found = files(home)
    for one in found:
        try:
            one.unlink(missing_ok=True)
        except OSError as why:
            raise WithholdError(
                f"{one} cannot be deleted ({why.strerror})", "look at its rights, and forget again"
            ) from why
    return len(found)
