"""Which file is of which site and day, and what is a gap instead."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from withhold.errors import BadInput
from withhold.traces.dated_files import DatedFile, Gap, find, first_day, opened


def put(folder: Path, name: str, text: str = "User-agent: *\nDisallow:\n") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-06-30", date(2026, 6, 30)),
        ("2026-06", date(2026, 6, 1)),
        ("2026", date(2026, 1, 1)),
        ("2026-13", None),
        ("2026-02-30", None),
        ("0000", None),
        ("30.06.2026", None),
        ("2026-6-3", None),
        ("٢٠٢٦", None),
        ("", None),
        ("example.org", None),
    ],
)
def test_a_date_may_lack_its_day(said: str, day: date | None) -> None:
    assert first_day(said) == day


@pytest.mark.parametrize("name", ["a.example/2026-01-02.txt", "2026-01-02/a.example.txt"])
def test_both_layouts_of_folders_say_the_same(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    found = find(tmp_path)
    assert found.files == (
        DatedFile(site="a.example", on=date(2026, 1, 2), day="2026-01-02", file=name),
    )
    assert found.gaps == ()


def test_a_name_without_a_date_is_a_gap(tmp_path: Path) -> None:
    put(tmp_path, "a.example/latest.txt")
    assert find(tmp_path).gaps == (Gap(why="bad-name", file="a.example/latest.txt"),)


def test_a_table_goes_before_folders(tmp_path: Path) -> None:
    put(tmp_path, "b.example/2026-01-02.txt")
    put(tmp_path, "index.csv", "site,date,file\nA.example,2026-01,x.txt\n")
    assert [one.site for one in find(tmp_path).files] == ["a.example"]


def test_a_table_may_call_its_columns_otherwise(tmp_path: Path) -> None:
    put(tmp_path, "list.csv", "\ufeffhost,day,path,from\nhttps://A.example/x,2026,x.txt,u\n")
    columns = {"site": "host", "date": "day", "file": "path", "url": "from"}
    (one,) = find(tmp_path, tmp_path / "list.csv", columns).files
    assert (one.site, one.day, one.file, one.url) == ("a.example", "2026", "x.txt", "u")


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "index.csv", "host,date,file\n")
    with pytest.raises(BadInput, match="no column site") as why:
        find(tmp_path)
    assert "--columns" in why.value.tip


@pytest.mark.parametrize("body", [b"\xff\xfe\0s", b"site,date,file\n\xff,2026,x\n"])
def test_a_table_that_is_no_text_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "index.csv").write_bytes(body)
    with pytest.raises(BadInput, match="CSV file"):
        find(tmp_path)


@pytest.mark.parametrize("row", [",2026,x.txt", "a.example,,x.txt", "a.example,soon,x.txt", "a"])
def test_a_row_without_site_or_date_is_a_gap_with_its_number(tmp_path: Path, row: str) -> None:
    put(tmp_path, "index.csv", f"site,date,file\n{row}\n")
    (gap,) = find(tmp_path).gaps
    assert gap.why == "bad-row"
    assert gap.file.endswith("(row 2)")


def of(file: str) -> DatedFile:
    return DatedFile(site="a.example", on=date(2026, 1, 1), day="2026", file=file)


def why(folder: Path, file: str) -> str:
    got = opened(folder, of(file))
    assert isinstance(got, Gap)
    assert (got.site, got.day, got.file) == ("a.example", "2026", file)
    return got.why


def test_what_is_not_there_is_a_gap_and_never_an_empty_file(tmp_path: Path) -> None:
    assert why(tmp_path, "x.txt") == "no-file"
    assert why(tmp_path, "") == "no-file"
    put(tmp_path, "x.txt", "")
    assert opened(tmp_path, of("x.txt")) == b""


def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    assert why(tmp_path, "pipe.txt") == "unreadable"
    assert why(tmp_path, "folder.txt") == "unreadable"
    assert why(tmp_path, "a\0b") == "unreadable"


def test_no_row_reads_outside_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt")
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert why(inner, "../secret.txt") == "outside"
    assert why(inner, str(tmp_path / "secret.txt")) == "outside"
    assert why(inner, "link.txt") == "outside"


def test_a_huge_file_is_read_in_part(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"#" * 3_000_000)
    body = opened(tmp_path, of("x.txt"))
    assert isinstance(body, bytes)
    assert 512 * 1024 < len(body) < 3_000_000
