"""Which column or field of a corpus holds the text, the address, the id: by usual names, or said.

``--map text=body,url=page`` says it; ``metadata.url`` is the field ``url`` in the object
``metadata``. Names are compared without case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from withhold.errors import BadInput

Role = str
ROLES = ("text", "html", "url", "id", "date", "crawl", "image")
_USUAL: Mapping[Role, tuple[str, ...]] = {
    "text": ("text", "content", "body", "raw_content", "markdown", "selftext", "title", "article",
             "caption", "document", "page_content"),
    "html": ("html", "raw_html"),
    "url": ("url", "uri", "source_url", "page_url", "permalink", "link", "warc_target_uri",
            "metadata.url", "meta.url", "metadata.warc-target-uri", "warc_headers.warc-target-uri"),
    "id": ("id", "name", "doc_id", "post_id", "uuid", "warc_record_id", "metadata.id",
           "metadata.warc-record-id", "warc_headers.warc-record-id"),
    "date": ("date", "timestamp", "crawl_date", "created", "created_utc", "warc_date",
             "metadata.date"),
    "crawl": ("crawl", "dump", "snapshot", "crawl_id", "metadata.dump"),
    "image": ("image", "jpg", "png", "webp"),
}  # fmt: skip
"""What the data sets on the Hugging Face hub, LAION, FineWeb, Dolma and Pushshift call them.

No knowledge of the world with a source and a day, which would belong into ``knowledge/``: a default
of this reader, in the order in which it tries. A wrong guess loses nothing silently: a table with
none of them ends in a word that names its columns, a row without a text column is searched whole,
and ``--map`` says otherwise.
"""
_DEEPEST = 10_000
"""Values of one record that are looked at in search of texts."""


class Columns(Struct, frozen=True, kw_only=True):
    """The paths of each role, as they are called here; ``said`` are those of ``--map``."""

    by_role: dict[Role, tuple[str, ...]]
    said: bool = False

    def of(self, role: Role) -> tuple[str, ...]:
        """The columns of this role; empty where there is none."""
        return self.by_role.get(role, ())

    @property
    def all(self) -> list[str]:
        """Every column that is read, each once."""
        return list(dict.fromkeys(one for role in ROLES for one in self.of(role)))


def said(mapping: str) -> dict[Role, str]:
    """``text=body,url=page`` as a table; raises BadInput."""
    found: dict[Role, str] = {}
    for one in filter(None, mapping.split(",")):
        role, sign, name = (part.strip() for part in one.partition("="))
        if not sign or not name or role not in ROLES:
            raise BadInput(
                f"--map {one}: it is written role=column",
                f"the roles are {', '.join(ROLES)}: --map text=body,url=page",
            )
        found[role] = name
    return found


def columns(there: Iterable[str], mapping: Mapping[Role, str], where: str) -> Columns:
    """The columns that are meant, of those that are there (``a.b`` for nested ones).

    Raises BadInput where a said one is not there, or none holds a text or an address.
    """
    names = list(there)
    lower = {one.lower(): one for one in reversed(names)}
    shown = ", ".join(names[:40])
    by_role: dict[Role, tuple[str, ...]] = {}
    for role in ROLES:
        name = mapping.get(role)
        if name is not None and name.lower() not in lower:
            raise BadInput(
                f"{where}: no column {name}; it has: {shown}", f"--map {role}=ONE_OF_THEM"
            )
        wanted = (name.lower(),) if name is not None else _USUAL[role]
        by_role[role] = tuple(lower[one] for one in wanted if one in lower)
    if not any(by_role[role] for role in ("text", "html", "url", "id")):
        raise BadInput(
            f"{where}: no column with a text or an address is known; it has: {shown}",
            "say which: --map text=COLUMN,url=COLUMN",
        )
    return Columns(by_role=by_role, said=bool(mapping))


def paths(row: Mapping[str, Any], depth: int = 2) -> Iterator[str]:
    """The names of an object's fields, those of the objects in it as ``a.b``."""
    for name, value in row.items():
        yield name
        if depth > 1 and isinstance(value, dict):
            yield from (f"{name}.{one}" for one in paths(value, depth - 1))


def value(row: Mapping[str, Any], path: str) -> Any:
    """What stands at ``path``; None where nothing does. A name with a dot in it comes first."""
    if path in row:
        return row[path]
    at: Any = row
    for name in path.split("."):
        at = at.get(name) if isinstance(at, dict) else None
    return at


def strings(found: Any) -> Iterator[str]:
    """All texts in a value, however deep, in the order they stand there."""
    stack, seen = [found], 0
    while stack and seen < _DEEPEST:
        one, seen = stack.pop(), seen + 1
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            stack.extend(reversed(one.values()))
        elif isinstance(one, list | tuple):
            stack.extend(reversed(one[:_DEEPEST]))
