"""Connecting to a database of ours: never making it, never letting a log meet the wrong file."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from withhold.keep import drivers
from withhold.keep.log import explains
from withhold.keep.trouble import orphaned
from withhold.keep.vault_card import card_of, key_name
from withhold.keep.vault_key import Keys

LOOKS = 5
"""How often one looks again at what another process may just be changing."""


def keys_for(home: Path) -> Keys | None:
    """What the database of a home is encrypted by; None: nothing. StoreTrouble, MissingExtra."""
    name = key_name(home, card_of(home))  # in this order: the card changes last
    if name is None:
        return None
    from withhold.keep.key_place import keys_named

    return keys_named(home, name)


def identity(path: Path) -> tuple[int, int]:
    """Which file this name means at the moment; of none (0, 0)."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def connect(path: Path, keys: Keys | None, wait: float, *, writable: bool) -> sqlite3.Connection:
    """A connection that never creates the file, and waits so many seconds for others.

    For reading, too, the file is opened for both: a connection in SQLite's own read-only mode
    leaves its ``-wal`` and ``-shm`` files behind. Where that is not allowed and no log holds newer
    rows (a folder on a read-only disk), the file is read as one that cannot change.
    """
    address = path.absolute().as_uri()
    if _has_log(path):
        _look(path, address, keys)
    connection = _configured(f"{address}?mode=rw", keys, wait, writable=writable)
    if writable:
        return connection
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
    except drivers.operational_errors() as why:
        connection.close()
        refused = why.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
        if not refused or _has_log(path):
            raise
        return _configured(f"{address}?mode=ro&immutable=1", keys, wait, writable=writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    """Whether there is a log with something in it: another process is at it, or one crashed."""
    try:
        return Path(f"{path}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _look(path: Path, address: str, keys: Keys | None) -> None:
    """Raises if there is no sound database for the log, before SQLite would delete the log.

    The look is SQLite's own, at a file that it takes for unchangeable: without the log, and
    without dropping the locks of other connections, as closing a plain file would. Nor does it
    wait for them: it may see a page that another process is writing at that moment, so only what
    stays unsound is.
    """
    if not path.stat().st_size:
        raise orphaned(path)
    for left in reversed(range(LOOKS)):
        try:
            with closing(drivers.connected(f"{address}?mode=ro&immutable=1", keys)) as look:
                look.execute("PRAGMA application_id").fetchall()
            return
        except drivers.database_errors() as why:
            code = getattr(why, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_CORRUPT and explains(path):
                return  # folding the log into it was stopped: with the log it is whole
            if not left:
                raise
        time.sleep(0.05)


def _configured(
    address: str, keys: Keys | None, wait: float, *, writable: bool
) -> sqlite3.Connection:
    connection = drivers.connected(address, keys, wait)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE does not pass the triggers
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA secure_delete = ON")
        if not writable:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection
