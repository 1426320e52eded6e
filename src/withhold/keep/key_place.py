"""Where the key of a vault lies: in the system's keyring, or in a file that you name.

The keyring is asked by ``keyring`` under the service ``withhold``, one entry per key, named by the
salt of the database. Backends that would write the key down openly, or nowhere, are refused: those
that the library itself does not recommend (a priority under 1, which ``fail``, ``null`` and plain
files have). With ``WITHHOLD_VAULT_KEY_FILE`` the keyring is not asked at all.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from withhold.errors import BadInput, StoreTrouble
from withhold.keep import private
from withhold.keep.vault_key import Keys, keys_of, missing, typed, written

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "withhold"
VARIABLE = "WITHHOLD_VAULT_KEY_FILE"
_RECOMMENDED = 1
"""The priority from which on the library calls a backend recommended."""
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link is followed, and a pipe that another put there is not waited for."""
_WITHOUT = (
    "log in to your desktop so that its keyring is open, or name a file of your own: "
    f"{VARIABLE}=/path/outside/of/the/home"
)
_have: dict[str, Keys] = {}
"""Keys that this process has asked for; a dashboard opens the store for every page."""


def place(home: Path) -> str:
    """Where a key is kept, in words. Raises StoreTrouble where there is no fit place."""
    file = _file(home)
    return str(file) if file else f"the keyring of this system ({_said(_keyring())})"


def keys_named(home: Path, name: str) -> Keys:
    """The keys of this name. Raises StoreTrouble if the key is missing or is another's."""
    if name not in _have:
        key = key_named(home, name)
        if key is None:
            raise StoreTrouble(
                f"the store in {home} is encrypted, and its key is not in {place(home)}",
                "withhold vault open --recovery puts it there from the recovery key",
            )
        _have[name] = keys_of(key)
    return _have[name]


def key_named(home: Path, name: str) -> bytes | None:
    """The key itself; None where it is not kept here. Raises StoreTrouble for one that is wrong."""
    file = _file(home)
    text = _in_file(file).get(name) if file else _asked(name)
    if text is None:
        return None
    try:
        key = typed(text)
    except BadInput:
        key = b""
    if not key or keys_of(key).name != name:
        raise StoreTrouble(
            f"the key in {place(home)} is not the one of the store in {home}",
            "withhold vault open --recovery puts the right one there from the recovery key",
        )
    return key


def keep_key(home: Path, key: bytes) -> str:
    """Puts a key where keys are kept, reads it back, and answers its name. Raises StoreTrouble."""
    name, file = keys_of(key).name, _file(home)
    if file:
        _write(file, {**_in_file(file), name: written(key)})
    else:
        backend = _keyring()
        try:
            backend.set_password(SERVICE, name, written(key))
        except Exception as why:  # every backend has errors of its own
            raise _refuses(why) from why
    if key_named(home, name) != key:
        raise StoreTrouble(f"{place(home)} did not keep the key", _WITHOUT)
    return name


def drop_keys(home: Path, names: Iterable[str]) -> None:
    """Deletes keys from where they are kept; one that is not there is no trouble. StoreTrouble."""
    file = _file(home)
    for name in names:
        _have.pop(name, None)
        if file:
            have = _in_file(file)
            if have.pop(name, None) is not None:
                _write(file, have)
            continue
        try:
            backend = _keyring()
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)
        except StoreTrouble:
            raise
        except Exception as why:
            raise _refuses(why) from why


# The keyring ------------------------------------------------------------------------------------


def _asked(name: str) -> str | None:
    backend = _keyring()
    try:
        return backend.get_password(SERVICE, name)
    except Exception as why:
        raise _refuses(why) from why


def _keyring() -> KeyringBackend:
    """A backend that keeps secrets. Raises MissingExtra, or StoreTrouble where there is none."""
    try:
        import keyring
    except ImportError as why:
        raise missing() from why
    chosen = keyring.get_keyring()
    several: Iterable[KeyringBackend] = getattr(chosen, "backends", None) or (chosen,)
    for one in several:  # one that asks several in turn is only as good as each of them
        if one.priority >= _RECOMMENDED and "PlaintextKeyring" not in type(one).__name__:
            return one
    raise StoreTrouble(
        f"this system has no keyring that keeps a secret (found: {_said(chosen)})", _WITHOUT
    )


def _said(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__name__}".removeprefix("keyring.backends.")


def _refuses(why: Exception) -> StoreTrouble:
    said = " ".join(str(why).split()) or type(why).__name__
    return StoreTrouble(f"the keyring of this system does not answer ({said})", _WITHOUT)


# A file -----------------------------------------------------------------------------------------


def _file(home: Path) -> Path | None:
    said = os.environ.get(VARIABLE)
    if not said:
        return None
    file = Path(said).expanduser().absolute()
    if home.absolute() in file.parents or home.resolve() in file.resolve().parents:
        raise StoreTrouble(
            f"{VARIABLE} lies in the home that it is to lock: whoever has the one has the other",
            "name a file elsewhere, best on another disk",
        )
    return file


def _in_file(file: Path) -> dict[str, str]:
    """The keys of a file, a line each: its name, a space, the key as written for recovery."""
    lines = [line.split(maxsplit=1) for line in _lines(file) if line.lstrip()[:1] != "#"]
    return {one[0]: one[1].strip() for one in lines if len(one) == 2}


def _lines(file: Path) -> list[str]:
    """All of it; what begins with ``#`` are words of its owner, which stay."""
    with _troubles(file):
        try:
            handle = os.open(file, _READ)
        except FileNotFoundError:
            return []
        with os.fdopen(handle, encoding="utf-8-sig", errors="replace") as opened:
            _only_mine(file, os.fstat(opened.fileno()))
            return opened.read(1024 * 1024).splitlines()


@contextmanager
def _troubles(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as why:
        raise StoreTrouble(
            f"the key in {file} cannot be read or written ({why.strerror})",
            f"{VARIABLE}=/path/to/a/file of yours, no link; its folder must be yours, too",
        ) from why


def _only_mine(file: Path, found: os.stat_result) -> None:
    if sys.platform == "win32":  # modes say little there; the folder of the profile does
        return
    if not stat.S_ISREG(found.st_mode):
        raise StoreTrouble(f"{file} is no plain file", f"{VARIABLE}=/path/to/a/file")
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO) or found.st_uid != os.geteuid():
        raise StoreTrouble(
            f"others can read or change the key in {file}",
            f"chmod 600 {file}, as its owner; if others could read it: withhold vault rotate",
        )


def _write(file: Path, keys: dict[str, str]) -> None:
    """All keys of the file; one with nothing in it is deleted."""
    lines = [f"{line}\n" for line in _lines(file) if line.lstrip()[:1] == "#"]
    lines += [f"{name} {key}\n" for name, key in keys.items()]
    with _troubles(file):
        if not lines:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        private.write(file, "".join(lines).encode())
