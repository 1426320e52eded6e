"""What prove and filter read: WARC and WET, lines of JSON, tables, cells, bundles, addresses."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from tests.fuzz.target import Target
from withhold.errors import BadInput
from withhold.reach import addresses, warc_read
from withhold.traces.bundles.verify import NoBundle, verify
from withhold.traces.corpus.found import Record
from withhold.traces.corpus.records import records
from withhold.traces.corpus.trouble import Trouble
from withhold.traces.deciding import cells, tables
from withhold.traces.surveying import hosts
from withhold.traces.surveying.capture import Capture, Left
from withhold.traces.surveying.warc_captures import warc_captures


def corpus(name: str, body: bytes) -> None:
    """Records, and what could not be read, in their places; BadInput for a table without text."""
    with suppress(BadInput):
        for one in records(io.BytesIO(body), name, images=True):
            assert isinstance(one, Record | Trouble)


def captures(body: bytes) -> None:
    """What a survey takes out of a WARC, and our own store's reader of one."""
    for one in warc_captures(io.BytesIO(body), "CC-MAIN-2024-22.warc"):
        assert isinstance(one, Capture | Left)
    with tempfile.NamedTemporaryFile(suffix=".warc.gz") as file:
        file.write(body)
        file.flush()
        for found in warc_read.records_in(Path(file.name)):
            assert found.status >= 0


def rows(name: str, body: bytes) -> None:
    """The rows of a table, and how many could not be read; BadInput where it is none."""
    missed: list[int] = []
    with suppress(BadInput):
        wanted = tables.schema(io.BytesIO(body), name)
        for batch in tables.batches(io.BytesIO(body), name, wanted, lambda *_: missed.append(1)):
            assert batch.schema.equals(wanted)


def one_cell(body: bytes) -> None:
    """Headers, times and hashes as tables have them."""
    text = body.decode("utf-8", "replace")
    for cell in (body, text):
        pairs = cells.pairs_of(cell)
        assert pairs is None or all(isinstance(one, str) for pair in pairs for one in pair)
        time = cells.time_of(cell)
        assert time is None or time.tzinfo is not None
        cells.hash_of(cell)
    hosts.host_of(text)
    host = hosts.host_name(text)
    assert host == hosts.host_name(host)


def url(body: bytes) -> None:
    """BadUrl, or an address that is read again as the same; a redirect from it too."""
    text = body.decode("utf-8", "surrogateescape")
    with suppress(addresses.BadUrl):
        found = addresses.read(text)
        assert addresses.read(found.url) == found
        assert found.url.isascii()
        assert found.target.startswith("/")
        assert not set(found.url) & set(" \t\r\n")
    with suppress(addresses.BadUrl):
        addresses.follow(addresses.read("https://a.example/b"), text)
    addresses.is_private(text)


def bundle(body: bytes) -> None:
    """NoBundle, or an answer; what is not octet for octet a bundle never verifies."""
    with suppress(NoBundle):
        found = verify(io.BytesIO(body))
        assert found.size == len(body)
        if found.misfit is None:
            assert found.manifest is not None
            # behind the last octet and in front of the first nothing may hide
            for other in (body + b"\0", b"\0" + body):
                with suppress(NoBundle):
                    assert verify(io.BytesIO(other)).misfit is not None


def _warcs() -> Iterator[bytes]:
    import gzip

    from tests.unit.traces.corpus.warcs_made import page, record, warc, zstd

    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A page of words.</p>"
    plain = record("response", "https://a.example/robots.txt", "application/http", block)
    text = record("conversion", "https://a.example/", "text/plain", b"Words of a page, all of it.")
    yield from (warc([page(1), page(2)]), plain + plain, text, text + plain)
    chunked = block.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n")
    yield record("response", "https://a.example/", "application/http", chunked + b"\r\n0\r\n\r\n")
    packed = block.replace(b"text/html", b"text/html\r\nContent-Encoding: gzip")
    yield record("response", "https://a.example/", "application/http", packed)
    yield from (gzip.compress(plain, mtime=0), zstd(text), gzip.compress(plain + text, mtime=0))
    yield record("revisit", "https://a.example/", "application/http", b"HTTP/1.1 304 x\r\n\r\n")
    yield record("metadata", "https://a.example/", "application/warc-fields", b"a: b\r\n")


