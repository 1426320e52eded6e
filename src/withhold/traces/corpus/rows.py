"""A row of a table or an object of JSON as a record, with its columns told by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from withhold.traces.corpus.columns import Columns, strings, value
from withhold.traces.corpus.found import Record
from withhold.traces.corpus.html_text import page_text

_ENTITY = re.compile(rb"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LONGEST_NAME = 4_096
"""Characters of an address, an id or a date that are kept."""


def record(
    row: Mapping[str, Any], known: Columns, number: int, crawl: str, *, images: bool = False
) -> Record:
    """Row ``number``, from 0. Where no column is a text, all texts of the row are searched."""
    texts = [text for name in known.of("text") for text in strings(value(row, name))]
    pages = [text for name in known.of("html") for text in strings(value(row, name))]
    if not known.of("text") and not known.of("html"):
        texts = list(strings(list(row.values())))
    ids = tuple(dict.fromkeys(_names(row, known.of("id"))))
    return Record(
        offset=number,
        record=ids[0] if ids else "",
        url=next(iter(_names(row, known.of("url"))), ""),
        date=next(iter(_names(row, known.of("date"))), ""),
        crawl=next(iter(_names(row, known.of("crawl"))), crawl),
        ids=ids,
        texts=(
            *(form for one in texts if one for form in _forms(octets(one))),
            *(page_text(octets(one)) for one in pages if one),
        ),
        images=tuple(_images(row, known.of("image"))) if images else (),
    )


def _forms(text: bytes) -> Iterator[bytes]:
    """A text as it stands there; one that is HTML, or escaped as such, also as a reader sees it.

    Dumps of Reddit have ``&amp;`` in what was written as ``&``, those of Mastodon whole paragraphs.
    """
    yield text
    if (b"&" in text and _ENTITY.search(text)) or b"</" in text or b"<br" in text:
        yield page_text(text, "utf-8")


def octets(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which JSON can hold, becomes a question mark."""
    return text.encode("utf-8", "replace")


def _names(row: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    found = []
    for name in names:
        one = value(row, name)
        if isinstance(one, str | int | float) and not isinstance(one, bool) and one != "":
            found.append(octets(str(one)[:_LONGEST_NAME]).decode())
        elif hasattr(one, "isoformat"):
            found.append(str(one.isoformat()))
    return found


def _images(row: Mapping[str, Any], names: Iterable[str]) -> list[bytes]:
    """The octets of pictures: a column of octets, or of objects with ``bytes`` in them."""
    found = []
    for name in names:
        one = value(row, name)
        if isinstance(one, dict):
            one = one.get("bytes")
        if isinstance(one, bytes) and one:
            found.append(one)
    return found
