"""A plugin of pytest under which every home that a test makes is an encrypted one from its start.

``-p tests.unit.keep.vaulted``. A connection that a test opens by itself on a ``withhold.db`` is one
of SQLCipher then, with the key; nothing else of the tests is changed.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from withhold.keep import drivers, key_place, private
from withhold.keep.vault_card import FORMAT, NAME, Card, put
from withhold.keep.vault_key import keys_of, written

KEY = bytes(range(32))
_make_home, _connect, _raises = private.make_home, sqlite3.connect, pytest.raises


def pytest_configure() -> None:
    """The key lies in a file; homes get a card before they get a database."""
    file = Path(tempfile.mkdtemp(prefix="withhold-test-")) / "key"
    file.write_text(f"{keys_of(KEY).name} {written(KEY)}\n")
    file.chmod(0o600)
    os.environ[key_place.VARIABLE] = str(file)
    private.make_home = made  # type: ignore[assignment]
    sqlite3.connect = connected  # type: ignore[assignment]
    pytest.raises = raises  # type: ignore[assignment]


def made(home: Path) -> None:
    """The home, and a card in it where it has no database yet."""
    _make_home(home)
    if not (home / private.FILE).exists() and not (home / NAME).exists():
        put(home, Card(format=FORMAT, keys=(keys_of(KEY).name,)))


def raises(expected: Any, *args: Any, **said: Any) -> Any:
    """An error of sqlite3, or the one of the same name of SQLCipher: they are no relatives."""
    if isinstance(expected, type) and issubclass(expected, sqlite3.Error):
        expected = (expected, getattr(drivers.sqlcipher(), expected.__name__))
    return _raises(expected, *args, **said)


def connected(database: Any, *args: Any, **said: Any) -> Any:
    """A connection with the key where a test names a store."""
    path = urlsplit(str(database)).path if str(database).startswith("file:") else str(database)
    if not unquote(path).endswith(private.FILE):
        return _connect(database, *args, **said)
    connection = drivers.sqlcipher().connect(database, *args, **said)
    drivers.prepared(connection)
    connection.execute(f'PRAGMA key = "{drivers.raw(keys_of(KEY))}"')
    return connection
