"""A home folder, an open store in it, and the hands of somebody who tampers with the file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.unit.keep.vault_made import fill

from withhold.keep import Store, key_place
from withhold.keep.key_place import VARIABLE
from withhold.words import Observation

NOBODY = 65534


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """A new store, open for reading and writing."""
    with Store.open(home) as opened:
        yield opened


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the keys of vaults lie; there is none yet, and none is remembered."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere" / "key"))
    monkeypatch.setattr(key_place, "_have", {})
    return tmp_path / "elsewhere" / "key"


@pytest.fixture
def filled(home: Path, key_file: Path) -> Path:
    """A home whose store holds what ``vault_made`` knows every sentence of; a vault may go on."""
    fill(home)
    return home


@pytest.fixture
def now() -> datetime:
    """The moment of every call that does not care."""
    return datetime(2026, 8, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def seen() -> Callable[..., Observation]:
    """An observation; what is not said is of no importance to the test."""

    def make(**said: object) -> Observation:
        fields = {
            "control": "linkedin/ai-training-toggle",
            "value": "off",
            "on": date(2026, 8, 22),
            "how": "told",
            "account": "linkedin",
        }
        return Observation(**{**fields, **said})  # type: ignore[arg-type]

    return make


@pytest.fixture
def tamper(home: Path) -> Callable[..., int]:
    """Runs one statement on the file past all triggers and keys; answers the rows it touched."""

    def run(sql: str, *params: object) -> int:
        with closing(sqlite3.connect(home / "withhold.db", isolation_level=None)) as raw:
            triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            triggers = triggers.fetchall()
            for name, _ in triggers:
                raw.execute(f"DROP TRIGGER {name}")
            touched = raw.execute(sql, params).rowcount
            for _, create in triggers:
                raw.execute(create)
        return touched

    return run


@pytest.fixture
def raw_rows(home: Path) -> Callable[..., list[tuple[object, ...]]]:
    """All rows of a SELECT by a connection that knows nothing of withhold."""

    def run(sql: str, *params: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(home / "withhold.db")) as raw:
            return raw.execute(sql, params).fetchall()

    return run


@contextmanager
def _unprivileged() -> Iterator[None]:
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def unprivileged() -> Callable[[], object]:
    """Inside ``with unprivileged():`` the modes of files count, also when root runs the tests."""
    return _unprivileged


@pytest.fixture
def nobodys_home() -> Iterator[Path]:
    """A home folder that a user without privileges owns and can reach."""
    root = Path(tempfile.mkdtemp(prefix="withhold-test-"))
    root.chmod(0o755)
    home = root / "home"
    home.mkdir(mode=0o700)
    if not os.geteuid():
        os.chown(home, NOBODY, NOBODY)
    yield home
    for folder in (home, home / "evidence"):
        if folder.is_dir():
            folder.chmod(0o700)
    shutil.rmtree(root)
