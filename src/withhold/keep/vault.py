"""Putting the vault on, off, and on with a new key: at every moment there is one whole store.

1. Alone: no dashboard, no other change, nobody else in the database. An earlier change that was
   interrupted is settled first, and a store with faults is not touched.
2. The card says what is going on; the new key is put where keys are kept, and read back.
3. Evidence is written again beside the old, under other names.
4. The database is copied beside the old, and compared with it row by row.
5. One rename: from here on the new one is the store.
6. What is of the old kind is wiped, the old key deleted; the card says that it is done.

Whoever is killed before 5 has the old store, after it the new one; ``vault_settle`` wipes the rest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from withhold.errors import BadInput, StoreTrouble
from withhold.keep import drivers
from withhold.keep.evidence_files import EvidenceFiles
from withhold.keep.key_place import keep_key, key_named, keys_named, place
from withhold.keep.opened import Opened
from withhold.keep.private import EVIDENCE, FILE, flush
from withhold.keep.serving import held
from withhold.keep.store import Store
from withhold.keep.trouble import troubles
from withhold.keep.vault_card import (
    FORMAT,
    Card,
    Going,
    card_of,
    first_octets,
    key_name,
    put,
)
from withhold.keep.vault_copy import alone, compare, copy
from withhold.keep.vault_key import Keys, keys_of, new_key, typed, written
from withhold.keep.vault_settle import NEW, OLD, changing, settle_here

if TYPE_CHECKING:
    from sqlite3 import Connection

Told = Callable[[str], None]
"""Is told which step begins: ``key``, ``files``, ``copy``, ``compare``, ``wipe``."""


def turn_on(home: Path, told: Told) -> str:
    """Encrypts a store; one that is not there yet is made. Its recovery key, for paper.

    Raises StoreTrouble, MissingExtra; BadInput where it is on already.
    """
    drivers.sqlcipher()
    place(home)
    with _only(home):
        if card_of(home) is not None:
            raise BadInput("this store is encrypted already", "withhold vault status")
        key = new_key()
        _change(home, None, key, "on", told)
        return written(key)


def turn_off(home: Path, told: Told) -> None:
    """Writes a plain store again, and deletes the key. Raises StoreTrouble; BadInput if it is."""
    with _only(home):
        _change(home, _keys(home), None, "off", told)


def rotate(home: Path, told: Told) -> str:
    """Encrypts all of it by a new key, and deletes the old one. The new recovery key."""
    with _only(home):
        key = new_key()
        _change(home, _keys(home), key, "rotate", told)
        return written(key)


def recovery_key(home: Path) -> str:
    """The key of this store, for paper. Raises StoreTrouble where it is not kept here."""
    name = _name(home)
    keys_named(home, name)
    key = key_named(home, name)
    return written(key) if key else ""


def recover(home: Path, text: str) -> str:
    """Puts a key that was written down where keys are kept; says where. Opens the store with it.

    Raises BadInput for what is no recovery key, or not this store's; StoreTrouble.
    """
    key, card = typed(text), card_of(home)
    name = keys_of(key).name
    if card is None and first_octets(home / FILE) == keys_of(key).salt:
        card = Card(format=FORMAT, keys=(name,))  # the card was lost; the database says it, too
        put(home, card)
    if card is None:
        raise BadInput(f"the store in {home} is not encrypted", "withhold vault status")
    if name not in card.keys:
        raise BadInput(
            "this is a recovery key, but not of this store",
            "after vault rotate only the new one opens it",
        )
    keep_key(home, key)
    Opened(home, writable=False).close()
    return place(home)


def _name(home: Path) -> str:
    name = key_name(home, card_of(home))
    if name is None:
        raise BadInput("this store is not encrypted", "withhold vault on")
    return name


def _keys(home: Path) -> Keys:
    return keys_named(home, _name(home))


@contextmanager
def _only(home: Path) -> Iterator[None]:
    """No dashboard and no other change until the block ends; what was interrupted is settled."""
    with held(home), changing(home):
        settle_here(home)
        yield


def _change(home: Path, old: Keys | None, key: bytes | None, going: Going, told: Told) -> None:
    _must_be_sound(home)
    new = keys_of(key) if key else None
    names = tuple(one.name for one in (old, new) if one)
    path = home / FILE
    try:
        with alone(path, old) as source:
            told("key")
            card = Card(format=FORMAT, keys=names, going=going)
            marks = tuple(one.mark(card.says) for one in (old, new) if one)
            put(home, replace(card, marks=marks))
            if key:
                keep_key(home, key)
            told("files")
            _write_again(_digests(source), home, old, new)
            told("copy")
            copy(source, home / NEW, new)
            told("compare")
            compare(source, home / NEW, new)
            if os.name == "nt":  # there an open file cannot be replaced
                source.close()
            _switch(home)
    except BaseException:
        with suppress(StoreTrouble):
            settle_here(home)
        raise
    told("wipe")
    settle_here(home)


def _must_be_sound(home: Path) -> None:
    with Store.open(home) as store:
        faults = store.faults()
        due = store.wipe_is_due
    if faults:
        raise StoreTrouble(
            f"the store has faults, so it is not touched: {faults[0]}",
            "withhold doctor lists them all",
        )
    if due:
        raise StoreTrouble(
            "what was forgotten is not wiped yet", "close what else uses the store, and run again"
        )


def _digests(source: Connection) -> list[str]:
    rows = source.execute("SELECT digest FROM evidence ORDER BY digest")
    return [digest for (digest,) in rows.fetchall()]


def _write_again(digests: list[str], home: Path, old: Keys | None, new: Keys | None) -> None:
    folder = home / EVIDENCE
    before, after = EvidenceFiles(folder, old), EvidenceFiles(folder, new)
    with troubles(home / FILE):
        for digest in digests:
            data = before.read(digest)
            if data is None or hashlib.sha256(data).hexdigest() != digest:
                raise StoreTrouble(f"evidence/{digest} was changed", "withhold doctor says more")
            after.write(digest, data)
            if after.read(digest) != data:
                raise StoreTrouble(f"evidence/{digest} was not written as it is", "run it again")
        flush(folder)


def _switch(home: Path) -> None:
    """The new database in the place of the old one; the old one keeps a name, to be wiped by."""
    path = home / FILE
    with troubles(path):
        (home / OLD).unlink(missing_ok=True)
        with suppress(OSError):  # a file system without hard links: then it is only deleted
            os.link(path, home / OLD)
        flush(home)
        (home / NEW).replace(path)
        flush(home)
