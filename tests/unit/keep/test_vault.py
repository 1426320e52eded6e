"""The vault goes on, off and to a new key; nobody without the key sees a word, and all is there."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from tests.unit.keep.vault_made import (
    NAMES,
    fill,
    is_plain,
    is_tidy,
    is_whole,
    quiet,
    seen_in,
)

from withhold.errors import BadInput, StoreTrouble
from withhold.keep import Store, key_place, vault
from withhold.keep.key_place import VARIABLE
from withhold.keep.vault_key import keys_of, typed
from withhold.keep.vault_status import standing


def raw(home: Path, recovery: str) -> dbapi2.Connection:
    """The database by SQLCipher itself, with what is derived from the key on paper."""
    keys = keys_of(typed(recovery))
    connection = dbapi2.connect(str(home / "withhold.db"))
    connection.execute(f"PRAGMA key = \"x'{keys.database.hex()}{keys.salt.hex()}'\"")
    return connection


def test_on_and_off_again(filled: Path, key_file: Path) -> None:
    assert is_plain(filled)
    assert len(seen_in(filled)) >= 3
    recovery = vault.turn_on(filled, quiet)
    assert not is_plain(filled)
    assert seen_in(filled) == []
    is_tidy(filled)
    is_whole(filled)
    assert seen_in(filled) == []
    with closing(raw(filled, recovery)) as opened:
        assert opened.execute("SELECT value FROM setting").fetchall() == [("Ada Lovelace",)]
        assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert opened.execute("PRAGMA journal_mode").fetchall() == [("wal",)]
    vault.turn_off(filled, quiet)
    is_tidy(filled)
    is_whole(filled)
    assert is_plain(filled)
    assert not key_file.exists()


def test_every_file_and_folder_is_private(filled: Path, key_file: Path) -> None:
    vault.turn_on(filled, quiet)
    is_whole(filled)
    modes = {one.stat().st_mode & 0o077 for one in (*filled.rglob("*"), filled, key_file)}
    assert modes == {0}


def test_a_new_key_closes_the_old_one(filled: Path, key_file: Path) -> None:
    old = vault.turn_on(filled, quiet)
    names = sorted((filled / "evidence").iterdir())
    new = vault.rotate(filled, quiet)
    is_tidy(filled)
    is_whole(filled)
    assert old not in key_file.read_text()
    assert new in key_file.read_text()
    assert not set(names) & set((filled / "evidence").iterdir())
    with closing(raw(filled, old)) as opened, pytest.raises(dbapi2.DatabaseError):
        opened.execute("SELECT * FROM setting").fetchall()
    with pytest.raises(BadInput, match="not of this store"):
        vault.recover(filled, old)


def test_the_card_holds_no_secret(filled: Path) -> None:
    recovery = vault.turn_on(filled, quiet)
    card = json.loads((filled / "vault.json").read_text())
    begins = (filled / "withhold.db").read_bytes()[:16]
    assert card == {"format": 1, "keys": [begins.hex()], "going": "", "marks": []}
    assert begins == keys_of(typed(recovery)).salt


def test_the_recovery_key_opens_it_on_another_machine(
    filled: Path, key_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery = vault.turn_on(filled, quiet)
    assert vault.recovery_key(filled) == recovery
    moved = filled.rename(tmp_path / "there")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "other"))
    key_place._have.clear()
    with pytest.raises(StoreTrouble, match="its key is not in") as told:
        Store.read(moved)
    assert "open --recovery" in told.value.tip
    assert standing(moved).state == "trouble"
    assert vault.recover(moved, recovery.lower()) == str(tmp_path / "other")
    is_whole(moved)
    assert standing(moved).state == "on"


def test_a_lost_card_is_written_again_by_the_recovery_key(filled: Path) -> None:
    recovery = vault.turn_on(filled, quiet)
    (filled / "vault.json").unlink()
    for opens in (Store.open, Store.read):
        with pytest.raises(StoreTrouble, match=r"encrypted, but vault\.json is gone") as told:
            opens(filled)
        assert "withhold vault open --recovery" in told.value.tip
    vault.recover(filled, recovery)
    is_whole(filled)


def test_a_database_and_a_card_that_were_deleted_are_not_begun_again_openly(filled: Path) -> None:
    vault.turn_on(filled, quiet)
    for name in ("vault.json", "withhold.db", "withhold.db-wal", "withhold.db-shm"):
        (filled / name).unlink(missing_ok=True)
    with pytest.raises(StoreTrouble, match=r"encrypted, but vault\.json is gone"):
        Store.open(filled)


def test_no_evidence_is_written_openly_beside_what_is_encrypted(
    filled: Path, tmp_path: Path
) -> None:
    """Somebody took the card away and put the plain database of an earlier backup there."""
    plain = (filled / "withhold.db").read_bytes()
    vault.turn_on(filled, quiet)
    before = sorted(one.name for one in (filled / "evidence").iterdir())
    (filled / "vault.json").unlink()
    for name in ("withhold.db-wal", "withhold.db-shm"):
        (filled / name).unlink(missing_ok=True)
    (filled / "withhold.db").write_bytes(plain)
    with Store.open(filled) as store, pytest.raises(StoreTrouble, match="encrypted, but"):
        store.evidence.keep(b"a new letter", "letter.txt")
    assert sorted(one.name for one in (filled / "evidence").iterdir()) == before


def test_a_card_that_another_wrote_deletes_no_key(
    filled: Path, tmp_path: Path, key_file: Path
) -> None:
    """Who can write into the home could else have keys deleted that they cannot reach."""
    plain = (filled / "withhold.db").read_bytes()
    mine = keys_of(typed(vault.turn_on(filled, quiet))).name
    other = keys_of(typed(vault.turn_on(tmp_path / "other", quiet))).name
    kept = key_file.read_text()
    forged = {"format": 1, "keys": [mine, other], "going": "rotate", "marks": ["0" * 64] * 2}
    (filled / "vault.json").write_text(json.dumps(forged))
    Store.open(filled).close()
    assert key_file.read_text() == kept
    (filled / "vault.json").write_text('{"format": 1, "keys": ["' + mine + '"], "going": "off"}')
    for name in ("withhold.db-wal", "withhold.db-shm"):
        (filled / name).unlink(missing_ok=True)
    (filled / "withhold.db").write_bytes(plain)
    Store.open(filled).close()
    assert key_file.read_text() == kept


def test_the_key_of_another_store_is_refused(filled: Path, tmp_path: Path) -> None:
    vault.turn_on(filled, quiet)
    other = vault.turn_on(tmp_path / "other", quiet)
    with pytest.raises(BadInput, match="not of this store"):
        vault.recover(filled, other)


@pytest.mark.usefixtures("key_file")
def test_a_store_that_is_not_there_yet_begins_encrypted(home: Path) -> None:
    vault.turn_on(home, quiet)
    assert not is_plain(home)
    fill(home)
    is_tidy(home)
    is_whole(home)


def test_a_database_that_was_deleted_is_not_begun_again_openly(filled: Path) -> None:
    vault.turn_on(filled, quiet)
    for name in ("withhold.db", "withhold.db-wal", "withhold.db-shm"):
        (filled / name).unlink(missing_ok=True)
    Store.open(filled).close()
    assert not is_plain(filled)


def test_a_plain_database_in_an_encrypted_home_is_not_taken(filled: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.db"
    plain.write_bytes((filled / "withhold.db").read_bytes())
    vault.turn_on(filled, quiet)
    (filled / "withhold.db").write_bytes(plain.read_bytes())
    for opens in (Store.open, Store.read):
        with pytest.raises(StoreTrouble, match=r"not encrypted, but vault\.json says"):
            opens(filled)
    assert standing(filled).state == "trouble"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format":1,"keys":[]}', '{"format":1,"keys":["zz"]}', "\xff" * 9000]
)
def test_a_card_that_cannot_be_read_is_said(filled: Path, text: str) -> None:
    (filled / "vault.json").write_text(text, encoding="latin-1")
    with pytest.raises(StoreTrouble, match=r"vault\.json"):
        Store.read(filled)
    (filled / "vault.json").write_text('{"format": 2, "keys": ["' + "0" * 32 + '"]}')
    with pytest.raises(StoreTrouble, match="newer withhold"):
        Store.read(filled)


def test_a_changed_page_is_damage(filled: Path) -> None:
    vault.turn_on(filled, quiet)
    Store.open(filled).close()
    path = filled / "withhold.db"
    data = bytearray(path.read_bytes())
    data[4096 * 3 + 100] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreTrouble, match="damaged"), Store.read(filled) as store:
        store.faults()


def test_changed_and_lost_evidence_is_told(filled: Path) -> None:
    vault.turn_on(filled, quiet)
    with Store.read(filled) as store:
        first, second = sorted((filled / "evidence").iterdir(), key=lambda one: one.stat().st_size)
        second.write_bytes(first.read_bytes())  # a sealed file, but another's
        first.unlink()
        names = {"gone": NAMES[0], "was changed": NAMES[1]}
        faults = store.evidence.faults()
        assert sorted(faults) == sorted(
            f"evidence/{digest} (the kitchen table {value}.txt) "
            f"{'is ' if said == 'gone' else ''}{said}"
            for (said, digest), value in zip(names.items(), ("off", "on"), strict=True)
        )
        with pytest.raises(StoreTrouble, match="was changed"):
            store.evidence.read(NAMES[1])
    with pytest.raises(StoreTrouble, match="has faults, so it is not touched"):
        vault.turn_off(filled, quiet)


def test_forgetting_leaves_no_file(filled: Path) -> None:
    vault.turn_on(filled, quiet)
    from tests.unit.keep.vault_made import NOW

    with Store.open(filled) as store:
        store.forget.everything(NOW)
    assert list((filled / "evidence").iterdir()) == []
    with Store.read(filled) as store:
        assert store.faults() == []


LOOKING = """
import sys
from pathlib import Path
from withhold.keep import Store
with Store.read(Path(sys.argv[1])) as store:
    store.faults()
print("it was the last" if not Path(sys.argv[1], "withhold.db-wal").exists() else "others have it")
"""


def test_a_second_look_drops_no_lock_of_the_first(filled: Path, key_file: Path) -> None:
    """As ``test_locks_held.py`` asks of a plain store: who is the last deletes the log."""
    vault.turn_on(filled, quiet)
    asked = [sys.executable, "-c", LOOKING, str(filled)]
    with Store.open(filled):
        with Store.read(filled):
            pass
        ran = subprocess.run(asked, capture_output=True, text=True, check=True)
        assert ran.stdout.strip() == "others have it"
    ran = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "it was the last"
