"""Captures of WARC files: made by warcio, cut and damaged by hand."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.unit.traces.surveying.made import CRAWL, Item, warc
from withhold.traces.surveying.capture import Capture, Left
from withhold.traces.surveying.warc_captures import warc_captures

DAY = "2026-07-01T10:00:00Z"
RULES = b"User-agent: GPTBot\nDisallow: /\n"
PACKED = [("Content-Encoding", "gzip")]
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(RULES), RULES)
ITEMS: list[Item] = [
    ("https://a.example/robots.txt", 200, RULES, DAY, []),
    ("https://b.example/robots.txt", 404, b"no", DAY, []),
    ("https://b.example/page", 200, RULES, DAY, []),
    ("https://c.example/robots.txt", 200, gzip.compress(RULES), DAY, PACKED),
    ("https://d.example/robots.txt", 200, CHUNKED, DAY, [("Transfer-Encoding", "chunked")]),
    ("https://e.example/robots.txt", 301, b"", DAY, [("Location", "/x")]),
]  # fmt: skip


def read(path: Path, crawl: str = "") -> list[Capture | Left]:
    with path.open("rb") as stream:
        return list(warc_captures(stream, str(path), crawl))


@pytest.mark.parametrize("packed", [True, False])
def test_every_response_of_a_robots_txt_is_a_capture(tmp_path: Path, packed: bool) -> None:
    path = warc(tmp_path / "a.warc", ITEMS, packed=packed)
    assert read(path) == [
        Capture("a.example", CRAWL, DAY, 200, RULES),
        Capture("b.example", CRAWL, DAY, 404, b"no"),
        Left("other_records"),
        Capture("c.example", CRAWL, DAY, 200, RULES),
        Capture("d.example", CRAWL, DAY, 200, RULES),
        Capture("e.example", CRAWL, DAY, 301, b""),
    ]


def test_parts_of_a_second_are_none_of_a_day(tmp_path: Path) -> None:
    """WARC 1.1, 5.4: up to nine digits of them."""
    dated = [(*ITEMS[0][:3], f"{DAY[:-1]}.123456Z", [])]
    path = warc(tmp_path / "a.warc", dated, packed=False)
    assert read(path) == [Capture("a.example", CRAWL, DAY, 200, RULES)]


def test_the_crawl_is_the_one_that_was_said_then_the_files_then_of_the_name(
    tmp_path: Path,
) -> None:
    said = warc(tmp_path / "x.warc.gz", ITEMS[:1])
    assert {one.crawl for one in read(said, "mine") if isinstance(one, Capture)} == {"mine"}
    (tmp_path / "CC-MAIN-2022-05").mkdir()
    named = warc(tmp_path / "CC-MAIN-2022-05" / "x.warc.gz", ITEMS[:1], crawl="")
    assert [one.crawl for one in read(named) if isinstance(one, Capture)] == ["CC-MAIN-2022-05"]


def test_a_file_that_is_cut_says_so_and_keeps_what_is_whole(tmp_path: Path) -> None:
    body = warc(tmp_path / "a.warc", ITEMS[:2], packed=False).read_bytes()
    first = body.index(RULES) + len(RULES)
    (tmp_path / "cut.warc").write_bytes(body[: first - 5])
    captured, left = sorted(read(tmp_path / "cut.warc"), key=lambda one: isinstance(one, Left))
    assert isinstance(captured, Capture)
    assert (captured.body, captured.truncated) == (RULES[:-5], True)
    assert left == Left("damaged_records")


@pytest.mark.parametrize("keep", [0.35, 0.6, 0.85, 0.97])
def test_a_packed_file_that_is_cut_anywhere_never_ends_in_silence(
    tmp_path: Path, keep: float
) -> None:
    body = warc(tmp_path / "a.warc.gz", ITEMS).read_bytes()
    (tmp_path / "cut.warc.gz").write_bytes(body[: int(len(body) * keep)])
    found = read(tmp_path / "cut.warc.gz")
    assert Left("damaged_records") in found
    assert len([one for one in found if isinstance(one, Capture)]) <= 5


def test_after_damage_in_the_middle_the_next_record_is_found(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc.gz", ITEMS)
    body = bytearray(path.read_bytes())
    starts = [at for at in range(len(body)) if body[at : at + 3] == b"\x1f\x8b\x08"]
    third = starts[4]  # warcinfo, request, response, request, response
    body[third + 30 : third + 60] = b"\xff" * 30
    path.write_bytes(bytes(body))
    found = read(path)
    hosts = [one.host for one in found if isinstance(one, Capture)]
    assert Left("damaged_records") in found
    assert hosts[0] == "a.example"
    assert hosts[-2:] == ["d.example", "e.example"]


def test_a_body_that_cannot_be_unpacked_is_not_an_empty_one(tmp_path: Path) -> None:
    broken = b"\x1f\x8b\x08\x00" + b"\xff" * 40
    packed: list[tuple[str, str]] = [("Content-Encoding", "gzip")]
    path = warc(
        tmp_path / "a.warc.gz", [("https://a.example/robots.txt", 200, broken, DAY, packed)]
    )
    (one,) = read(path)
    assert isinstance(one, Capture)
    assert one.body is None


def test_a_bomb_is_not_unpacked_whole(tmp_path: Path) -> None:
    bomb = gzip.compress(b"Disallow: /\n" * 5_000_000)
    headers: list[tuple[str, str]] = [("Content-Encoding", "gzip")]
    path = warc(tmp_path / "a.warc.gz", [("https://a.example/robots.txt", 200, bomb, DAY, headers)])
    (one,) = read(path)
    assert isinstance(one, Capture)
    assert one.body is not None
    assert len(one.body) <= 500 * 1024 + 1


def test_what_is_no_warc_is_damage(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"\0\1\2 this is no WARC file\n" * 40)
    assert read(tmp_path / "a.warc") == [Left("damaged_records")]