def _lines() -> Iterator[bytes]:
    yield b'{"text": "Words of a page.", "url": "https://a.example/", "n": 1}\n{"text": "more"}\n'
    yield b'{"text": null}\n{"text": ["a", {"b": "c"}]}\n\nnot json\n{"text": "x"'
    yield b'{"content": "x", "meta": {"url": "https://a.example"}}\r\n'


def _csv() -> Iterator[bytes]:
    yield b'url,text\nhttps://a.example/,"Words, of\na page"\nb,c,d\n'
    yield b"\xef\xbb\xbftext\r\nx\r\n\r\n"
    yield b'text,text\n"a""b",\x00\n'


def _parquet() -> Iterator[bytes]:
    import pyarrow as pa
    from pyarrow import parquet

    for how in ("none", "snappy", "zstd"):
        out = io.BytesIO()
        table = pa.table({"url": ["https://a.example/", None], "text": ["Words", "more"]})
        parquet.write_table(table, out, compression=how)
        yield out.getvalue()


def _cells() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Robots-Tag: noai\r\n folded\r\n\r\nbody"
    yield b'{"x-robots-tag": ["noai", null], "a": 1}'
    yield b'[["a", "b"], {"name": "c", "value": "d"}]'
    yield from (b"20240518015810", b"2024-05-18T01:58:10Z", b"0001-01-01T00:00:00+23:59")
    yield from (b"https://www.a.example:443/robots.txt", "B\u00fccher.example.".encode())


def _urls() -> Iterator[bytes]:
    yield from (
        *(b"https://a.example/b?c=d#e", b"http://[::1]:8080/", b"HTTP://0x7f.1/", b"//b/c", b"?x"),
        *(
            "https://b\u00fccher.example/\u00e4 b".encode(),
            b"https://u:p@a.example:443",
            b"../../x",
        ),
    )


def _bundles() -> Iterator[bytes]:
    from tests.unit.traces.bundles.by_hand import chain_lines
    from tests.unit.traces.bundles.made import bundle as made

    with tempfile.TemporaryDirectory() as folder:
        files = {"index.html": b"<title>x</title>", "chain.jsonl": chain_lines(2)[0]}
        yield made(Path(folder) / "a.zip", files)
        yield made(Path(folder) / "b.zip", {"evidence/one.bin": b"x"})


def _corpus(name: str, file: str, seeds: Callable[[], Iterator[bytes]], words: str) -> Target:
    return Target(
        name=f"corpus-{name}",
        law="records and troubles in their places, BadInput for a table without text",
        once=partial(corpus, file),
        seeds=seeds,
        dictionary=words,
        longest=8192,
    )


def _rows(name: str, file: str, seeds: Callable[[], Iterator[bytes]], words: str) -> Target:
    return Target(
        name=f"filter-{name}",
        law="rows by one schema, BadInput where it is no table",
        once=partial(rows, file),
        seeds=seeds,
        dictionary=words,
        longest=8192,
    )


TARGETS = (
    _corpus("warc", "a.warc.gz", _warcs, "warc"),
    _corpus("wet", "a.warc.wet", _warcs, "warc"),
    _corpus("jsonl", "a.jsonl", _lines, "json"),
    _corpus("csv", "a.csv", _csv, "csv"),
    _corpus("parquet", "a.parquet", _parquet, "parquet"),
    _corpus(
        "text", "a", lambda: iter((*_lines(), b"Words.", b"<html><p>x", b"<?xml?><a/>")), "warc"
    ),
    _rows("jsonl", "a.jsonl", _lines, "json"),
    _rows("csv", "a.csv", _csv, "csv"),
    _rows("parquet", "a.parquet", _parquet, "parquet"),
    Target(
        name="survey-warc",
        law="captures and what was left out; our own evidence too",
        once=captures,
        seeds=_warcs,
        dictionary="warc",
        longest=8192,
    ),
    Target(
        name="cells",
        law="any cell of a table; a time has a zone",
        once=one_cell,
        seeds=_cells,
        dictionary="json",
    ),
    Target(
        name="addresses",
        law="BadUrl, or an address that is read again as the same",
        once=url,
        seeds=_urls,
        longest=2048,
    ),
    Target(
        name="bundle",
        law="NoBundle or an answer; nothing may hide before or behind",
        once=bundle,
        seeds=_bundles,
        longest=16_384,
    ),
)
