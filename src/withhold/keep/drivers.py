"""Which library opens a database: the standard one, or SQLCipher for an encrypted home.

Both are DB-API modules over SQLite with the same codes, but their exceptions are no relatives.
SQLCipher is imported only for an encrypted home.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import suppress
from types import ModuleType
from typing import cast

from withhold.keep.vault_key import Keys, missing

_SQLCIPHER = "sqlcipher3.dbapi2"


def errors() -> tuple[type[sqlite3.Error], ...]:
    """What a database may raise. Imports no library: one that is not there raised nothing."""
    return (sqlite3.Error, *_of("Error"))


def database_errors() -> tuple[type[sqlite3.DatabaseError], ...]:
    """The database itself could not do it."""
    return (sqlite3.DatabaseError, *_of("DatabaseError"))


def operational_errors() -> tuple[type[sqlite3.OperationalError], ...]:
    """A lock, a disk, a right: the world."""
    return (sqlite3.OperationalError, *_of("OperationalError"))


def _of(name: str) -> tuple[type, ...]:
    module = sys.modules.get(_SQLCIPHER)
    return (getattr(module, name),) if module else ()


def sqlcipher() -> ModuleType:
    """The library of encrypted databases. Raises MissingExtra."""
    try:
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped]
    except ImportError as why:
        raise missing() from why
    return cast("ModuleType", dbapi2)


def connected(address: str, keys: Keys | None, timeout: float = 5.0) -> sqlite3.Connection:
    """A connection to a file: URI that leaves transactions to its user; None: it is plain.

    A connection of SQLCipher is no ``sqlite3.Connection``, but has all of it that is used here.
    """
    if keys is None:
        return sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None)
    connection = sqlcipher().connect(address, uri=True, timeout=timeout, isolation_level=None)
    try:
        prepared(connection)
        connection.execute(f'PRAGMA key = "{raw(keys)}"')
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)


def prepared(connection: sqlite3.Connection) -> None:
    """Before its key is told: the format of SQLCipher 4, whatever a later one prefers, and silence.

    It prints to the standard error by itself; what went wrong is ours to say.
    """
    for sql in ("PRAGMA cipher_log_level = NONE", "PRAGMA cipher_default_compatibility = 4"):
        with suppress(*errors()):
            connection.execute(sql)


def raw(keys: Keys) -> str:
    """Key and salt as SQLCipher takes them without stretching them first."""
    return f"x'{keys.database.hex()}{keys.salt.hex()}'"
