"""The octets of a record: uuid, base64 and gzip of the standard library say what is right."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import os
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from withhold.reach.warc_record import Kind, digest, fields, id_of, lines, one_line, record

DATE = "2026-11-25T12:30:15.250000Z"
ID = "<urn:uuid:12345678-1234-5678-9234-567812345678>"


def _blocks(data: bytes) -> list[bytes]:
    """What warcio finds in it, without HTTP heads; it raises for a digest that does not fit."""
    return [
        one.content_stream().read()
        for one in ArchiveIterator(io.BytesIO(data), check_digests="raise")
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_id_is_the_uuid_of_its_name(seed: str) -> None:
    right = uuid.uuid5(uuid.NAMESPACE_URL, f"withhold response {seed}")
    assert id_of("response", seed) == f"<urn:uuid:{right}>"


@given(st.binary(max_size=200))
def test_a_digest_is_base_32_of_sha_1(data: bytes) -> None:
    right = base64.b32encode(hashlib.new("sha1", data, usedforsecurity=False).digest()).decode()
    assert digest(data) == f"sha1:{right}"


@pytest.mark.parametrize("size", [0, 1, 600, 700, 800, 1024, 2000, 70_000])
@pytest.mark.parametrize("letters", [b"a", None], ids=["alike", "random"])
def test_any_size_is_one_gzip_member_that_warcio_reads(size: int, letters: bytes | None) -> None:
    body = letters * size if letters else os.urandom(size)
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    named = [("WARC-Target-URI", "http://a.example/"), ("WARC-Payload-Digest", digest(body))]
    one = record("response", ID, DATE, lines(named), head, body)
    assert gzip.decompress(one.data).endswith(b"\r\n\r\n" + head + body + b"\r\n\r\n")
    assert _blocks(one.data * 2) == [body, body]


def test_the_first_member_ends_where_it_is_said() -> None:
    """Random access: what begins at the size of the first is the second, whole."""
    one, two = (record("metadata", ID, DATE, "", b"x" * size) for size in (10, 5000))
    second = (one.data + two.data)[len(one.data) :]
    assert gzip.decompress(second).endswith(b"\r\n\r\n" + b"x" * 5000 + b"\r\n\r\n")


@pytest.mark.parametrize("kind", ["warcinfo", "metadata"])
def test_fields_are_lines(kind: Kind) -> None:
    block = fields([("asked", "a\r\nWARC-Type: x"), ("why", ""), ("detail", "grüße")])
    assert block == "asked: a WARC-Type: x\r\ndetail: grüße\r\n".encode()
    data = record(kind, ID, DATE, "", block).data
    assert _blocks(data) == [block]
    assert b"\r\nContent-Type: application/warc-fields\r\n" in gzip.decompress(data)


@given(st.text(alphabet="ab \t\r\n\x85\u2028"))
def test_one_line_has_no_line_break_and_loses_no_letter(text: str) -> None:
    said = one_line(text)
    assert not {"\r", "\n"} & set(said)
    letters = [one for one in text if one in "ab\x85\u2028"]
    assert [one for one in said if one in "ab\x85\u2028"] == letters
