"""prove bundle: all that the store has of what is asked for, gathered; the chain always whole.

What is of other people is taken out on the way, unless the owner says otherwise. Of a link whose
text was changed by that, the text and its salt stay away: the link still holds, and what may be
read of it stands beside, in ``observations.json``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from withhold.errors import NothingToCheck
from withhold.keep import Link, Store
from withhold.keep.evidence import cited
from withhold.traces.bundles.chained import START, Line, Text, written
from withhold.traces.bundles.mails import reading
from withhold.traces.bundles.manifest import Came, Chained, What, is_name
from withhold.traces.bundles.others import Search, as_text, cleaned
from withhold.verbs.bundle_asked import Said, Wanted, said_by
from withhold.verbs.record import storable

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_DOTS = re.compile(r"\.{2,}")


class Item(Struct, frozen=True, kw_only=True):
    """One file of a bundle before it is digested. ``body`` is its octets or where they lie."""

    name: str
    body: bytes | Path
    what: What
    came: Came
    title: str = ""
    about: str = ""
    on: str = ""
    original: str = ""
    searched: bool = True
    withheld: dict[str, int] = {}


class Told(Struct, frozen=True, kw_only=True):
    """A link whose text is in the bundle, as it may be read."""

    seq: int
    recorded_at: str
    digest: str
    said: Said


class Links(Struct, frozen=True, kw_only=True):
    """The chain for a bundle: the file, what it holds, what is told, the evidence it rests on."""

    body: bytes
    chain: Chained
    told: tuple[Told, ...]
    evidence: frozenset[str]
    withheld: dict[str, int]


def links_of(store: Store, wanted: Wanted, how: Search | None) -> Links:
    """All links; of those that are asked for the texts. ``how`` is None to take nothing out.

    Raises NothingToCheck where there is no link, and so nothing that could be shown.
    """
    lines: list[Line] = []
    told: list[Told] = []
    rests: set[str] = set()
    counts: dict[str, int] = {}
    texts: dict[Text, int] = {}
    for link in store.observations.links():
        said = said_by(link) if link.body else Said(kind="unreadable")
        text = _text_of(link, said, wanted)
        if text == "here":
            rests |= cited(link.body.decode("utf-8", "replace"))
            fields, withheld = _without_others(said.fields, how)
            if withheld:
                text, said = "redacted", msgspec.structs.replace(said, fields=fields)
                for kind, n in withheld.items():
                    counts[kind] = counts.get(kind, 0) + n
            told.append(
                Told(seq=link.seq, recorded_at=link.recorded_at, digest=link.digest, said=said)
            )
        texts[text] = texts.get(text, 0) + 1
        lines.append(_line(link, text))
    if not lines:
        raise NothingToCheck("nothing was observed yet", "withhold done, watch or apply come first")
    chain = Chained(
        length=len(lines),
        head=lines[-1].digest if lines else START,
        with_text=texts.get("here", 0),
        not_asked=texts.get("not-asked", 0),
        redacted=texts.get("redacted", 0),
        forgotten=texts.get("forgotten", 0),
    )
    return Links(
        body=written(lines),
        chain=chain,
        told=tuple(told),
        evidence=frozenset(rests),
        withheld=counts,
    )


def _text_of(link: Link, said: Said, wanted: Wanted) -> Text:
    if link.forgotten:
        return "forgotten"
    if not link.body or said.kind == "unreadable":
        return "unreadable"
    return "here" if wanted.has(said) else "not-asked"


def _line(link: Link, text: Text) -> Line:
    here = text == "here"
    return Line(
        seq=link.seq,
        recorded_at=link.recorded_at,
        prev=link.prev,
        salted=link.salted,
        digest=link.digest,
        text=text,
        salt=link.salt.hex() if here else "",
        body=link.body.decode("utf-8") if here else "",
    )


def _without_others(fields: dict[str, Any], how: Search | None) -> tuple[dict[str, Any], Any]:
    """What a link says without what is of others. A case's own person and doors are parties."""
    if how is None:
        return fields, {}
    found = cleaned(_strings(fields), how)
    if not found.withheld:
        return fields, {}
    counts: dict[str, int] = {}
    return _cleaned_values(fields, how, counts), counts


def _strings(value: Any) -> str:
    """All texts in it, one a line."""
    if isinstance(value, dict):
        return "\n".join(_strings(one) for one in value.values())
    if isinstance(value, list):
        return "\n".join(map(_strings, value))
    return value if isinstance(value, str) else ""


def _cleaned_values(value: Any, how: Search, counts: dict[str, int]) -> Any:
    if isinstance(value, dict):
        return {key: _cleaned_values(one, how, counts) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned_values(one, how, counts) for one in value]
    if not isinstance(value, str):
        return value
    found = cleaned(value, how)
    for kind, n in found.withheld.items():
        counts[kind] = counts.get(kind, 0) + n
    return found.text


# Files ------------------------------------------------------------------------------------------


def file_item(
    name: str,
    body: bytes,
    what: What,
    came: Came,
    how: Search | None,
    *,
    names: Sequence[str] = (),
    letter: bool = False,
    clients: bool = False,
    title: str = "",
    about: str = "",
    on: str = "",
) -> Item:
    """One file, without what is of others; a mail as its reading where it holds any."""
    import hashlib

    item = Item(name=name, body=body, what=what, came=came, title=title, about=about, on=on)
    if how is None:
        return msgspec.structs.replace(item, searched=False)
    original = hashlib.sha256(body).hexdigest()
    if name.lower().endswith(".eml"):
        read = reading(body, how)
        if read.whole:
            return item
        return msgspec.structs.replace(
            item,
            name=f"{name[:-4]}.txt",
            body=read.data,
            original=original,
            withheld=read.withheld,
        )
    text = as_text(body)
    if text is None:
        return msgspec.structs.replace(item, searched=False)
    found = cleaned(text, how, names=names, letter=letter, clients=clients)
    if not found.withheld:
        return item
    return msgspec.structs.replace(
        item, body=found.text.encode(), original=original, withheld=found.withheld
    )


def title_of(name: str, how: Search | None) -> str:
    """What a file is called, without what is of others."""
    name = storable(name)
    return name if how is None else cleaned(name, how).text


def safe(said: str, at_most: int = 80) -> str:
    """A part of a name in a bundle, made of what somebody called a file."""
    plain = _DOTS.sub(".", _NOT_IN_NAMES.sub("-", said.encode("ascii", "replace").decode()))
    plain = plain.strip(".-")
    if len(plain) > at_most:
        stem, dot, end = plain.rpartition(".")
        plain = f"{stem[: at_most - 12]}.{end}" if dot and len(end) <= 10 else plain[:at_most]
    return plain if plain and is_name(plain) else "file"


def distinct(items: list[Item]) -> list[Item]:
    """Each under a name of its own, also where case is not told apart."""
    found: dict[str, Item] = {}
    for one in items:
        name, number = one.name, 1
        while name.lower() in found:
            number += 1
            stem, dot, end = one.name.rpartition(".")
            name = f"{stem}-{number}.{end}" if dot and "/" not in end else f"{one.name}-{number}"
        found[name.lower()] = msgspec.structs.replace(one, name=name)
    return list(found.values())
