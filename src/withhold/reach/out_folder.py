"""A folder that a job writes into, here or at an address: whole files, or none.

Here a file is written beside its place, flushed and renamed. At an address an object is sent as a
whole, and the stores that fsspec knows (S3, Google, Azure) show it only when all of it is there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from withhold.errors import BadInput, WithholdError
from withhold.reach.half_written import half_written
from withhold.reach.remote import is_address, opened, shown, system_of

BESIDE = ".beside-"
"""How the names of files begin that are not whole yet."""
_unfinished: set[str] = set()
"""Those of this process."""
_making = threading.Lock()


class OutFolder:
    """Names below it have no folders but ``.finished/``; every error is one of ours."""

    def __init__(self, out: str) -> None:
        self.out = out.rstrip("/") or "/"
        self.remote = is_address(out)

    def make(self) -> None:
        """The folder is there after it; BadInput where a file is called so."""
        if not self.remote:
            with _told(self.out):
                Path(self.out).mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> str:
        """The path or address of a file in it."""
        return f"{self.out}/{name}"

    def names(self, below: str = "") -> list[str]:
        """The names of the files that are there, without the folder's own."""
        if not self.remote:
            folder = Path(self.out, below)
            with _told(self.out):
                return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
        system, path = system_of(f"{self.out}/{below}".rstrip("/"))
        with _told(self.out):
            system.invalidate_cache()
            there = system.ls(path, detail=False) if system.exists(path) else []
        return sorted(str(one).rstrip("/").rpartition("/")[2] for one in there)

    def get(self, name: str) -> bytes | None:
        """A small file; None where it is not there."""
        if not self.remote:
            with _told(self.out):
                try:
                    return Path(self.out, name).read_bytes()
                except FileNotFoundError:
                    return None
        system, path = system_of(self.path(name))
        with _told(self.out):
            return bytes(system.cat_file(path)) if system.exists(path) else None

    def put(self, name: str, body: bytes) -> None:
        """A small file, as a whole, on the disk. What a kill leaves of one goes with the next."""
        if not self.remote:
            target = Path(self.out, name)
            with _told(self.out):
                target.parent.mkdir(exist_ok=True)
                with half_written(target, 0o644) as stream:
                    stream.write(body)
            return
        system, path = system_of(self.path(name))
        with _told(self.out):
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            system.pipe_file(path, body)

    @contextlib.contextmanager
    def beside(self) -> Iterator[str]:
        """A path of this machine to write to; ``take`` it, or it is gone at the end."""
        folder = None if self.remote else self.out
        with _told(folder or tempfile.gettempdir()):
            with _making:
                handle, path = tempfile.mkstemp(prefix=BESIDE, dir=folder)
                _unfinished.add(path)
            os.close(handle)
        try:
            yield path
        finally:
            Path(path).unlink(missing_ok=True)
            _unfinished.discard(path)

    def take(self, path: str, name: str) -> None:
        """What was written beside gets its name, in one step and on the disk."""
        if self.remote:
            system, there = system_of(self.path(name))
            with _told(self.out):
                system.makedirs(there.rpartition("/")[0], exist_ok=True)
                system.put_file(path, there)
            return
        target = Path(self.out, name)
        with _told(self.out):
            target.parent.mkdir(exist_ok=True)
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            Path(path).chmod(0o644)
            Path(path).replace(target)

    def remove(self, name: str) -> None:
        """A file less; none to remove is as good."""
        if not self.remote:
            with _told(self.out):
                Path(self.out, name).unlink(missing_ok=True)
            return
        system, path = system_of(self.path(name))
        with _told(self.out):
            if system.exists(path):
                system.rm_file(path)

    def sha256(self, name: str) -> str:
        """Of a file that is there; empty where it is not, or cannot be read."""
        try:
            with opened(self.path(name)) as stream:
                return sha256_of(stream)
        except (BadInput, OSError):
            return ""


def leave_nothing_half() -> None:
    """For a process that ends in this moment, from any thread: its files that are not whole go.

    No new one can be made after it: whoever tries waits for the end.
    """
    _making.acquire()
    for path in tuple(_unfinished):
        with contextlib.suppress(OSError):
            Path(path).unlink(missing_ok=True)


def sha256_of(stream: BinaryIO) -> str:
    """In hex, of all that is left of a stream."""
    sum_ = hashlib.sha256()
    while block := stream.read(1 << 20):
        sum_.update(block)
    return sum_.hexdigest()


@contextlib.contextmanager
def _told(out: str) -> Iterator[Any]:
    """Trouble in one line; an error's own words may hold credentials, its kind does not."""
    try:
        yield
    except WithholdError:
        raise
    except OSError as why:
        said = why.strerror or type(why).__name__
        tip = "make room and run it again: what is finished is kept"
        raise WithholdError(f"{shown(out)}: cannot be written ({said})", tip) from why
    except Exception as why:
        if not is_address(out):
            raise
        said = type(why).__name__
        raise WithholdError(
            f"{shown(out)}: cannot be written ({said})", "are the credentials set?"
        ) from why
