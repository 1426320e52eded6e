"""A second database with all that is in the first, encrypted otherwise; compared row by row.

SQLCipher copies (``sqlcipher_export``), from plain to encrypted and back and from key to key. What
it does not copy, the two numbers in the header, is set here.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from withhold.errors import StoreTrouble
from withhold.keep import drivers, private
from withhold.keep.trouble import troubles
from withhold.keep.vault_key import Keys

WAIT = 5.0
_TOGETHER = 500


@contextmanager
def alone(path: Path, keys: Keys | None) -> Iterator[sqlite3.Connection]:
    """The database, which nobody else can read or write until the block ends.

    Its log is folded in, so that all of it is in the one file. Raises StoreTrouble where another
    program has it open.
    """
    address = f"{path.absolute().as_uri()}?mode=rw"
    with troubles(path):
        connection = drivers.sqlcipher().connect(
            address, uri=True, timeout=WAIT, isolation_level=None
        )
    with closing(connection):
        with troubles(path):
            drivers.prepared(connection)
            if keys is not None:
                connection.execute(f'PRAGMA key = "{drivers.raw(keys)}"')
            connection.execute("PRAGMA secure_delete = ON")
            _take(connection)
            if Path(f"{path}-wal").exists() or Path(f"{path}-journal").exists():
                raise StoreTrouble(
                    f"another program has just written to {path}", "close it, and run it again"
                )
        yield connection


def _take(connection: sqlite3.Connection) -> None:
    """First without its log, and then for this connection alone: in this order, as a journal that
    is written under an exclusive lock stays, with octets of the first page in it."""
    until = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA locking_mode = NORMAL")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
                return
        except drivers.operational_errors() as why:
            if why.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.05)


def copy(source: sqlite3.Connection, to: Path, keys: Keys | None) -> None:
    """All of it in a new private file, which is on the disk after this. Raises StoreTrouble."""
    with troubles(to):
        private.make_database(to)
        address = f"{to.absolute().as_uri()}?mode=rw"
        key = "" if keys is None else drivers.raw(keys)
        source.execute("ATTACH DATABASE ? AS made KEY ?", (address, key))
        try:
            source.execute("SELECT sqlcipher_export('made')").fetchall()
            for name in ("application_id", "user_version"):
                ((value,),) = source.execute(f"PRAGMA main.{name}").fetchall()
                source.execute(f"PRAGMA made.{name} = {int(value)}")
        finally:
            source.execute("DETACH DATABASE made")
        with to.open("rb+") as file:
            os.fsync(file.fileno())


def compare(source: sqlite3.Connection, made: Path, keys: Keys | None) -> None:
    """Raises StoreTrouble unless the new file is sound and has every row of the first."""
    with troubles(made):
        address = f"{made.absolute().as_uri()}?mode=rw"
        with closing(drivers.connected(address, keys)) as copied:
            faults = [row[0] for row in copied.execute("PRAGMA integrity_check")]
            if keys is not None:  # each page against its own sum
                faults += [row[0] for row in copied.execute("PRAGMA cipher_integrity_check")]
            if faults != ["ok"]:
                raise _differs(str(faults[0]))
            for sql in (
                "PRAGMA application_id",
                "PRAGMA user_version",
                "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name",
            ):
                if source.execute(sql).fetchall() != copied.execute(sql).fetchall():
                    raise _differs("its tables are others")
            for name, order in _tables(source):
                sql = f'SELECT * FROM "{name}" ORDER BY {order}'  # noqa: S608 - names of our tables
                if _digest(source, sql) != _digest(copied, sql):
                    raise _differs(f"rows of {name}")


def _tables(source: sqlite3.Connection) -> list[tuple[str, str]]:
    """All tables that hold rows themselves, also those of the search, and how they are ordered."""
    found = source.execute(
        "SELECT name, wr, ncol FROM pragma_table_list "
        "WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'"
    ).fetchall()
    return [
        (name, ", ".join(str(one + 1) for one in range(ncol)) if without_rowid else "rowid")
        for name, without_rowid, ncol in found
    ]


def _digest(connection: sqlite3.Connection, sql: str) -> tuple[int, bytes]:
    """How many rows, and a sum over all of them in their order."""
    found, rows = hashlib.sha256(), 0
    cursor = connection.execute(sql)
    while some := cursor.fetchmany(_TOGETHER):
        rows += len(some)
        found.update(repr(some).encode("utf-8", "surrogatepass"))
    return rows, found.digest()


def _differs(what: str) -> StoreTrouble:
    return StoreTrouble(
        f"the copy of the database is not as the first ({what}); the first stays",
        "withhold doctor looks at the first; the copy is deleted",
    )
