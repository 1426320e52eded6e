"""How it stands with the vault of a home: looked at, changed nothing, and never raised."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from msgspec import Struct

from withhold.errors import WithholdError
from withhold.keep import drivers
from withhold.keep.evidence_files import SEALED
from withhold.keep.key_place import keys_named, place
from withhold.keep.opened import Opened
from withhold.keep.private import EVIDENCE, RESPONSES, RUNS, WINDOW
from withhold.keep.trouble import troubles
from withhold.keep.vault_card import Going, card_of, key_name

_PLAIN = re.compile(r"[0-9a-f]{64}")
State = Literal["off", "on", "trouble"]


class Plain(Struct, frozen=True, kw_only=True):
    """How many entries of the home lie there openly, by the folder."""

    evidence: int = 0
    responses: int = 0
    runs: int = 0
    window: int = 0


class Standing(Struct, frozen=True, kw_only=True):
    """``trouble``: it is encrypted and does not open, ``why`` and ``tip`` say what to do.

    ``going``: a change was interrupted, or is going on. ``place`` is where the key lies.
    """

    state: State
    going: Going = ""
    place: str = ""
    cipher: str = ""
    """The version of SQLCipher."""
    sealed: int = 0
    """Files of evidence that are encrypted."""
    plain: Plain = Plain()
    why: str = ""
    tip: str = ""


def standing(home: Path) -> Standing:
    """How it stands. Opens the database where it is encrypted, by the key."""
    going: Going = ""
    kept = ""
    try:
        card = card_of(home)
        going = card.going if card else ""
        sealed, plain = _counted(home)
        name = key_name(home, card)
        if name is None:
            return Standing(state="off", going=going, sealed=sealed, plain=plain)
        drivers.sqlcipher()
        kept = place(home)
        keys_named(home, name)
        opened = Opened(home, writable=False)
        try:
            ((cipher,),) = opened.rows("PRAGMA cipher_version")
        finally:
            opened.close()
    except WithholdError as why:
        return Standing(state="trouble", going=going, place=kept, why=why.message, tip=why.tip)
    return Standing(
        state="on", going=going, place=kept, cipher=str(cipher), sealed=sealed, plain=plain
    )


def _counted(home: Path) -> tuple[int, Plain]:
    names = _names(home / EVIDENCE)
    return sum(one.endswith(SEALED) for one in names), Plain(
        evidence=sum(bool(_PLAIN.fullmatch(one)) for one in names),
        responses=len(_names(home / RESPONSES)),
        runs=len(_names(home / RUNS)),
        window=len(_names(home / WINDOW)),
    )


def _names(folder: Path) -> list[str]:
    with troubles(folder):
        try:
            return [one.name for one in folder.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
