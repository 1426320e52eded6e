"""Logs as files: packed, broken, many, from standard input, with one process or two."""

from __future__ import annotations

import gzip
import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
import zstandard

from withhold.catalog.load import load
from withhold.errors import BadInput
from withhold.traces.logs.in_force import Dated
from withhold.traces.logs.seen import LogSeen
from withhold.traces.logs.whose import Whose
from withhold.verbs import prove_logs

CRAWLERS = load(platforms=[]).crawlers
ROBOTS = [Dated(name="r.txt", since=None, body=b"User-agent: GPTBot\nDisallow: /no\n")]


def log(lines: int) -> bytes:
    """Every third line names GPTBot, every sixth in spite of a no."""
    return b"".join(
        b'203.0.113.%d - - [03/Jun/2026:%02d:%02d:00 +0000] "GET /%s/%d HTTP/1.1" 200 7 "-" "%s"\n'
        % (
            n % 250,
            n // 60 % 24,
            n % 60,
            b"yes" if n % 2 else b"no",
            n,
            b"GPTBot/1.0" if n % 3 == 0 else b"Mozilla/5.0 (X11; Linux x86_64)",
        )
        for n in range(lines)
    )


def look(*files: Path | str, **options: object) -> LogSeen:
    given = [str(one) for one in files]
    return prove_logs.look(given, CRAWLERS, ROBOTS, Whose({}), **options)  # type: ignore[arg-type]


def said(seen: LogSeen) -> tuple[int, int, int, int]:
    (one,) = seen.crawlers
    return seen.lines, seen.other, one.requests, one.in_spite


def test_packed_files_are_told_by_what_they_begin_with(tmp_path: Path) -> None:
    data = log(600)
    half = data.index(b"\n", len(data) // 2) + 1
    files = {
        "plain": data,
        "members.log": gzip.compress(data[:half]) + gzip.compress(data[half:]),
        "frames": zstandard.compress(data[:half]) + zstandard.compress(data[half:]),
    }
    for name, octets in files.items():
        (tmp_path / name).write_bytes(octets)
        seen = look(tmp_path / name)
        assert said(seen) == (600, 400, 200, 100)
        assert (seen.broken, seen.formats) == ({}, {"combined": 600})


def test_a_file_that_breaks_off_counts_as_far_as_it_goes(tmp_path: Path) -> None:
    data = log(30_000)
    packed = gzip.compress(data)
    damaged = bytearray(packed)
    damaged[len(packed) // 2 : len(packed) // 2 + 200] = bytes(200)
    for name, octets, why in (
        ("cut.gz", packed[: len(packed) // 2], "cut-off"),
        ("bad.gz", bytes(damaged), "damaged"),
        ("cut.zst", zstandard.compress(data)[:-50], "cut-off"),
    ):
        (tmp_path / name).write_bytes(octets)
        seen = look(tmp_path / name)
        assert seen.broken == {str(tmp_path / name): why}
        assert seen.lines < 30_000
        assert seen.lines == seen.unreadable + seen.other + sum(c.requests for c in seen.crawlers)
    whole = tmp_path / "whole"
    whole.write_bytes(data)
    assert look(tmp_path / "bad.gz", whole).lines >= 30_000


def test_any_number_of_processes_in_any_order_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prove_logs, "_ALONE", 1000)
    monkeypatch.setattr(prove_logs, "_EACH", 7001)
    files = []
    for number, size in enumerate((900, 300, 1)):
        files.append(tmp_path / f"{number}.log")
        files[-1].write_bytes(log(size))
    files.append(tmp_path / "3.gz")
    files[-1].write_bytes(gzip.compress(log(500)))
    heard: list[tuple[int, int]] = []
    one = look(*files, workers=1, told=lambda octets, of: heard.append((octets, of)))
    assert said(one) == (1701, 1133, 568, 285)
    whole = sum(file.stat().st_size for file in files)
    assert heard[-1] == (whole, whole)
    assert heard == sorted(heard)
    for workers in (2, 3):
        other = look(*reversed(files), files[0], workers=workers)
        assert msgspec.json.encode(other) == msgspec.json.encode(one)
    lines = files[0].read_bytes().splitlines()
    for example in one.crawlers[0].examples:
        assert f" /{example.path[1:]} ".encode() in lines[example.line - 1]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, pack: type[bytes]) -> None:
    data = io.BytesIO(pack(log(1200)))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=data))
    seen = look("-")
    assert said(seen) == (1200, 800, 400, 200)
    assert seen.crawlers[0].examples[0].file == "-"


def test_cloudfront_files_joined_in_one(tmp_path: Path) -> None:
    heading = (
        b"#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)\n"
    )
    other = (
        b"#Version: 1.0\n#Fields: date time cs-method c-ip cs-uri-stem sc-status cs(User-Agent)\n"
    )
    row = b"2026-06-03\t10:00:00\t203.0.113.7\tGET\t/no\t200\tGPTBot/1.2%20(x)\n"
    swapped = b"2026-06-03\t10:00:00\tGET\t203.0.113.7\t/no\t200\tGPTBot/1.2%20(x)\n"
    file = tmp_path / "cf"
    file.write_bytes(heading + row * 3 + other + swapped * 2)
    seen = look(file)
    assert (seen.lines, seen.unreadable_why, seen.formats) == (9, {"comment": 4}, {"cloudfront": 5})
    assert seen.crawlers[0].in_spite == 5
    assert {one.address for one in seen.crawlers[0].examples} == {"203.0.113.x"}


def test_without_robots_nothing_is_judged(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(log(6))
    seen = prove_logs.look([str(file)], CRAWLERS, [], Whose({}))
    assert (seen.crawlers[0].unjudged, seen.robots) == (2, ())
    assert seen.first == datetime(2026, 6, 3, tzinfo=UTC)


def test_days_that_were_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_logs, "_ALONE", 0)
    monkeypatch.setattr(prove_logs, "_EACH", 5000)
    file = tmp_path / "a"
    file.write_bytes(log(600) + log(300).replace(b"[03/Jun", b"[04/Jun"))
    third, fourth = date(2026, 6, 3), date(2026, 6, 4)
    for since, until, requests in (
        (None, third, 200),
        (fourth, None, 100),
        (third, fourth, 300),
        (fourth, fourth, 100),
        (date(2026, 6, 5), None, 0),
    ):
        for workers in (1, 2):
            seen = look(file, since=since, until=until, workers=workers)
            assert sum(one.requests for one in seen.crawlers) == requests
            assert (seen.since, seen.until, seen.outside) == (since, until, 300 - requests)
            assert seen.other == 900 - requests


@pytest.mark.parametrize("name", ["", "missing", "nul\0"])
def test_what_cannot_be_opened_is_said_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput):
        look(f"{tmp_path}/{name}")


def test_a_format_of_the_owners(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b'971211336.1 203.0.113.7 "GET /no HTTP/1.1" 200 "GPTBot"\n' * 3 + log(2))
    own = '$msec $remote_addr "$request" $status "$http_user_agent"'
    seen = look(file, log_format=own)
    assert (seen.formats, seen.unreadable_why) == ({"own": 3}, {"no-format": 2})
    with pytest.raises(BadInput):
        look(file, log_format="apache-like")
