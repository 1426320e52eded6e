"""``vault.json`` in the home: that it is a vault, by which key, and whether a change is going on.

Nothing in it is secret. What a database is, its first 16 octets say: the mark of SQLite, or the
salt of the key that it is encrypted by. So the one rename that puts a new database in the place of
the old one also changes which key opens it, and there is no moment at which the two disagree.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from withhold.errors import StoreTrouble
from withhold.keep import never_closed, private
from withhold.keep.evidence_files import SEALED
from withhold.keep.private import flush
from withhold.keep.trouble import damaged, troubles

NAME = "vault.json"
FORMAT = 1
_PLAIN = b"SQLite format 3\0"
_AT_MOST = 4096
Going = Literal["", "on", "off", "rotate"]


class Card(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file says. ``keys``: names of keys; two of them only while ``rotate`` is going.

    ``marks``: while something is going, one for each key, that only who has the key can make
    (``Keys.mark``). A key is deleted by no word of anybody else.
    """

    format: int
    keys: tuple[str, ...]
    going: Going = ""
    marks: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """What is marked."""
        return f"{self.going} {' '.join(self.keys)}"


def card_of(home: Path) -> Card | None:
    """The card of a home; None where it is no vault. Raises StoreTrouble for an unreadable one."""
    path = home / NAME
    try:
        with path.open("rb") as file:
            data = file.read(_AT_MOST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as why:
        with troubles(path):
            raise why from None
    try:
        card = msgspec.json.decode(data, type=Card)
        if not card.keys or any(len(bytes.fromhex(one)) != 16 for one in card.keys):
            raise ValueError("names no key")
    except (ValueError, RecursionError) as why:
        raise damaged(home / private.FILE, f"{NAME}: {why}") from why
    if card.format != FORMAT:
        raise StoreTrouble(
            f"{path} was written by a newer withhold (format {card.format})",
            "pip install -U withhold",
        )
    return card


def put(home: Path, card: Card) -> None:
    """Writes it; after this it is on the disk."""
    with troubles(home / NAME):
        private.write(home / NAME, msgspec.json.format(msgspec.json.encode(card), indent=1))


def remove(home: Path) -> None:
    """No vault any more."""
    with troubles(home / NAME):
        (home / NAME).unlink(missing_ok=True)
        flush(home)


def key_name(home: Path, card: Card | None) -> str | None:
    """The name of the key that the database is encrypted by; None: it is plain.

    Raises StoreTrouble for a plain database in a home that says it is encrypted, and where all but
    the card says so: else a new database would be begun openly.
    """
    if card is None:
        if not has_sealed(home / private.EVIDENCE):
            return None
        if first_octets(home / private.FILE) == _PLAIN:
            return None
        card = card_of(home)  # a vault may just have been put on
        if card is None:
            raise lost(home)
    begins = first_octets(home / private.FILE)
    if begins == _PLAIN:
        if not card.going:
            raise StoreTrouble(
                f"{home / private.FILE} is not encrypted, but {NAME} says that it is",
                f"put the encrypted one back; or, if this one is meant, move {home / NAME} aside",
            )
        return None
    return begins.hex() if begins.hex() in card.keys else card.keys[0]


def has_sealed(evidence: Path) -> bool:
    """Whether files of an encrypted store lie in this folder."""
    try:
        with os.scandir(evidence) as found:
            return any(one.name.endswith(SEALED) for one in found)
    except OSError:
        return False


def lost(home: Path) -> StoreTrouble:
    """Without a card there are no such files: a change of the vault wipes them before it."""
    return StoreTrouble(
        f"the files in {home / private.EVIDENCE} are encrypted, but {NAME} is gone",
        "put it back from a backup; or withhold vault open --recovery writes it again",
    )


def first_octets(path: Path) -> bytes:
    """The first 16 octets of a database; empty where there are none. Drops no lock on it."""
    try:
        with never_closed.handle_of(path) as handle:
            return never_closed.octets_at(handle, 16, 0)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as why:
        with troubles(path):
            raise why from None
