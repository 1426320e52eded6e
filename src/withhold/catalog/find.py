"""Finds a platform, actor, place or control by what a person wrote. Nothing is ever guessed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from withhold.catalog.load import Retired, ids_in
from withhold.catalog.places import WORLD, Places
from withhold.catalog.read import read
from withhold.errors import NotFound

_ALIASES = re.compile(r"^aliases\s*=\s*\[(.*?)\]", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')


def names(root: Path, folder: str) -> dict[str, str]:
    """Every id and alias of a folder of knowledge -> id, in lower case.

    Reads only the ``aliases`` line of each file: a name is found without parsing them all.
    """
    found: dict[str, str] = {}
    for slug in ids_in(root, folder):
        found[slug] = slug
        text = (root / folder / f"{slug}.toml").read_text(encoding="utf-8", errors="replace")
        listed = _ALIASES.search(text)
        for alias in _QUOTED.findall(listed[1]) if listed else ():
            found.setdefault(alias.lower(), slug)
    return found


def platform(root: Path, said: str) -> str:
    """The id of a platform for an id or alias; raises NotFound with what may have been meant."""
    slug = platform_named(root, said)
    if slug:
        return slug
    known = names(root, "platforms")
    raise not_found("platform", said, known, "withhold knowledge list platforms")


def platform_named(root: Path, said: str) -> str:
    """The same; empty where there is none of that name."""
    slug = said.strip().lower()
    slug = retired(root).get(slug, slug)
    if re.fullmatch(r"[a-z0-9-]{1,60}", slug) and (root / "platforms" / f"{slug}.toml").is_file():
        return slug
    return names(root, "platforms").get(slug, "")


def either(root: Path, said: str) -> str:
    """The id of a platform, else of a company, for an id or alias; raises NotFound."""
    try:
        return platform(root, said)
    except NotFound as why_not:
        slug = said.strip().lower()
        companies = names(root, "actors")
        if slug in companies:
            return companies[slug]
        known = {**companies, **names(root, "platforms")}
        raise not_found(
            "platform or company", said, known, "withhold knowledge list platforms, or actors"
        ) from why_not


def retired(root: Path) -> dict[str, str]:
    """Slugs that are no longer used -> what stands in their place."""
    path = root / "history" / "retired.toml"
    return read(path, Retired, "history/retired.toml").slug if path.is_file() else {}


def actor(root: Path, said: str) -> str:
    """The id of an actor for an id or alias."""
    slug = said.strip().lower()
    known = names(root, "actors")
    if slug in known:
        return known[slug]
    raise not_found("company", said, known, "withhold knowledge list actors")


def place(places: Places, said: str) -> str:
    """The code of a place; ``UK`` is taken for ``GB``, groups and unknown places are refused."""
    code = places.code(said)
    if code:
        return code
    together = {*places.groups, WORLD}
    if said.strip().upper() in together:
        raise NotFound(
            f"{said.strip()} is a group of places, not a place",
            "give a country, for example --in DE",
        )
    known = {one: texts for one, texts in places.names.items() if one not in together}
    by_name = {text.lower(): one for one, texts in known.items() for text in texts.values()}
    hint = by_name.get(said.strip().lower())
    if hint:
        raise NotFound(f"unknown place: {said}", f"did you mean {hint}? places are ISO 3166 codes")
    raise not_found("place", said, known, "a country as DE, a US state as US-PA", upper=True)


def not_found(
    what: str, said: str, known: Iterable[str], otherwise: str, *, upper: bool = False
) -> NotFound:
    """The one line and TIP for a name that is not known."""
    word = said.strip().upper() if upper else said.strip().lower()
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    if isinstance(known, dict) and not upper:  # an alias and its id are one thing
        near = list(dict.fromkeys(str(known[one]) for one in near))
    tip = f"did you mean {' or '.join(near)}?" if near else otherwise
    shown = said if len(said) <= 60 else said[:57] + "..."
    shown = "".join(char if char.isprintable() else "?" for char in shown) or "(nothing)"
    return NotFound(f"unknown {what}: {shown}", tip)
