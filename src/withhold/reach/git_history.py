"""Every version of a file in a local clone, with its day: asked of the git that is installed.

The clone is somebody else's: nothing of it is run (no hook, no file-system monitor, no pager, no
filter, no helper for signatures), and what it lacks is not fetched. Made for the repositories of
Open Terms Archive, ``SERVICE/DOCUMENT.md`` with one commit a version, whose messages tell a first
record and a changed extractor (its engine, ``src/archivist/recorder/repositories/git``).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal

from msgspec import Struct

from withhold.errors import BadInput
from withhold.reach import programs

VERSIONS = 5_000
"""Versions of one file that are listed, the latest ones."""
FILES = 20_000
READ_AT_MOST = 16 * 1024 * 1024
_CHUNK = 1 << 16
_LONGEST_ENTRY = 1 << 20
"""Octets of one commit's line: whoever writes longer ones is not listened to."""
_SECONDS = 120
_QUIET = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.pager=cat",
    "log.showSignature=false",
    "log.mailmap=false",
    "diff.external=",
    "protocol.allow=never",
)
_FIRST = (b"First record of", b"Start tracking")
_UPGRADE = (b"Apply technical or declaration upgrade on", b"Refilter")
_RAW = re.compile(
    rb":\d{6} (\d{6}) [0-9a-f]{40,64} ([0-9a-f]{40,64}) [A-Z]\d{0,3}\0([^\0]{1,4096})\0"
)
Record = Literal["first", "change", "technical-upgrade"]


class Committed(Struct, frozen=True, kw_only=True):
    """One version: when it was committed (UTC), its blob with its size in octets, the commit."""

    on: datetime
    blob: str
    size: int
    commit: str
    record: Record


