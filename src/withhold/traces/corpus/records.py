"""The records of a corpus file, whatever its form: told by its octets, not by its name alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Literal

from withhold.traces.corpus.arc_records import arc_records
from withhold.traces.corpus.found import Record
from withhold.traces.corpus.line_records import csv_records, json_records
from withhold.traces.corpus.parquet_records import parquet_records
from withhold.traces.corpus.text_records import text_records
from withhold.traces.corpus.trouble import Broken, Trouble
from withhold.traces.corpus.unpacked import Packing, packing, pieces
from withhold.traces.corpus.warc_records import warc_records

Form = Literal[
    "warc", "arc", "parquet", "jsonl", "csv", "tsv", "page", "xml", "json", "text", "whole",
    "zip", "empty", "damaged", "not-known",
]  # fmt: skip
ENDINGS = tuple(
    f".{form}{packed}"
    for form in ("warc", "wet", "wat", "arc", "jsonl", "ndjson", "json", "csv", "tsv", "txt", "md",
                 "html", "htm", "xml", "parquet")
    for packed in ("", ".gz", ".zst", ".lz4", ".bz2", ".xz")
)  # fmt: skip
"""Of the files of a folder, these are looked at."""
_NEVER_TEXT = re.compile(r"\.(?:warc|wet|wat|arc|parquet)(?:\.(?:gz|zst|lz4|bz2|xz))?$", re.I)
"""What is called so and holds text was spoiled on its way: an error page, a pointer of Git LFS.
To search it as one text would count as having looked."""
_HEAD = 4096
_JSON = re.compile(rb'[\[{]\s*["{\[}\]]')


def records(
    stream: BinaryIO,
    name: str,
    *,
    mapping: Mapping[str, str] | None = None,
    texts: bool = True,
    images: bool = False,
    first: int = -1,
    last: int = -1,
) -> Iterator[Record | Trouble]:
    """All records in their order, and what could not be read, in its place.

    ``stream`` can seek. ``mapping`` says columns (``{"text": "body"}``). Without ``texts`` those of
    WARC are left out; with ``images`` pictures are in. ``first`` and ``last`` are row groups of
    Parquet. Raises BadInput where a table has none of the columns; MissingExtra.
    """
    form, packed = form_of(stream, name)
    said = mapping or {}
    match form:
        case "warc":
            yield from warc_records(stream, name, packed, texts=texts, images=images)
        case "arc":
            yield from arc_records(stream, name, packed)
        case "parquet":
            yield from parquet_records(stream, name, said, images=images, first=first, last=last)
        case "jsonl":
            yield from json_records(stream, name, packed, said)
        case "csv" | "tsv":
            between = "\t" if form == "tsv" else ","
            yield from csv_records(stream, name, packed, said, between)
        case "page" | "xml" | "json" | "text" | "whole":
            yield from text_records(stream, name, packed, form)
        case "empty":
            yield Trouble(why="empty")
        case _:
            yield Trouble(why=form, whole=True)


def form_of(stream: BinaryIO, name: str) -> tuple[Form, Packing]:
    """What a file is, and how it is packed; the stream is then somewhere."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head:
        return "empty", ""
    packed = packing(head)
    if packed:
        stream.seek(0)
        try:
            head = next(pieces(stream, packed), b"")[:_HEAD]
        except Broken:
            return "damaged", packed
        if not head:
            return "empty", packed
    return _form(head, name), packed


def _form(head: bytes, name: str) -> Form:
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"filedesc://"):
        return "arc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "whole"
    if b"\0" in head:
        return "not-known"
    if _NEVER_TEXT.search(name):
        return "damaged"
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins.startswith(b"{"):
        first, sign, _ = begins.partition(b"\n")
        if not sign or first.rstrip().endswith(b"}"):
            return "jsonl"
    if _JSON.match(begins):  # one value over many lines is a document, and searched as text
        return "json"
    return _text_form(begins[:64].lower(), name.lower())


def _text_form(begins: bytes, name: str) -> Form:
    """Of what is text: by its first letters, and where these say nothing by its name."""
    if begins.startswith((b"<!doctype html", b"<html")):
        return "page"
    if begins.startswith(b"<?xml"):
        return "xml"
    ends = set(name.rsplit("/", 1)[-1].split(".")[1:][-2:])
    if "csv" in ends:
        return "csv"
    if "tsv" in ends:
        return "tsv"
    return "page" if ends & {"html", "htm"} else "text"
