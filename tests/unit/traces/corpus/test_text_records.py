"""Long texts in pieces, pages, XML and JSON: nothing is lost at a cut, and a cut is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.unit.traces.corpus.warcs_made import hides, read, zstd


def test_a_text_is_read_in_pieces_that_overlap_and_nothing_is_lost() -> None:
    lines = [f"line {n:06d}, and some more words to make it long enough" for n in range(60_000)]
    text = "\n".join(lines).encode()
    found, troubles = read(gzip.compress(text), "a.txt.gz")
    assert troubles == []
    assert len(found) > 2
    whole = b""
    for one in found:
        (piece,), before = one.texts, b"".join(one.before)
        assert text[one.offset : one.offset + len(piece)] == piece
        assert piece.startswith(before)
        assert len(before) in (0, 64 << 10)
        whole += piece[len(before) :]
    assert whole == text


def test_a_text_without_line_ends_is_cut_between_letters() -> None:
    text = ("ä" * 1_500_000).encode()
    found, _ = read(text)
    assert len(found) == 3
    assert all(set(one.texts[0].decode()) == {"ä"} for one in found)


def test_other_texts_are_read_by_their_marks() -> None:
    (one,), _ = read("Grüße".encode("utf-16"), "a.txt")
    assert one.texts == ("Grüße".encode(),)
    row = b"<?xml version='1.0'?><row Body=\"&lt;p&gt;It&amp;#39;s &lt;b&gt;gre&lt;/b&gt;en\"/>"
    (one,), _ = read(row, "Posts.xml")
    assert b"It's green" in one.texts[0]
    (one,), _ = read(b"no mark of <i>HTML</i> in it", "saved.html")
    assert one.texts[0] == b"no mark of HTML in it"


def test_a_long_page_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withhold.traces.corpus.text_records.BODY", 1 << 20)
    found, troubles = read(b"<html>" + b"words " * 400_000, "a.html")
    assert (len(found), [one.why for one in troubles]) == (1, ["too-long"])


def test_a_text_that_is_cut_says_so() -> None:
    octets = gzip.compress(b"".join(b"line %d\n" % n for n in range(100_000)))
    found, troubles = read(octets[:-2_000])
    assert found[0].texts[0].startswith(b"line 0\nline 1\n")
    assert [(one.why, one.whole) for one in hides(troubles)] == [("cut", True)]


def test_a_bomb_is_read_in_bounded_pieces(tmp_path: Path) -> None:
    import tracemalloc

    bomb = tmp_path / "bomb.txt.zst"
    bomb.write_bytes(zstd(b"\n" * (512 << 20)))
    assert bomb.stat().st_size < 100_000
    from withhold.traces.corpus.records import records

    tracemalloc.start()
    with bomb.open("rb") as stream:
        for count, _ in enumerate(records(stream, bomb.name)):
            if count == 100:
                break
    assert tracemalloc.get_traced_memory()[1] < 200 << 20
    tracemalloc.stop()


def test_a_document_of_json_is_read_as_its_escapes_mean() -> None:
    said = 'She said \u201clate\u201d,\nand "late" again'
    (one,), _ = read(json.dumps([{"a": said}, {"b": 1}], indent=2).encode(), "a.json")
    assert said in one.texts[0].decode()
    (one,), _ = read(json.dumps({"a": said}, indent=2).encode(), "data.bin")
    assert said in one.texts[0].decode()
