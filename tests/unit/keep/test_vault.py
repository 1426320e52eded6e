"""The vault goes on, off and to a new key; nobody without the key sees a word, and all is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from tests.unit.keep.vault_made import (
    LARGE,
    NAMES,
    fill,
    is_plain,
    is_tidy,
    is_whole,
    seen_in,
)

from withhold.errors import BadInput, MissingExtra, StoreTrouble
from withhold.keep import Store, key_place, vault
from withhold.keep.key_place import VARIABLE
from withhold.keep.serving import held
from withhold.keep.vault_key import keys_of, typed
from withhold.keep.vault_status import standing


def quiet(_: str) -> None:
    """Nobody looks."""


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere" / "key"))
    monkeypatch.setattr(key_place, "_have", {})
    return tmp_path / "elsewhere" / "key"


@pytest.fixture
def filled(home: Path) -> Path:
    fill(home)
    return home


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
    assert card == {"format": 1, "keys": [begins.hex()], "going": ""}
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
    with pytest.raises(StoreTrouble, match="not a database"):
        Store.read(filled)
    vault.recover(filled, recovery)
    is_whole(filled)


def test_the_key_of_another_store_is_refused(filled: Path, tmp_path: Path) -> None:
    vault.turn_on(filled, quiet)
    other = vault.turn_on(tmp_path / "other", quiet)
    with pytest.raises(BadInput, match="not of this store"):
        vault.recover(filled, other)


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


# Refused ----------------------------------------------------------------------------------------


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


WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from withhold.errors import StoreTrouble
from withhold.keep import Store
from withhold.words import Observation
for number in range(int(sys.argv[2])):
    seen = Observation(control="reddit/none", value=f"n{number}", on=date(2026, 8, 22), how="told")
    try:
        with Store.open(Path(sys.argv[1])) as store:
            store.observations.record(seen, datetime.now(UTC))
    except StoreTrouble:
        continue
    print(f"n{number}", flush=True)
print("end", flush=True)
"""


@pytest.mark.long
def test_what_others_were_told_is_saved_is_there_whatever_the_vault_does(filled: Path) -> None:
    """A program writes all the time; the vault goes on, to another key and off beside it."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(filled), "400"], stdout=subprocess.PIPE, text=True
    ) as writer:
        changes, works = 0, (vault.turn_on, vault.rotate, vault.turn_off)
        while writer.poll() is None and changes < 30:
            try:
                works[changes % 3](filled, quiet)
                changes += 1
            except StoreTrouble:  # the other one was faster
                continue
        out, _ = writer.communicate(timeout=300)
    told = out.split()
    assert told.pop() == "end"
    with Store.open(filled) as store:
        seen = [one.value for one in store.observations.all()]
        assert store.faults() == []
    assert seen[2:] == told
    assert changes >= 3
    print(f"{len(told)} written beside {changes} changes")


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


# Killed -----------------------------------------------------------------------------------------

STEPS = {"execute", "fsync", "replace", "link", "unlink", "write", "open", "close", "fchmod"}
"""C functions before which a process is killed: all that reaches the disk goes through them."""


def killed(at: int, work: Callable[[], object]) -> bool:
    """Runs it in a fork that dies by SIGKILL before its step ``at``; False: it came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    left = at

    def look(frame: object, event: str, function: object) -> None:
        nonlocal left
        if event == "c_call" and getattr(function, "__name__", "") in STEPS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), 9)

    try:
        sys.setprofile(look)
        work()
        sys.setprofile(None)
        os._exit(0)
    except BaseException:
        os._exit(1)


@pytest.fixture(params=["on", "off", "rotate"])
def going(
    request: pytest.FixtureRequest, filled: Path, key_file: Path, tmp_path: Path
) -> tuple[Path, Callable[[], object]]:
    """A home of before, and what is to be done to it again and again."""
    if request.param != "on":
        vault.turn_on(filled, quiet)
    work = {"on": vault.turn_on, "off": vault.turn_off, "rotate": vault.rotate}[request.param]
    return filled, lambda: work(filled, quiet)


def kill_at_each(
    home: Path, work: Callable[[], object], key_file: Path, tmp_path: Path, steps: range
) -> tuple[int, set[bool]]:
    """Kills at these steps, each time from the same beginning; how often, and what came of it."""
    import shutil

    before, key = tmp_path / "before", key_file.read_bytes() if key_file.exists() else b""
    home.rename(before)
    kills, kinds = 0, set()
    for at in steps:
        shutil.copytree(before, home)
        key_file.parent.mkdir(exist_ok=True)
        key_file.unlink(missing_ok=True)
        if key:
            key_file.write_bytes(key)
            key_file.chmod(0o600)
        key_place._have.clear()
        ended = not killed(at, work)
        is_whole(home)
        is_tidy(home)
        kinds.add(is_plain(home))
        lines = key_file.read_text().splitlines() if key_file.exists() else []
        names = [line.split()[0] for line in lines]
        kept = json.loads((home / "vault.json").read_text())["keys"] if not is_plain(home) else []
        assert names == kept
        shutil.rmtree(home)
        if ended:
            return kills, kinds
        kills += 1
    return kills, kinds


def test_killed_at_some_steps_it_still_opens(
    going: tuple[Path, Callable[[], object]], key_file: Path, tmp_path: Path
) -> None:
    kills, _ = kill_at_each(*going, key_file, tmp_path, range(3, 2000, 29))
    assert kills >= 4


@pytest.mark.long
def test_killed_at_every_step_it_still_opens(
    going: tuple[Path, Callable[[], object]], key_file: Path, tmp_path: Path
) -> None:
    kills, _ = kill_at_each(*going, key_file, tmp_path, range(2000))
    assert 100 < kills < 2000
    print(f"{kills} kills, none lost")
