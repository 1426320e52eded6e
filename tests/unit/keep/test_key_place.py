"""Where a key lies: keyrings that keep nothing or show all are refused, files of others too."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend

from withhold.errors import MissingExtra, StoreTrouble
from withhold.keep import key_place
from withhold.keep.key_place import VARIABLE, drop_keys, keep_key, key_named, keys_named, place
from withhold.keep.vault_key import keys_of, written

KEY = bytes(range(32))
NAME = keys_of(KEY).name


class InMemory(KeyringBackend):
    """A keyring as good as any, for the length of a test."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class PlaintextKeyring(InMemory):
    """What writes keys down openly, and boasts."""

    priority = 9  # type: ignore[assignment]


class Meh(InMemory):
    """A backend that the library does not recommend."""

    priority = 0.5  # type: ignore[assignment]


class Closed(InMemory):
    """A keyring whose owner pressed Cancel."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("the prompt was\ndismissed")


@pytest.fixture(autouse=True)
def own_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(key_place, "_have", {})
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "key"))
    return tmp_path / "key"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_key_goes_into_the_keyring_and_out_again(home: Path) -> None:
    ring = InMemory()
    keyring.set_keyring(ring)
    assert key_named(home, NAME) is None
    assert keep_key(home, KEY) == NAME
    assert ring.kept == {("withhold", NAME): written(KEY)}
    assert key_named(home, NAME) == KEY
    assert keys_named(home, NAME) == keys_of(KEY)
    drop_keys(home, [NAME, "0" * 32])
    assert ring.kept == {}
    with pytest.raises(StoreTrouble, match="its key is not in"):
        keys_named(home, NAME)


@pytest.mark.parametrize("ring", [fail.Keyring(), null.Keyring(), PlaintextKeyring(), Meh()])
def test_a_keyring_that_keeps_no_secret_is_refused(home: Path, ring: KeyringBackend) -> None:
    keyring.set_keyring(ring)
    for asked in (place, lambda home: keep_key(home, KEY), lambda home: key_named(home, NAME)):
        with pytest.raises(StoreTrouble, match="no keyring that keeps a secret") as told:
            asked(home)
        assert VARIABLE in told.value.tip
    assert getattr(ring, "kept", {}) == {}


def test_of_several_the_first_that_is_fit_is_used(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = PlaintextKeyring(), InMemory()
    monkeypatch.setattr(ChainerBackend, "backends", [bad, good])
    keyring.set_keyring(ChainerBackend())
    keep_key(home, KEY)
    assert (len(bad.kept), len(good.kept)) == (0, 1)


def test_a_keyring_that_does_not_answer_is_told(home: Path) -> None:
    keyring.set_keyring(Closed())
    with pytest.raises(StoreTrouble, match=r"does not answer \(the prompt was dismissed\)"):
        keys_named(home, NAME)


@pytest.mark.parametrize("text", ["", "nonsense", written(bytes(32))])
def test_a_wrong_key_is_told_from_a_missing_one(home: Path, text: str) -> None:
    ring = InMemory()
    ring.kept["withhold", NAME] = text
    keyring.set_keyring(ring)
    with pytest.raises(StoreTrouble, match="is not the one of the store") as told:
        keys_named(home, NAME)
    assert "vault open --recovery" in told.value.tip


def test_without_the_library_the_extra_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MissingExtra) as told:
        place(home)
    assert told.value.tip == 'pip install "withhold[vault]"'


# A file -----------------------------------------------------------------------------------------


def test_a_file_is_private_and_holds_several_keys(home: Path, file: Path) -> None:
    other = bytes(32)
    keep_key(home, KEY)
    keep_key(home, other)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text().splitlines() == [
        f"{NAME} {written(KEY)}",
        f"{keys_of(other).name} {written(other)}",
    ]
    drop_keys(home, [NAME])
    assert (key_named(home, NAME), key_named(home, keys_of(other).name)) == (None, other)
    drop_keys(home, [keys_of(other).name])
    assert not file.exists()


@pytest.mark.skipif(os.name == "nt", reason="there folders are not flushed")
def test_the_name_of_the_file_is_on_the_disk_too(
    home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is encrypted by the key a moment later, perhaps on another disk."""
    flushed: list[tuple[int, bool]] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        flushed.append((os.fstat(handle).st_ino, file.exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    keep_key(home, KEY)
    assert flushed[-1] == (file.parent.stat().st_ino, True)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o601])
def test_a_file_that_others_can_read_or_change_is_refused(
    home: Path, file: Path, mode: int
) -> None:
    keep_key(home, KEY)
    file.chmod(mode)
    with pytest.raises(StoreTrouble, match="others can read or change") as told:
        key_named(home, NAME)
    assert "chmod 600" in told.value.tip


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_refused(home: Path, file: Path) -> None:
    keep_key(home, KEY)
    os.chown(file, 65534, 65534)
    with pytest.raises(StoreTrouble, match="others can read or change"):
        key_named(home, NAME)


def test_a_link_or_a_folder_is_refused(home: Path, file: Path, tmp_path: Path) -> None:
    keep_key(home, KEY)
    file.rename(tmp_path / "real")
    file.symlink_to(tmp_path / "real")
    with pytest.raises(StoreTrouble, match="cannot be read"):
        key_named(home, NAME)
    file.unlink()
    file.mkdir(mode=0o700)
    with pytest.raises(StoreTrouble):
        key_named(home, NAME)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_is_refused_and_not_waited_for(home: Path, file: Path) -> None:
    """In a folder like /tmp anybody can put one there before; nobody ever writes into it."""
    os.mkfifo(file, 0o600)
    with pytest.raises(StoreTrouble, match="no plain file"):
        key_named(home, NAME)


def test_a_file_inside_of_the_home_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(home)
    home.mkdir()
    for said in (home / "key", home / "deep" / "key", tmp_path / "link" / "key"):
        monkeypatch.setenv(VARIABLE, str(said))
        with pytest.raises(StoreTrouble, match="lies in the home"):
            keep_key(home, KEY)
    assert list(home.iterdir()) == []


def test_a_file_that_an_editor_saved_is_read(home: Path, file: Path) -> None:
    """With its mark of UTF-8 in front, and with the ends of lines of Windows."""
    file.write_bytes(b"\xef\xbb\xbf" + f"{NAME} {written(KEY)}\r\n".encode())
    file.chmod(0o600)
    assert key_named(home, NAME) == KEY


def test_the_words_of_its_owner_stay_in_a_file(home: Path, file: Path) -> None:
    file.write_bytes("# für den Laptop\n".encode())
    file.chmod(0o600)
    keep_key(home, KEY)
    assert file.read_bytes().decode() == f"# für den Laptop\n{NAME} {written(KEY)}\n"
    drop_keys(home, [NAME])
    assert file.read_bytes().decode() == "# für den Laptop\n"


def test_lines_that_are_no_keys_do_no_harm(home: Path, file: Path) -> None:
    file.write_bytes(b"# mine\n\n\xff\xfe\none-word\n" + f"{NAME} {written(KEY)}\n".encode())
    file.chmod(0o600)
    assert key_named(home, NAME) == KEY
