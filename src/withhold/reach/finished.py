"""What a long run has finished, on disk line by line: killed at any point, nothing is lost.

The first line is the question, every other one what is finished, each a JSON document that counts
only with the line break behind it: what a kill cut off is cut away by the next run. Lines are
written several at a time; a kill takes with it what was finished in the last fifth of a second.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from withhold.errors import BadInput

SCHEMA = "withhold/finished/1"
_FIRST = 65536
_SECONDS = 0.2
_ELSEWHERE = "name another file, or take that one away"


class Finished:
    """One file for one run at a time; raises BadInput for another question or another's file.

    Of the question what the file says is kept, so that a run goes on as it began. ``first`` is
    called before lines are written: what they speak of must be on the disk before them.
    """

    def __init__(
        self, path: Path, question: Mapping[str, str], first: Callable[[], None] | None = None
    ) -> None:
        self.path = path
        self._first = first
        self._waiting: list[bytes] = []
        self._next = 0.0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b", buffering=0)
        except OSError as why:
            raise BadInput(f"{path}: cannot be written ({why.strerror})", _ELSEWHERE) from why
        try:
            _lock(self._file.fileno(), path)
            self._begin(dict(question))
        except BaseException:
            self._file.close()
            raise

    def _begin(self, question: dict[str, str]) -> None:
        self._file.seek(0)
        first = self._file.readline(_FIRST)
        if not first.endswith(b"\n"):
            if first and not b'{"schema": "withhold/finished'.startswith(first[:20]):
                raise BadInput(f"{self.path} is there already, and no run wrote it", _ELSEWHERE)
            self._file.truncate(0)
            self.question = question
            self._put(json.dumps({"schema": SCHEMA, "question": question}).encode())
            return
        try:
            said = json.loads(first)
            before = said["question"] if said["schema"] == SCHEMA else None
        except (ValueError, KeyError, TypeError):
            before = None
        if not isinstance(before, dict):
            raise BadInput(f"{self.path} is there already, and no run wrote it", _ELSEWHERE)
        other = [key for key, text in question.items() if before.get(key) != text]
        if other:
            said_before = ", ".join(f"{key} {before.get(key)}" for key in other)
            raise BadInput(
                f"{self.path} was begun with another question ({said_before})", _ELSEWHERE
            )
        self.question = question
        self._cut()

    def _cut(self) -> None:
        """Takes away the line that a kill left without its end."""
        end = self._file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65536)
            self._file.seek(start)
            last = self._file.read(end - start).rfind(b"\n")
            if last >= 0:
                self._file.truncate(start + last + 1)
                return
            end = start

    def lines(self) -> Iterator[bytes]:
        """What was finished before, in its order, one at a time; read before anything is added."""
        with self.path.open("rb") as file:
            file.readline()
            yield from file

    def add(self, line: bytes) -> None:
        """One thing more, written soon; all of it when this is closed."""
        self._waiting.append(line)
        if time.monotonic() >= self._next:
            self._write()

    def _write(self) -> None:
        if self._waiting:
            if self._first:
                self._first()
            self._put(b"\n".join(self._waiting))
            self._waiting.clear()
        self._next = time.monotonic() + _SECONDS

    def _put(self, line: bytes) -> None:
        before = os.fstat(self._file.fileno()).st_size
        try:
            rest = memoryview(line + b"\n")
            while rest:  # always at the end, whoever moved where (O_APPEND)
                rest = rest[self._file.write(rest) :]
        except OSError as why:
            self._file.truncate(before)  # what is written once more is not there twice
            raise BadInput(f"{self.path}: cannot be written ({why.strerror})", _ELSEWHERE) from why

    def __enter__(self) -> Finished:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        try:
            self._write()
        finally:
            self._file.close()


def _lock(descriptor: int, path: Path) -> None:
    """For this run alone, as long as it lives; where the system has no such lock, none."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as why:
        raise BadInput(f"{path}: another run is writing it now", "wait for it to end") from why
