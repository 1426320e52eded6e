"""Real WARC, WET, WAT and ARC files, whole and damaged, against warcio and against their index."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from withhold.traces.corpus.found import Needle, Record
from withhold.traces.corpus.ladder import Ladder
from withhold.traces.corpus.needles import needles, of_text
from withhold.traces.corpus.records import records
from withhold.traces.corpus.trouble import Trouble

pytestmark = pytest.mark.real

CAPTURED = ("response", "resource", "conversion", "revisit")
WHOLE = (
    "ccwhirlwind-whirlwind.warc.gz",
    "ccwhirlwind-whirlwind.warc.wet.gz",
    "jwarc-cc.warc.gz",
    "pywb-iana.warc.gz",
    "resiliparse-warcfile.warc.gz",
    "warcio-example.warc.gz",
)


@pytest.fixture(scope="module")
def folder(corpus: Path) -> Path:
    return corpus / "warc"


def read(path: Path) -> tuple[list[Record], list[Trouble]]:
    with path.open("rb") as stream:
        found = list(records(stream, path.name))
    return (
        [one for one in found if isinstance(one, Record)],
        [one for one in found if isinstance(one, Trouble)],
    )


def by_warcio(path: Path) -> list[tuple[int, str, str, str]]:
    """Place, id, address and date of each capture."""
    rows = []
    with path.open("rb") as stream:
        found = ArchiveIterator(stream)
        for one in found:
            get = one.rec_headers.get_header
            one.raw_stream.read()
            if one.rec_type in CAPTURED:
                id_ = (get("WARC-Record-ID") or "").strip("<>")
                row = (get("WARC-Target-URI"), get("WARC-Date"))
                rows.append((found.get_record_offset(), id_, *row))
    return rows


@pytest.mark.parametrize("name", WHOLE)
def test_each_capture_is_where_warcio_finds_it(folder: Path, name: str) -> None:
    found, troubles = read(folder / name)
    ours = [(one.offset, one.record, one.url, one.date) for one in found]
    assert ours == by_warcio(folder / name)
    assert len(ours) > 0
    assert {one.why for one in troubles} <= {"no-text"}


def test_the_texts_are_those_that_warcio_unpacks(folder: Path) -> None:
    """Each word of ASCII letters in the title of a page is in our text of it."""
    checked = 0
    for name in WHOLE:
        texts = {one.record: b" ".join(one.texts) for one in read(folder / name)[0]}
        with (folder / name).open("rb") as stream:
            for one in ArchiveIterator(stream):
                if one.rec_type != "response" or not one.http_headers:
                    continue
                if "html" not in (one.http_headers.get_header("Content-Type") or ""):
                    continue
                id_ = one.rec_headers.get_header("WARC-Record-ID").strip("<>")
                body = one.content_stream().read()
                title = body.partition(b"<title>")[2].partition(b"<")[0].split()
                words = [word for word in title if word.isalpha()]
                assert all(word in texts[id_] for word in words), (name, id_)
                checked += len(words)
    assert checked > 70


def test_lz4_holds_the_same_records(folder: Path) -> None:
    packed, troubles = read(folder / "resiliparse-warcfile.warc.lz4")
    same, _ = read(folder / "resiliparse-warcfile.warc.gz")
    assert troubles == []
    assert [(a.record, a.url, a.texts) for a in packed] == [
        (b.record, b.url, b.texts) for b in same
    ]


def test_places_are_those_of_the_cdx_index(folder: Path) -> None:
    """pywb's own index of its file, made by another program."""
    import json

    lines = (folder / "pywb-iana.cdxj").read_text(encoding="utf-8").splitlines()
    index = Counter(
        (int(said["offset"]), said["url"])
        for said in (json.loads(line.split(" ", 2)[2]) for line in lines if "{" in line)
    )
    found, _ = read(folder / "pywb-iana.warc.gz")
    ours = Counter((one.offset, one.url) for one in found)
    assert not index - ours
    assert sum(index.values()) > 100


def test_damaged_files_say_so_and_give_what_is_there(folder: Path) -> None:
    (clipped,), troubles = read(folder / "resiliparse-clipped.warc.gz")
    assert "Chance The Rapper" in clipped.texts[0].decode()
    assert [(one.why, one.offset) for one in troubles] == [("cut", 0)]
    found, troubles = read(folder / "warcio-example-trunc.warc")
    assert [one.url for one in found] == ["http://example.com/"]
    assert [(one.why, one.offset) for one in troubles] == [("cut", 1197)]
    found, troubles = read(folder / "warcio-example-bad-non-chunked.warc.gz")
    whole, _ = read(folder / "warcio-example.warc.gz")
    assert [(a.record, a.texts) for a in found] == [(b.record, b.texts) for b in whole]
    assert [one.why for one in troubles] == ["one-stream"]


def test_arc_and_wat_and_a_package_of_archives(folder: Path) -> None:
    (one,), troubles = read(folder / "warcio-example.arc.gz")
    assert (one.url, one.offset, troubles) == ("http://example.com/", 171, [])
    assert b"illustrative examples in documents" in one.texts[0]
    found, troubles = read(folder / "ccwhirlwind-whirlwind.warc.wat.gz")
    assert (found, troubles) == ([], [])  # it has one record, on a request
    found, troubles = read(folder / "pywb-valid_example_1.wacz")
    assert (found, [one.why for one in troubles]) == ([], ["zip"])


def test_a_real_table_is_read_by_its_columns(folder: Path) -> None:
    with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
        expected = [row["content"] for row in csv.DictReader(lines)]
    found, troubles = read(folder / "index.csv")
    assert [b"".join(one.texts).decode() for one in found] == expected
    assert troubles == []


def test_a_sentence_of_a_real_page_is_found_in_it_and_in_its_wet(folder: Path) -> None:
    """Taken from the WET that Common Crawl made, looked for in the HTML that it was made of."""
    (wet,), _ = read(folder / "ccwhirlwind-whirlwind.warc.wet.gz")
    lines = [line for line in wet.texts[0].decode().splitlines() if len(line) > 120]
    assert len(lines) >= 2
    made = [of_text(f"line {n}", line) for n, line in enumerate(lines)]
    sought = [one for one in made if isinstance(one, Needle)]
    assert len(sought) >= 2
    hosts, _ = needles(hosts=["an.wikipedia.org"])
    ladder = Ladder([*sought, *hosts])
    for name in ("ccwhirlwind-whirlwind.warc.gz", "ccwhirlwind-whirlwind.warc.wet.gz"):
        (one,), _ = read(folder / name)
        hits = {hit.needle: hit.rung for hit in ladder.hits(one)}
        assert hits == {**{needle.id: "span" for needle in sought}, hosts[0].id: "host"}
    for one in read(folder / "pywb-iana.warc.gz")[0]:
        assert ladder.hits(one) == []
