"""When the vault is not touched, and what is left when a change does not come to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.keep.vault_made import (
    LARGE,
    NAMES,
    is_plain,
    is_tidy,
    is_whole,
    quiet,
)

from withhold.errors import BadInput, MissingExtra, StoreTrouble
from withhold.keep import Store, key_place, vault
from withhold.keep.serving import held
from withhold.keep.vault_key import keys_of


def test_twice_on_or_off_is_said(filled: Path) -> None:
    for wrong in (vault.turn_off, vault.rotate):
        with pytest.raises(BadInput, match="not encrypted"):
            wrong(filled, quiet)
    vault.turn_on(filled, quiet)
    with pytest.raises(BadInput, match="encrypted already"):
        vault.turn_on(filled, quiet)


def test_not_while_a_dashboard_runs(filled: Path) -> None:
    with held(filled), pytest.raises(StoreTrouble, match="another server has this home"):
        vault.turn_on(filled, quiet)
    assert is_plain(filled)
    assert not (filled / "vault.json").exists()


def test_not_while_another_program_has_the_database_open(
    filled: Path, monkeypatch: pytest.MonkeyPatch, key_file: Path
) -> None:
    monkeypatch.setattr("withhold.keep.vault_copy.WAIT", 0.2)
    code = (
        "import sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1])\n"
        "raw.execute('SELECT * FROM setting').fetchall()\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(filled / "withhold.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"ready\n"
        with pytest.raises(StoreTrouble, match="locked"):
            vault.turn_on(filled, quiet)
        other.communicate(b"")
    assert not (filled / "vault.json").exists()
    assert not key_file.exists()
    is_whole(filled)


def test_nobody_else_reads_or_writes_meanwhile(filled: Path) -> None:
    said: list[str] = []
    code = (
        "import sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "try: raw.execute('SELECT * FROM setting').fetchall()\n"
        "except sqlite3.OperationalError as why: print(why, end='')"
    )

    def told(step: str) -> None:
        if step in ("copy", "compare"):
            done = subprocess.run(
                [sys.executable, "-c", code, str(filled / "withhold.db")],
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            )
            said.append(done.stdout)

    vault.turn_on(filled, told)
    assert said == ["database is locked", "database is locked"]


def test_who_had_the_old_database_open_cannot_write_into_it(filled: Path) -> None:
    """As after a rename by another process: what is written would be lost without a word."""
    with Store.open(filled) as store:
        copied = filled / "copy"
        copied.write_bytes((filled / "withhold.db").read_bytes())
        copied.replace(filled / "withhold.db")
        with pytest.raises(StoreTrouble, match="another database in the place"):
            store.own.set("place", "DE")


def test_a_disk_that_is_full_leaves_what_was(
    filled: Path, monkeypatch: pytest.MonkeyPatch, key_file: Path
) -> None:
    from withhold.keep import private

    write = private.write

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".sealed" and len(data) > len(LARGE):
            raise OSError(28, "No space left on device")
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(private, "write", full)
        with pytest.raises(StoreTrouble, match="no room left"):
            vault.turn_on(filled, quiet)
    is_tidy(filled)
    is_whole(filled)
    assert is_plain(filled)
    assert not key_file.exists()


def test_ctrl_c_leaves_what_was(filled: Path) -> None:
    for step in ("key", "files", "copy", "compare"):

        def stop(said: str, step: str = step) -> None:
            if said == step:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            vault.turn_on(filled, stop)
        is_tidy(filled)
        assert is_plain(filled)
    is_whole(filled)


def test_a_copy_by_hard_links_is_not_wiped(filled: Path, tmp_path: Path) -> None:
    os.link(filled / "evidence" / NAMES[0], tmp_path / "backup")
    before = (tmp_path / "backup").read_bytes()
    vault.turn_on(filled, quiet)
    assert (tmp_path / "backup").read_bytes() == before


def test_old_files_are_written_over(filled: Path) -> None:
    """What has them open still sees their octets: zeros."""
    with (
        (filled / "evidence" / NAMES[1]).open("rb") as evidence,
        (filled / "withhold.db").open("rb") as database,
    ):
        vault.turn_on(filled, quiet)
        assert not any(evidence.read())
        assert not any(database.read())


@pytest.mark.parametrize("module", ["sqlcipher3", "cryptography.hazmat.primitives.hashes"])
def test_without_the_extra_it_is_named(
    filled: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    vault.turn_on(filled, quiet)
    key_place._have.clear()
    keys_of.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra) as told:
        Store.read(filled)
    assert told.value.tip == 'pip install "withhold[vault]"'
