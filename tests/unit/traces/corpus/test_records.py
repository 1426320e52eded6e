"""Whatever form a file has, told by its octets, its texts are read, and what is not is told."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.unit.traces.corpus.warcs_made import hides, page, read, record, warc, zstd
from withhold.errors import BadInput
from withhold.traces.corpus import columns as told_columns
from withhold.traces.corpus.records import ENDINGS, form_of, records
from withhold.traces.corpus.trouble import Trouble

ROWS: list[dict[str, Any]] = [
    {"text": "First tomatoes", "url": "https://example.org/1", "id": "t3_1a2b3c"},
    {"text": "Bike found", "url": "https://example.org/2", "id": "t3_9x8y7z"},
]
LINES = "".join(json.dumps(one) + "\n" for one in ROWS).encode()
CSV = b"id,text,url\nt3_1a2b3c,First tomatoes,https://example.org/1\n" + (
    b't3_9x8y7z,"Bike found",https://example.org/2\n'
)


def parquet(rows: list[dict[str, Any]], groups: int = 1_000) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, row_group_size=groups)
    return out.getvalue()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gz": gzip.compress,
    "gz in two members": lambda octets: gzip.compress(octets[:40]) + gzip.compress(octets[40:]),
    "zst": zstd,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}


@pytest.mark.parametrize(
    ("form", "how"),
    [("parquet", "plain"), *((form, how) for form in ("jsonl", "csv") for how in PACKED)],
)
def test_rows_are_records(form: str, how: str) -> None:
    octets = {"jsonl": LINES, "csv": CSV, "parquet": parquet(ROWS)}[form]
    found, troubles = read(PACKED[how](octets), f"posts.{form}.{how}")
    assert troubles == []
    assert [one.texts for one in found] == [(b"First tomatoes",), (b"Bike found",)]
    assert [one.url for one in found] == ["https://example.org/1", "https://example.org/2"]
    assert [one.ids for one in found] == [("t3_1a2b3c",), ("t3_9x8y7z",)]
    assert [one.offset for one in found] == [0, 1]


@pytest.mark.parametrize("how", ["gz", "zst", "bz2", "xz"])
def test_a_packed_file_that_is_cut_gives_what_is_there_and_says_so(how: str) -> None:
    lines = b"".join(b'{"text": "line %d of many"}\n' % n for n in range(20_000))
    packed = PACKED[how](lines)
    found, troubles = read(packed[: len(packed) * 3 // 4])
    assert troubles[-1].why == "cut" or (how == "bz2" and troubles[-1].whole)
    assert [one.texts for one in found[:2]] in ([], [(b"line 0 of many",), (b"line 1 of many",)])
    assert len(found) < 20_000


def test_the_form_is_told_by_what_is_in_it_and_not_by_the_name() -> None:
    page_ = b"<!DOCTYPE html><p>Green, <b>26</b> inches"
    for octets, form in (
        (warc([page(1)]), "warc"),
        (parquet(ROWS), "parquet"),
        (LINES, "jsonl"),
        (page_, "page"),
        (b"<?xml version='1.0'?><a>b</a>", "xml"),
        (b"Green, 26 inches", "text"),
        (b"PK\x03\x04...", "zip"),
        (b"\x7fELF\0\0", "not-known"),
        (b"", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"\x1f\x8b\x08 and no more", "damaged"),
        (b'{\n  "pretty": "printed"\n}\n', "json"),
        (b'[{"all": "in one"}]', "json"),
        (b"[a link](https://example.org/)", "text"),
        (b'{"one": "line"}', "jsonl"),
    ):
        assert form_of(io.BytesIO(octets), "data.bin")[0] == form, form
    assert form_of(io.BytesIO(CSV), "a/b.csv/posts.txt")[0] == "text"
    assert form_of(io.BytesIO(gzip.compress(CSV)), "posts.CSV.gz")[0] == "csv"
    assert form_of(io.BytesIO(CSV.replace(b",", b"\t")), "posts.tsv")[0] == "tsv"


@pytest.mark.parametrize(
    ("octets", "why"),
    [(b"", "empty"), (b"PK\x03\x04", "zip"), (b"\0\1", "not-known"), (b"PAR1xx", "damaged")],
)
def test_what_is_not_read_is_one_trouble(octets: bytes, why: str) -> None:
    found, troubles = read(octets)
    assert (found, [one.why for one in troubles]) == ([], [why])


@pytest.mark.parametrize(
    "name", ["a.warc.gz", "A.WET", "a.parquet", "part.arc.gz", "a.warc.wat.gz"]
)
def test_an_error_in_the_place_of_a_file_was_not_searched(name: str) -> None:
    """As downloads leave it: a page of an error, a pointer. To search it would count as read."""
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    refused = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"
    for octets in (b"404: Not Found", pointer, refused, gzip.compress(refused), b'{"error": 1}'):
        (one,) = records(io.BytesIO(octets), name)
        assert isinstance(one, Trouble)
        assert (one.why, one.whole) == ("damaged", True)


def test_a_wet_file_is_text_and_a_wat_file_addresses() -> None:
    wet = record("conversion", "https://example.org/1", "text/plain", "Grüße & <b>".encode())
    (one,), troubles = read(gzip.compress(wet))
    assert (one.texts, one.url, troubles) == (
        ("Grüße & <b>".encode(),),
        "https://example.org/1",
        [],
    )
    said = '{"Envelope":{"WARC-Header-Metadata":{"WARC-Type":"%s"}}}'
    wat = b"".join(
        gzip.compress(
            record("metadata", "https://example.org/1", "application/json", (said % kind).encode())
        )
        for kind in ("request", "response", "metadata")
    )
    inner = {"HTTP-Response-Metadata": {"Links": "x" * 99_999}}
    long = json.dumps({"Envelope": {"Payload-Metadata": inner}})
    wat += gzip.compress(
        record("metadata", "https://example.org/2", "application/json", long.encode())
    )
    (one, two), troubles = read(wat)
    assert (two.url, two.texts) == ("https://example.org/2", ())
    assert (one.url, one.texts, troubles) == ("https://example.org/1", (), [])


# Columns --------------------------------------------------------------------------------------


def test_columns_are_told_by_their_usual_names_whatever_their_case() -> None:
    rows = [{"URL": "https://example.org/1", "TEXT": "a caption", "similarity": 0.3}]
    (one,), _ = read(parquet(rows))
    assert (one.url, one.texts) == ("https://example.org/1", (b"a caption",))
    rows = [{"text": "a", "metadata": {"url": "https://example.org/2", "date": "2024-05-18"}}]
    for octets in (parquet(rows), json.dumps(rows[0]).encode()):
        (one,), _ = read(octets)
        assert (one.url, one.date) == ("https://example.org/2", "2024-05-18")


def test_columns_can_be_said() -> None:
    rows = [{"q": "First tomatoes", "page": "https://example.org/1", "text": "other"}]
    (one,), _ = read(parquet(rows), mapping=told_columns.said("text=q, url=PAGE"))
    assert (one.url, one.texts) == ("https://example.org/1", (b"First tomatoes",))


def test_a_table_without_them_names_those_it_has() -> None:
    with pytest.raises(BadInput, match="q, w") as why:
        read(parquet([{"q": "a", "w": 1}]))
    assert "--map text=" in why.value.tip
    with pytest.raises(BadInput, match="no column body; it has: q, w"):
        read(parquet([{"q": "a", "w": 1}]), mapping={"text": "body"})
    with pytest.raises(BadInput, match="q, w"):
        read(b"q,w\n1,2\n", "posts.csv")


@pytest.mark.parametrize("mapping", ["text", "text=", "colour=red", "=a", "text=a,url"])
def test_a_mapping_that_is_none_is_refused(mapping: str) -> None:
    with pytest.raises(BadInput, match="role=column"):
        told_columns.said(mapping)


def test_row_groups_are_read_by_themselves_with_the_numbers_of_their_rows() -> None:
    octets = parquet([{"text": f"row {n}"} for n in range(50)], groups=10)
    found, _ = read(octets, first=2, last=3)
    assert [one.offset for one in found] == list(range(20, 40))
    assert found[0].texts == (b"row 20",)


def test_a_damaged_row_group_hides_no_other() -> None:
    rows = [{"text": f"{n} " + "x" * 40} for n in range(3_000)]
    octets = bytearray(parquet(rows, groups=1_000))
    about = pq.ParquetFile(io.BytesIO(bytes(octets))).metadata.row_group(1).column(0)
    at = about.dictionary_page_offset or about.data_page_offset
    octets[at : at + 8] = b"\xff" * 8  # the header of a page
    found, troubles = read(bytes(octets))
    assert {one.offset for one in found} >= {*range(1_000), *range(2_000, 3_000)}
    assert [(one.why, one.whole) for one in troubles] == [("damaged", False)]


def test_pictures_in_a_table_are_taken_where_they_are_looked_for() -> None:
    octets = parquet([{"text": "a", "image": {"bytes": b"\x89PNG", "path": "a.png"}}])
    assert read(octets)[0][0].images == ()
    assert read(octets, images=True)[0][0].images == (b"\x89PNG",)


# Lines ----------------------------------------------------------------------------------------


def test_lines_that_are_no_object_are_told_one_by_one() -> None:
    octets = LINES + b'no json\n[1, 2]\n"a"\n{"text": "cut of' + b"\n\n \n" + LINES
    found, troubles = read(octets)
    assert [one.offset for one in found] == [0, 1, 8, 9]
    assert [(one.why, one.offset) for one in troubles] == [
        ("not-an-object", n) for n in (2, 3, 4, 5)
    ]


def test_json_that_only_python_reads_is_read() -> None:
    lines = b'{"text": "a \\ud800 b", "score": NaN}\n' + b'{"text": "\xe9t\xe9"}\n'
    found, troubles = read(lines)
    assert [one.texts for one in found] == [(b"a ? b",), ("été".encode(),)]
    assert troubles == []


def test_half_a_character_in_a_field_can_be_said_again() -> None:
    line = b'{"text": "a", "id": "i\\ud83d", "url": "https://a.example/\\ud83d", "date": "\\udc00"}'
    ((one,), _) = read(line)
    assert (one.record, one.url, one.date) == ("i?", "https://a.example/?", "?")


def test_an_object_without_known_fields_is_searched_whole() -> None:
    line = {"messages": [{"role": "user", "value": "First tomatoes"}, {"value": ["deep"]}]}
    (one,), _ = read(json.dumps(line).encode() + b"\n")
    assert one.texts == (b"user", b"First tomatoes", b"deep")
    deep = b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n"
    found, troubles = read(deep + LINES)
    assert len(found) == 2
    assert [one.why for one in troubles] == ["not-an-object"]


def test_a_line_that_is_too_long_is_told_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("withhold.traces.corpus.line_records.LINE", 1_000)
    octets = b'{"text": "' + b"a" * 3_000_000 + b'"}\n' + LINES
    found, troubles = read(octets)
    assert [one.offset for one in found] == [1, 2]
    assert [(one.why, one.offset) for one in troubles] == [("too-long", 0)]


def test_rows_of_csv_that_are_odd_are_read_as_far_as_they_go() -> None:
    octets = b'\xef\xbb\xbfid,text\n1,"over\ntwo lines"\n2\n3,a,b,c\n\n'
    octets += b"4," + b"x" * 5_000 + b'\n5,nul\0octet\n6,"open'
    found, troubles = read(octets, "a.csv")
    texts = [b" ".join(one.texts).split() for one in found]
    assert texts[:3] == [[b"over", b"two", b"lines"], [], [b"a"]]
    assert texts[4:] == [[b"nuloctet"], [b"open"]]
    assert troubles == []


def test_names_of_columns_that_are_none_end_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withhold.traces.corpus.line_records.LINE", 100)
    before = csv.field_size_limit()
    try:
        found, troubles = read(b'"' + b"a" * 90 + b"\n" + b"b" * 90 + b"\n", "a.csv")
    finally:  # it is one limit for the whole process, so for other tests too
        csv.field_size_limit(before)
    assert (found, [(one.why, one.whole) for one in troubles]) == ([], [("not-an-object", True)])


def arc(*pages: tuple[str, bytes]) -> list[bytes]:
    """The records of ARC 1 (Internet Archive, 1996): a line about the file, then the captures."""
    about = b"1 0 example\nURL IP-address Archive-date Content-type Archive-length\n"
    line = b"filedesc://a.arc 127.0.0.1 20140216050221 text/plain %d\n" % len(about)
    parts = [line + about + b"\n"]
    for url, text in pages:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text
        head = f"{url} 93.184.216.119 20140216050221 text/html {len(http)}\n".encode()
        parts.append(head + http + b"\n")
    return parts


def test_arc_is_read_by_record_and_what_is_wrong_with_it_is_told(
    capfd: pytest.CaptureFixture[str],
) -> None:
    pages = [(f"http://example.org/{n}", b"<p>Page %d</p>" % n) for n in range(3)]
    packed = [gzip.compress(one) for one in arc(*pages)]
    found, troubles = read(b"".join(packed))
    assert [one.url for one in found] == [url for url, _ in pages]
    assert [one.offset for one in found] == [sum(map(len, packed[:n])) for n in (1, 2, 3)]
    assert [one.texts[0].strip() for one in found] == [b"Page 0", b"Page 1", b"Page 2"]
    assert troubles == []
    assert [one.url for one in read(b"".join(arc(*pages)))[0]] == [url for url, _ in pages]
    for cut in range(1, len(packed[3])):
        found, troubles = read(b"".join(packed)[:-cut])
        assert len(found) >= 2
        assert hides(troubles), cut
    whole = b"".join(arc(*pages))
    odd = whole.replace(b"</p>\nhttp://example.org/2", b"</p>more\n\nhttp://example.org/2")
    found, troubles = read(odd)
    assert [one.why for one in troubles] == ["damaged"]
    assert capfd.readouterr().err == ""


def test_a_length_that_no_file_has_ends_an_arc_with_a_word() -> None:
    odd = b"".join(arc(("http://example.org/1", b"one"))).replace(
        b" text/html ", b" text/html 9" * 3
    )
    found, troubles = read(odd.replace(b"html 9", b"html " + b"9" * 30))
    assert found == []
    assert [(one.why, one.whole) for one in troubles] == [("damaged", True)]


# Text -----------------------------------------------------------------------------------------


def test_the_files_of_a_folder_are_known_by_their_endings() -> None:
    for name in ("a.warc.gz", "a.warc.wet.gz", "a.jsonl.zst", "a.parquet", "a.txt", "a.arc"):
        assert name.endswith(ENDINGS), name
    for name in ("a.py", "a.png", "a.exe", "README"):
        assert not name.endswith(ENDINGS), name
