"""WARC: every record of a whole file, and of a damaged one never fewer without a word."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest

from tests.unit.traces.corpus.warcs_made import (
    DATE,
    ends,
    hides,
    members,
    page,
    read,
    repacked,
    warc,
    zstd,
)
from withhold.traces.corpus.warc_records import crawl_of

SPAN = "They are small, and they are ours, said the gardener to nobody."
FIVE = warc([page(n, f"{SPAN} {n}") for n in range(5)])
PACKED: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "zst": zstd, "plain": bytes}


@pytest.mark.parametrize("how", PACKED)
def test_every_record_with_its_place_however_it_is_packed(how: str) -> None:
    octets, stops = repacked(FIVE, PACKED[how])
    found, troubles = read(octets)
    assert troubles == []
    assert [one.url for one in found] == [f"https://example.org/{n}" for n in range(5)]
    assert [one.offset for one in found] == stops[:-1]
    assert {one.crawl for one in found} == {"CC-MAIN-2024-22"}
    assert {one.date for one in found} == {DATE}
    assert all(one.record.startswith("urn:uuid:") for one in found)
    for n, one in enumerate(found):
        assert b" ".join(one.texts[0].split()) == f"Page {n}. {SPAN} {n}".encode()


@pytest.mark.parametrize("how", PACKED)
def test_a_file_that_is_cut_anywhere_is_said_to_be_cut(how: str) -> None:
    octets, stops = repacked(FIVE, PACKED[how])
    # the last octets of a record are two line ends, and of a gzip member its sum: nothing is lost
    spare = {"plain": 4, "zst": 4, "gz": 16}[how]
    for cut in range(16, len(octets)):
        found, troubles = read(octets[:cut])
        whole = sum(stop <= cut for stop in stops)
        assert len(found) >= whole - 1, cut  # the first is warcinfo
        if cut in stops:
            assert troubles == [], cut
        elif not any(stop - spare <= cut < stop for stop in stops):
            assert hides(troubles), cut
            assert troubles[-1].offset <= cut


def test_what_is_there_of_a_record_that_is_cut_is_searched() -> None:
    octets, stops = repacked(FIVE, bytes)
    found, troubles = read(octets[: stops[-1] - 20])
    assert SPAN.encode() in b" ".join(found[-1].texts[0].split())
    assert [(one.why, one.offset) for one in troubles] == [("cut", stops[-2])]


@pytest.mark.parametrize("how", ["gz", "zst"])
def test_one_damaged_record_hides_no_other(how: str) -> None:
    octets, stops = repacked(FIVE, PACKED[how])
    spoiled = bytearray(octets)
    spoiled[stops[2] - 12] ^= 0xFF  # in the third record: page 1
    found, troubles = read(bytes(spoiled))
    assert {f"https://example.org/{n}" for n in (0, 2, 3, 4)} <= {one.url for one in found}
    assert [(one.why, one.offset, one.whole) for one in troubles] == [("damaged", stops[1], False)]


def test_damage_to_the_last_record_is_the_end() -> None:
    spoiled = bytearray(FIVE)
    spoiled[ends(FIVE)[-2] + 60] ^= 0xFF
    found, troubles = read(bytes(spoiled))
    assert len(found) >= 4
    assert troubles[-1].whole
    assert troubles[-1].offset == ends(FIVE)[-2]


def test_octets_between_and_behind_records_are_told() -> None:
    stops = ends(FIVE)
    junk = FIVE[: stops[2]] + b"\x99" * 500 + FIVE[stops[2] :]
    found, troubles = read(junk)
    assert [one.url[-1] for one in found] == ["0", "1", "2", "3", "4"]
    assert len(hides(troubles)) == 1
    found, troubles = read(FIVE + b"\x99" * 50)
    assert len(found) == 5
    assert len(hides(troubles)) == 1
    found, troubles = read(FIVE + b"\0" * 512)
    assert (len(found), hides(troubles)) == (5, [])


def test_random_damage_never_raises_and_is_nearly_always_told() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    untold = 0
    for _ in range(400):
        spoiled = bytearray(FIVE)
        for _ in range(chance.choice((1, 1, 4))):
            spoiled[chance.randrange(len(spoiled))] ^= chance.randrange(1, 256)
        found, troubles = read(bytes(spoiled))
        if not hides(troubles):
            untold += 1  # the time, flags and system in a gzip header mean nothing to its content
            assert len(found) == 5
    assert untold < 40


def test_a_file_packed_in_one_piece_is_read_and_its_places_are_not_claimed() -> None:
    octets = gzip.compress(b"".join(members(FIVE)))
    found, troubles = read(octets)
    assert [one.url[-1] for one in found] == ["0", "1", "2", "3", "4"]
    assert {one.offset for one in found} == {0}
    assert [one.why for one in troubles] == ["one-stream"]
    found, troubles = read(octets[: len(octets) // 2])
    assert hides(troubles)


def test_a_hostile_file_of_false_starts_ends() -> None:
    spoiled = FIVE[: ends(FIVE)[0] + 40] + b"\x1f\x8b\x08" * 30_000
    found, troubles = read(spoiled)
    assert found == []
    assert troubles[-1].whole


# What a payload went through ------------------------------------------------------------------


def chunked(body: bytes) -> bytes:
    """In chunks of 7, as a server sends it."""
    parts = [body[n : n + 7] for n in range(0, len(body), 7)]
    return b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in parts) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    one = zlib.compressobj(wbits=-15)
    return one.compress(body) + one.flush()


@pytest.mark.parametrize(
    ("headers", "made"),
    [
        ({"Content_Encoding": "gzip"}, gzip.compress),
        ({"Content_Encoding": "br"}, brotli.compress),
        ({"Content_Encoding": "deflate"}, zlib.compress),
        ({"Content_Encoding": "deflate"}, raw_deflate),
        ({"Content_Encoding": "zstd"}, zstd),
        ({"Transfer_Encoding": "chunked"}, chunked),
        (
            {"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"},
            lambda body: chunked(gzip.compress(body)),
        ),
        # Common Crawl has undone both, and left the headers
        ({"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}, bytes),
        ({"Content_Encoding": "br"}, bytes),
    ],
)
def test_what_the_server_packed_is_unpacked(
    headers: dict[str, str], made: Callable[[bytes], bytes]
) -> None:
    url, body, said = page(1, SPAN, **headers)
    (found,), troubles = read(warc([(url, made(body), said)]))
    assert SPAN.encode() in found.texts[0]
    assert troubles == []


def test_a_payload_that_is_spoiled_or_packed_strangely_is_told() -> None:
    url, body, said = page(1, SPAN, Content_Encoding="gzip")
    (one,), troubles = read(warc([(url, gzip.compress(body)[:-20], said)]))
    assert (one.url, [it.why for it in troubles]) == (url, ["cut"])
    url, body, said = page(1, SPAN, Content_Encoding="compress")
    assert [it.why for it in read(warc([(url, body, said)]))[1]] == ["not-decoded"]


def test_a_payload_that_would_become_huge_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("withhold.traces.corpus.warc_records.BODY", 1 << 16)
    url, _, said = page(1, Content_Encoding="gzip", Content_Type="text/plain")
    bomb = gzip.compress(b"a" * (8 << 20))
    (one,), troubles = read(warc([(url, bomb, said)]))
    assert len(one.texts[0]) == 1 << 16
    assert [it.why for it in troubles] == ["too-long"]
    (one,), troubles = read(warc([(url, b"a" * (1 << 17), said | {"Content-Encoding": ""})]))
    assert len(one.texts[0]) == 1 << 16
    assert [it.why for it in troubles] == ["too-long"]


def test_pictures_are_taken_only_where_they_are_looked_for() -> None:
    given = warc([("https://example.org/a.png", b"\x89PNG...", {"Content-Type": "image/png"})])
    (one,), troubles = read(given)
    assert (one.texts, one.images, [it.why for it in troubles]) == ((), (), ["no-text"])
    (one,), troubles = read(given, images=True)
    assert (one.images, troubles) == ((b"\x89PNG...",), [])


def test_without_texts_the_address_is_enough() -> None:
    found, troubles = read(FIVE, texts=False)
    assert [(one.url[-1], one.texts) for one in found] == [(str(n), ()) for n in range(5)]
    assert troubles == []


def test_the_crawl_is_read_from_the_path_where_the_file_does_not_name_it() -> None:
    assert crawl_of("crawl-data/CC-MAIN-2024-10/segments/1.warc.gz") == "CC-MAIN-2024-10"
    assert crawl_of("CC-MAIN-20240518-00001.warc.gz") == ""
