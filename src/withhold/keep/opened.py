"""One open database: reading, writing in one piece, wiping what was forgotten.

Reading is plain ``sqlite3`` (of an encrypted home: SQLCipher, see ``drivers``), writing goes
through ``sqlite_utils`` (see ``tables``). The import of the latter costs far more than all that
``withhold check`` does with the store, so only those who write pay for it (``bench/start.py``
measures what is left).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from withhold.errors import StoreTrouble
from withhold.keep import drivers
from withhold.keep.connecting import LOOKS, connect, identity, keys_for
from withhold.keep.private import EVIDENCE, FILE
from withhold.keep.trouble import damaged, newer, troubles

if TYPE_CHECKING:
    from withhold.keep.tables import Database

APPLICATION = 0x57484C44
"""``WHLD`` in the header of the file: it is ours."""
SCHEMA = 5
"""How many migrations this program knows."""
WAIT = 5.0
"""Seconds that one process waits for another."""
LARGE = 64 * 1024 * 1024
"""Octets of a file from which on wiping takes longer than anybody should wait for a page."""


class Opened:
    """One connection to the store of one home folder.

    ``puts_off``: a large file is not wiped with what is forgotten, but by who asks for it later.
    """

    def __init__(self, home: Path, *, writable: bool, puts_off: bool = False) -> None:
        self.home = home
        self.puts_off = puts_off
        self.path = home / FILE
        self.evidence = home / EVIDENCE
        self.writable = writable
        self._tables: Database | None = None
        for left in reversed(range(LOOKS)):
            self._file = identity(self.path)
            try:
                self.keys = keys_for(home)
                self._open()
                break
            except StoreTrouble:
                if not left or self._file == identity(self.path):
                    raise

    def _open(self) -> None:
        with troubles(self.path):
            self._connection = connect(self.path, self.keys, WAIT, writable=self.writable)
            try:
                self.schema = self._schema()
                self._must_be_the_one()
                if self.writable:
                    self._make_ready()
            except BaseException:
                self.close()
                raise

    def _must_be_the_one(self) -> None:
        """Raises StoreTrouble where another file has taken the place of the one that is open.

        Putting a vault on or off does so. Who waited for it has the old file, and must not write.
        """
        if self._file != identity(self.path):
            raise StoreTrouble(
                f"another program put another database in the place of {self.path}",
                "run it again; nothing was written",
            )

    def rows(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """All rows of one SELECT.

        None where it asks for half a surrogate pair, as an argument that is no UTF-8 has: no row
        holds one.
        """
        with troubles(self.path):
            try:
                return self._connection.execute(sql, params).fetchall()
            except UnicodeEncodeError:
                return []

    def each(self, sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
        """The rows of one SELECT, one after the other: for those who may stop in between."""
        with troubles(self.path), closing(self._connection.execute(sql, params)) as found:
            yield from found

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """All that is written inside is written, or none of it; others wait meanwhile.

        The lock is taken at the start (``BEGIN IMMEDIATE``): what is read inside, such as the end
        of the chain, cannot be changed by another process before it is built upon. Inside
        another ``writing`` it is part of that one.
        """
        if not self.writable:
            raise RuntimeError("this store was opened for reading")
        with troubles(self.path):
            tables = self._through_sqlite_utils()
            if self._connection.in_transaction:
                yield tables
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._must_be_the_one()
                yield tables
                self._connection.execute("COMMIT")
            except BaseException:
                tables.rollback()
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever others write meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:  # a full disk ends it by itself
                self._connection.execute("ROLLBACK")

    @property
    def wipe_is_due(self) -> bool:
        """Whether something was forgotten that is not wiped from the file yet."""
        return bool(self.rows("SELECT 1 FROM unfinished WHERE what = 'wipe'"))

    def wipe_after(self) -> None:
        """After something was forgotten: at once, or later where that takes long. StoreTrouble."""
        if not (self.puts_off and self.path.stat().st_size >= LARGE):
            self.wipe()

    def wipe(self, patience: float = 0) -> None:
        """Leaves nothing of deleted rows in the file or its log.

        ``secure_delete`` writes zeros over a deleted row, but not over copies that SQLite left
        behind when it moved rows between pages (a test shows it), nor over the log:
        ``VACUUM`` builds the file anew and the checkpoint empties the log. On the disk below, old
        blocks may live on; that is the file system's. Raises StoreTrouble if it cannot be done
        now; the next one that opens the store for writing makes up for it. ``patience``: seconds
        more than usual to wait for those who are still reading what was there before.
        """
        try:
            with troubles(self.path):
                self._connection.execute("VACUUM")
                until = time.monotonic() + patience
                while busy := self.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
                    if time.monotonic() >= until:
                        break
            if busy:
                raise StoreTrouble(f"another program is reading {self.path}")
            with self.writing() as tables:
                tables.execute("DELETE FROM unfinished WHERE what = 'wipe'")
        except StoreTrouble as why:
            raise StoreTrouble(
                f"it is forgotten, but not yet wiped from the file: {why.message}",
                "the next withhold command that saves something wipes it; no need to forget again",
            ) from why

    def close(self) -> None:
        """Ends it; the last one to leave folds the log into the file."""
        self._connection.close()

    def _through_sqlite_utils(self) -> Database:
        if self._tables is None:
            from withhold.keep.tables import Database

            # no plugins: what else is installed on this machine has no business in here
            self._tables = Database(self._connection, execute_plugins=False)
        return self._tables

    def _schema(self) -> int:
        """Which schema the file has; 0 = still empty. Raises StoreTrouble if it is not ours."""
        with self.snapshot():
            application, schema, tables = (
                self.rows(sql)[0][0]
                for sql in (
                    "PRAGMA application_id",
                    "PRAGMA user_version",
                    "SELECT count(*) FROM sqlite_schema",
                )
            )
        if application != APPLICATION and (application or schema or tables):
            raise damaged(self.path, "a database, but not one of withhold")
        if schema > SCHEMA:
            raise newer(self.path, schema, SCHEMA)
        return int(schema)

    def _make_ready(self) -> None:
        if sqlite3.sqlite_version_info < (3, 37):
            raise StoreTrouble(
                f"SQLite {sqlite3.sqlite_version} is too old for the store (STRICT tables)",
                "use a Python that brings SQLite 3.37 or later",
            )
        self._switch_to_wal()
        if self.schema < SCHEMA:
            from withhold.keep.schema import bring_up_to_date

            with self.writing() as tables:
                if self._schema() < SCHEMA:  # another process may have been faster
                    bring_up_to_date(tables, APPLICATION, SCHEMA)
            self.schema = SCHEMA
        if self.wipe_is_due:
            with suppress(StoreTrouble):  # still held: the next one tries again
                self.wipe_after()

    def _switch_to_wal(self) -> None:
        """Once per file. SQLite does not wait for another writer here, so we do."""
        until = time.monotonic() + WAIT
        while self.rows("PRAGMA journal_mode")[0][0] != "wal":
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except drivers.operational_errors() as why:
                if why.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
