"""Reads ``knowledge/policies/``: which policies there are of a platform or company, and where.

They are not part of ``Knowledge``: the question is answered without them. ``PLATFORM/DOCUMENT``
names one (``linkedin/privacy-policy``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from withhold.catalog import find
from withhold.catalog.load import default_root, ids_in
from withhold.catalog.read import read
from withhold.errors import BadKnowledge
from withhold.policy_facts import Policies, PolicyDocument

FOLDER = "policies"
_ADDRESS = re.compile(r"https?://([^\s/?#@]+)([^\s?#]*)(\?[^\s#]*)?", re.IGNORECASE)
_LISTED = "withhold knowledge list platforms; its documents stand in knowledge/policies/"


def policies_of(root: Path, owner: str) -> Policies:
    """What is listed of one platform or company by its id. Raises BadKnowledge, one line."""
    file = f"{FOLDER}/{owner}.toml"
    found = read(root / FOLDER / f"{owner}.toml", Policies, file)
    if found.of != owner:
        raise BadKnowledge(f"{file}: of: expected `{owner}`", "the name of the file")
    return found


def documents(
    root: Path | None = None, ids: Iterable[str] | None = None
) -> list[tuple[str, PolicyDocument]]:
    """(platform or company, document), sorted by owner, in the order of each file.

    ``ids``: those of these owners only, by id or alias. One that is known and has no document
    gives none; one that is not known raises NotFound with what may have been meant.
    """
    root = root or default_root()
    listed = ids_in(root, FOLDER)
    if ids is not None:
        asked = {_owner(root, one) for one in ids}
        listed = [one for one in listed if one in asked]
    return [(one, document) for one in listed for document in policies_of(root, one).document]


def document(root: Path | None, name: str) -> tuple[str, PolicyDocument]:
    """The owner and the document of ``linkedin/privacy-policy``; raises NotFound."""
    root = root or default_root()
    said, _, which = name.strip().lower().partition("/")
    owner = _owner(root, said)
    here = {one.id: one for _, one in documents(root, [owner])}
    if which in here:
        return owner, here[which]
    known = {f"{owner}/{one}": f"{owner}/{one}" for one in here}
    there = f"there are {', '.join(known)}" if known else _LISTED
    said = f"{owner}/{which}" if which else owner
    raise find.not_found("document", said, known if which else {}, there)


def of_url(root: Path | None, url: str) -> tuple[str, str]:
    """(owner, document) an address belongs to; empty where that is not known, never a guess.

    The document only for its very address (without regard to http, ``www.``, a last slash or what
    follows ``#``). Another address of a host on which documents of one owner alone are served
    gives that owner; of a host that several share it gives nothing.
    """
    root = root or default_root()
    asked = place_of(url)
    if not asked:
        return "", ""
    host = asked.partition("/")[0]
    owners = set()
    for owner, one in documents(root):
        if place_of(one.url) == asked:
            return owner, one.id
        if place_of(one.url).partition("/")[0] == host:
            owners.add(owner)
    if len(owners) > 1:
        return "", ""
    return (owners.pop() if owners else find.platform_named(root, host)), ""


def place_of(url: str) -> str:
    """Host, path and query in the form in which addresses are compared; empty for no address."""
    found = _ADDRESS.match(url.strip())
    if found is None:
        return ""
    host, path, query = found.groups(default="")
    return f"{host.lower().removeprefix('www.')}/{path.strip('/')}{query.rstrip('?')}"


def _owner(root: Path, said: str) -> str:
    """The id of an owner: of a file here, else a platform or company by id or alias."""
    slug = said.strip().lower()
    return slug if slug in ids_in(root, FOLDER) else find.either(root, slug)
