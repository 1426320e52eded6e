"""Reads what rights need of ``knowledge/``: controllers, authorities, letters.

They are not part of ``Knowledge``: the question is answered without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from withhold.catalog.beyond_law import BeyondLaw, beyond_law
from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.errors import BadKnowledge
from withhold.facts import Fact
from withhold.rights_facts import Authority, Controller, Letter, LetterLang

T = TypeVar("T", bound=Fact)


class RightsKnown(Struct, frozen=True, kw_only=True):
    """All that is known for rights, beside the laws; keys are ids."""

    controllers: dict[str, Controller]
    authorities: dict[str, Authority]
    beyond: BeyondLaw = BeyondLaw()
    """What is said where no law helps."""


def load_rights(root: Path | None = None) -> RightsKnown:
    """Controllers and authorities. Raises BadKnowledge for the first file that does not hold."""
    root = root or default_root()
    return RightsKnown(
        controllers=_folder(root, "controllers", Controller),
        authorities=_folder(root, "authorities", Authority),
        beyond=beyond_law(root),
    )


def load_letters(lang: LetterLang, root: Path | None = None) -> dict[str, Letter]:
    """All letters in one language, by id."""
    return _folder(root or default_root(), f"letters/{lang}", Letter)


def letter_of(name: str, lang: LetterLang, root: Path | None = None) -> Letter | None:
    """One letter; None where there is none in this language."""
    path = (root or default_root()) / "letters" / lang / f"{name}.toml"
    return read(path, Letter, f"letters/{lang}/{path.name}") if path.is_file() else None


def _folder(root: Path, folder: str, kind: type[T]) -> dict[str, T]:
    found: dict[str, T] = {}
    for one in ids_in(root, folder):
        thing = read(root / folder / f"{one}.toml", kind, f"{folder}/{one}.toml")
        if getattr(thing, "id", one) != one:
            raise BadKnowledge(f"{folder}/{one}.toml: id: expected `{one}`", "the name of the file")
        found[one] = thing
    return found