class Clone:
    """A local clone, open for reading; one ``git`` answers for all contents that are asked for.

    Raises BadInput where there is no repository, git refuses it, or it is not a whole one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._answers: subprocess.Popen[bytes] | None = None
        if not folder.is_dir():
            raise BadInput(f"{folder}: there is no such folder", "name the clone: --from-ota DIR")
        self._asked("rev-parse", "--quiet", "--verify", "HEAD^{commit}")

    def __enter__(self) -> Clone:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, why: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._answers is not None:
            _end(self._answers)

    def files(self, suffix: str = ".md") -> list[str]:
        """The paths of the latest commit that end so and lie in a folder, in order."""
        listed = self._asked("ls-tree", "-r", "-z", "--name-only", "HEAD")
        names = (one.decode("utf-8", "replace") for one in listed.split(b"\0"))
        return sorted(one for one in names if one.endswith(suffix) and "/" in one)[:FILES]

    def versions(self, paths: Sequence[str]) -> dict[str, list[Committed]]:
        """The versions of each file, oldest first, all of a day; found in one pass.

        A commit in which a file is gone is no version, and a link is no file.
        """
        found: dict[str, list[tuple[int, str, str, Record]]] = {path: [] for path in paths}
        for commit, seconds, record, path, blob in self._log(paths):
            if path in found and len(found[path]) < VERSIONS:
                found[path].append((seconds, blob, commit, record))
        sizes = self._sizes({one[1] for these in found.values() for one in these})
        return {
            path: [
                Committed(
                    on=datetime.fromtimestamp(seconds, UTC),
                    blob=blob,
                    size=sizes[blob],
                    commit=commit,
                    record=record,
                )
                for seconds, blob, commit, record in reversed(these)
                if blob in sizes
            ]
            for path, these in found.items()
        }

    def text(self, blob: str) -> str | None:
        """What a version says; None where the clone does not hold it or it is too long."""
        if self._answers is None:
            self._answers = self._started("cat-file", "--batch")
        stdin, stdout = self._answers.stdin, self._answers.stdout
        if stdin is None or stdout is None:
            return None
        try:
            stdin.write(blob.encode("ascii") + b"\n")
            stdin.flush()
            said = stdout.readline().split()
            if len(said) != 3 or not said[2].isdigit():
                return None
            left = int(said[2])
            kept = said[1] == b"blob" and left <= READ_AT_MOST
            pieces = []
            while left:
                piece = stdout.read(min(left, _CHUNK))
                if not piece:
                    return None
                left -= len(piece)
                if kept:
                    pieces.append(piece)
            stdout.read(1)
        except (OSError, ValueError):
            return None
        return b"".join(pieces).decode("utf-8", "replace") if kept else None

    def _log(self, paths: Sequence[str]) -> Iterator[tuple[str, int, Record, str, str]]:
        """(commit, its second, what kind of record, path, blob), the latest first."""
        folders = sorted({path.rpartition("/")[0] for path in paths})
        told = self._started(
            *("log", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"),
            *("--raw", "--no-abbrev", "-z", "--format=%x01%H%x02%ct%x02%s%x02", "HEAD", "--"),
            *(f":(literal,top){folder}" for folder in folders),
        )
        try:
            for entry in _entries(told):
                commit, _, rest = entry.partition(b"\x02")
                seconds, _, rest = rest.partition(b"\x02")
                subject, _, raw = rest.partition(b"\x02")
                if not seconds.isdigit() or len(seconds) > len("9999999999"):
                    continue
                for mode, blob, name in _RAW.findall(raw):
                    if mode.startswith(b"100"):
                        path = name.decode("utf-8", "replace")
                        yield commit.decode(), int(seconds), _record(subject), path, blob.decode()
        finally:
            _end(told)

    def _sizes(self, blobs: set[str]) -> dict[str, int]:
        asked = "".join(f"{one}\n" for one in sorted(blobs)).encode()
        answers = self._asked("cat-file", "--batch-check", asked=asked)
        said = [line.split() for line in answers.splitlines()]
        return {one[0].decode(): int(one[2]) for one in said if len(one) == 3 and one[1] == b"blob"}

    def _command(self, arguments: Sequence[str]) -> list[str]:
        quiet = [word for one in _QUIET for word in ("-c", one)]
        before = [programs.git(), "--no-pager", "--no-replace-objects", "--no-optional-locks"]
        return [*before, *quiet, "-C", str(self.folder), *arguments]

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(  # noqa: S603
                self._command(arguments),
                env=programs.git_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as why:
            raise BadInput(f"git does not answer ({why})", "install git") from why

    def _asked(self, *arguments: str, asked: bytes = b"") -> bytes:
        try:
            done = subprocess.run(  # noqa: S603
                self._command(arguments),
                env=programs.git_environment(),
                input=asked,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as why:
            raise BadInput(f"git does not answer ({why})", "install git") from why
        if done.returncode and asked:  # git leaves at the first content that it may not fetch
            raise BadInput(
                f"{self.folder}: the clone does not hold all it lists, and nothing is fetched",
                "a whole one: git clone without --filter, or git fetch --refetch --no-filter",
            )
        if done.returncode:
            raise BadInput(
                f"{self.folder}: git sees no repository with a commit in it, or another user's",
                "name the clone; of another user: git config --global --add safe.directory DIR",
            )
        return done.stdout


def _entries(told: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What stands between two marks of the log, read as it comes."""
    rest = b""
    if told.stdin is not None:
        told.stdin.close()
    while told.stdout is not None and (piece := told.stdout.read(_CHUNK)):
        *whole, rest = (rest + piece).split(b"\x01")
        yield from (one for one in whole if one)
        if len(rest) > _LONGEST_ENTRY:
            rest = b""
    if rest:
        yield rest


def _end(running: subprocess.Popen[bytes]) -> None:
    """It has nothing more to say: its streams are closed, and it ends by that."""
    for stream in (running.stdin, running.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    try:
        running.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


def _record(subject: bytes) -> Record:
    if subject.startswith(_FIRST):
        return "first"
    return "technical-upgrade" if subject.startswith(_UPGRADE) else "change"
