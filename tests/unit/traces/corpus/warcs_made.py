"""WARC files made by hand, packed in every way; warcio says where their records end."""

from __future__ import annotations

import gzip
import io
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import zstandard
from warcio.archiveiterator import ArchiveIterator

from withhold.traces.corpus.found import Record
from withhold.traces.corpus.records import records
from withhold.traces.corpus.trouble import Trouble

DATE = "2024-05-18T01:58:10Z"
Page = tuple[str, bytes, dict[str, str]]


def page(n: int, text: str = "", **headers: str) -> Page:
    """Page ``n`` of example.org: an address, a body, and headers (``Content_Type``)."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    body = f"<html><body><p>Page {n}. {text or 'Nothing.'}</p></body></html>".encode()
    return f"https://example.org/{n}", body, {"Content-Type": "text/html; charset=utf-8"} | said


def warc(pages: Sequence[Page], crawl: str = "CC-MAIN-2024-22") -> bytes:
    """A warcinfo record, then a response for each page, each in a gzip member of its own."""
    info = f"software: by hand\r\nisPartOf: {crawl}\r\n".encode()
    parts = [record("warcinfo", "", "application/warc-fields", info)]
    for url, body, headers in pages:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        http = f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body
        parts.append(record("response", url, "application/http; msgtype=response", http))
    return b"".join(gzip.compress(one, mtime=0) for one in parts)


def record(kind: str, url: str, content: str, block: bytes) -> bytes:
    """One record of WARC 1.0 (ISO 28500:2009), not packed."""
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url or kind)}>",
        "WARC-Date": DATE,
        "WARC-Target-URI": url,
        "Content-Type": content,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def ends(packed: bytes) -> list[int]:
    """Where each record ends, by warcio."""
    found = ArchiveIterator(io.BytesIO(packed))
    places = []
    for one in found:
        one.raw_stream.read()
        places.append(found.get_record_offset() + found.get_record_length())
    return places


def members(packed: bytes) -> list[bytes]:
    """The octets of each record, not packed."""
    stops = ends(packed)
    starts = [0, *stops[:-1]]
    return [gzip.decompress(packed[a:b]) for a, b in zip(starts, stops, strict=True)]


def zstd(octets: bytes) -> bytes:
    """One frame with its sum."""
    return zstandard.ZstdCompressor(write_checksum=True).compress(octets)


def repacked(packed: bytes, how: Callable[[bytes], bytes]) -> tuple[bytes, list[int]]:
    """The same records packed in another way, and where each ends."""
    parts = [how(one) for one in members(packed)]
    stops = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
    return b"".join(parts), stops


def read(octets: bytes, name: str = "x", **how: Any) -> tuple[list[Record], list[Trouble]]:
    """What is read of a file, and what is not."""
    found = list(records(io.BytesIO(octets), name, **how))
    return (
        [one for one in found if isinstance(one, Record)],
        [one for one in found if isinstance(one, Trouble)],
    )


def hides(troubles: Sequence[Trouble]) -> list[Trouble]:
    """Those that hide something."""
    return [one for one in troubles if one.why not in ("no-text", "one-stream", "empty")]
