"""One server for one home: a lock that is free again when its process dies, however it dies.

SQLite holds it, by the means of each system, on an empty file beside the store. Where the server
is reached stands in a second file, without any secret, for whoever comes second.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from withhold.errors import StoreTrouble
from withhold.keep import private
from withhold.keep.trouble import troubles

LOCK = "serving.lock"
AT = "serving.txt"


@contextmanager
def held(home: Path) -> Iterator[Callable[[str], None]]:
    """Held until the block ends. Gives what writes down the address that a second one is told.

    Raises StoreTrouble when another server has this home, or when it cannot be written.
    """
    where = home / AT
    with locked(home, LOCK, lambda: _taken(where)):
        try:
            yield lambda at: _write(where, at)
        finally:
            with suppress(OSError):
                where.unlink(missing_ok=True)


@contextmanager
def locked(home: Path, name: str, taken: Callable[[], StoreTrouble]) -> Iterator[None]:
    """A lock of this name in the home until the block ends; raises ``taken`` if another has it."""
    lock = home / name
    with troubles(home):
        private.make_home(home)
        private.make_database(lock)
        connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
    with closing(connection):
        with troubles(lock):
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as why:
                if why.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                raise taken() from why
        yield


def _write(where: Path, at: str) -> None:
    with troubles(where):
        private.write(where, at.encode())


def _taken(where: Path) -> StoreTrouble:
    try:
        at = where.read_text("utf-8")[:200]
    except (OSError, UnicodeDecodeError):  # it has only just begun
        at = ""
    return StoreTrouble(
        "another server has this home" + (f", at {at}" if at else ""),
        "use that one, or end it with Ctrl-C where it runs",
    )
