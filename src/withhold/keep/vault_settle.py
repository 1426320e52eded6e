"""What an interrupted change of a vault left: finished or undone, by what the database is now.

The rename of the database decides. Files of its kind are all there before it and after it, so what
is of the other kind is only to be wiped. It needs no memory of how far the change came, and may be
killed and begun again itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from withhold.errors import StoreTrouble
from withhold.keep.evidence_files import EvidenceFiles
from withhold.keep.key_place import drop_keys, key_named
from withhold.keep.opened import Opened
from withhold.keep.private import FILE, flush
from withhold.keep.serving import locked
from withhold.keep.trouble import troubles
from withhold.keep.vault_card import FORMAT, Card, card_of, key_name, put, remove
from withhold.keep.vault_key import keys_of
from withhold.keep.wiping import wipe

LOCK = "vault.lock"
NEW = f"{FILE}.new"
OLD = f"{FILE}.old"


@contextmanager
def changing(home: Path) -> Iterator[None]:
    """Nobody else changes the vault until the block ends. Raises StoreTrouble if somebody does."""
    with locked(home, LOCK, _taken):
        yield


def settle(home: Path) -> None:
    """Finishes or undoes what was interrupted; where nothing was, nothing is done.

    Raises StoreTrouble while a change is going on, or where the key cannot be had.
    """
    card = card_of(home)
    if card is None or not card.going:
        return
    with changing(home):
        settle_here(home)


def settle_here(home: Path) -> None:
    """The same, by who has the lock."""
    card = card_of(home)
    if card is None or not card.going:
        return
    name = key_name(home, card)
    opened = Opened(home, writable=True)
    try:
        with opened.writing(), troubles(opened.path):
            _wipe_others(opened)
            for left in (OLD, NEW, f"{NEW}-journal", f"{NEW}-wal", f"{NEW}-shm"):
                wipe(home / left)
            flush(home)
    finally:
        opened.close()
    with suppress(StoreTrouble):  # a key that stays in a keyring which is closed now opens nothing
        drop_keys(home, [one for one in card.keys if one != name and _is_marked(home, card, one)])
    if name is None:
        remove(home)
    else:
        put(home, Card(format=FORMAT, keys=(name,)))


def _is_marked(home: Path, card: Card, name: str) -> bool:
    """Whether who has this key wrote the card. Who can only write here may not have it deleted."""
    key = key_named(home, name)
    return key is not None and keys_of(key).mark(card.says) in card.marks


def _wipe_others(opened: Opened) -> None:
    """Evidence of the other kind; never the only file of what is listed."""
    files = EvidenceFiles(opened.evidence, opened.keys)
    listed = [digest for (digest,) in opened.rows("SELECT digest FROM evidence")]
    only = {one for one in listed if not files.there(one)}
    for file in files.others(listed):
        if file.name not in only:
            wipe(file)
    flush(opened.evidence)


def _taken() -> StoreTrouble:
    return StoreTrouble(
        "withhold vault is changing this store at the moment", "wait until it is done"
    )
