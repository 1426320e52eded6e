"""Rows of CSV: preambles, delimiters, quotes that never close, and rows that do not fit."""

from __future__ import annotations

import csv
import io
import random
import tracemalloc
from pathlib import Path

import pytest

from withhold.exports import csv_rows
from withhold.exports.csv_rows import columns, rows
from withhold.exports.notes import Notes
from withhold.exports.parts import Files

Rows = list[tuple[int, dict[str, str]]]


def read(folder: Path, body: bytes) -> tuple[Rows, list[tuple[str, str]]]:
    (folder / "a.csv").write_bytes(body)
    notes = Notes()
    with Files([folder / "a.csv"], notes) as files:
        found = list(rows(files, "a.csv", notes))
    return found, [(one.why, one.at) for one in notes.not_understood]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'id,Body\r\n1,"x\ny"\r\n2,\r\n', [{"id": "1", "body": "x\ny"}, {"id": "2", "body": ""}]),
        (b"\xef\xbb\xbfID;Text \n1;a,b\n", [{"id": "1", "text": "a,b"}]),
        (b"id\ttext\n1\ta;b,c\n", [{"id": "1", "text": "a;b,c"}]),
        (b'a,b\n\n"1","say ""hi"""\n', [{"a": "1", "b": 'say "hi"'}]),
        (b'a,b\n5" x 7",6"\n"a" b,c\n', [{"a": '5" x 7"', "b": '6"'}, {"a": "a b", "b": "c"}]),
        (b"a,b\n1,x\0y\n", [{"a": "1", "b": "xy"}]),
        (b"only\n1\n2\n", [{"only": "1"}, {"only": "2"}]),
        (b"a,b\n", []),
        ("a,b\n1,Grüße 🌊\n".encode(), [{"a": "1", "b": "Grüße 🌊"}]),
        (
            b'Notes:\n"When you import, ""all"" of it, see: h.example"\n\nFirst Name,URL\nAda,u\n',
            [{"first name": "Ada", "url": "u"}],
        ),
        (b"Hinweis:\r\nOhne Komma\r\n\r\nName;Tag\r\nAda;1\r\n", [{"name": "Ada", "tag": "1"}]),
    ],
)
def test_rows_by_the_names_in_the_header(
    tmp_path: Path, body: bytes, found: list[dict[str, str]]
) -> None:
    got, trouble = read(tmp_path, body)
    assert [row for _, row in got] == found
    assert [number for number, _ in got] == list(range(1, len(found) + 1))
    assert trouble == []


def test_rows_that_do_not_fit_are_noted_and_given_as_far_as_they_go(tmp_path: Path) -> None:
    got, trouble = read(tmp_path, b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n")
    assert got == [
        (1, {"a": "1", "b": "2"}),
        (2, {"a": "1", "b": "2", "c": "3"}),
        (3, {"a": "1", "b": "2", "c": "3"}),
    ]
    assert trouble == [("row-length", "row 1"), ("row-length", "row 3")]


def test_of_two_columns_with_one_name_both_are_given(tmp_path: Path) -> None:
    got, trouble = read(tmp_path, b"a,A,b,a\n1,2,3,4\n")
    assert got == [(1, {"a": "1", "a 2": "2", "b": "3", "a 3": "4"})]
    assert trouble == [("header", "row 0")]


@pytest.mark.parametrize("body", [b"", b"\n\n", b",,\n", b"\xef\xbb\xbf"])
def test_nothing_in_it(tmp_path: Path, body: bytes) -> None:
    assert read(tmp_path, body) == ([], [("empty", "")])


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        ("a,b\n1,é\n".encode("utf-16"), ""),
        ("a,b\n1,é\n".encode("utf-16-le"), ""),
        (b"a,b\n1,\xe9\n", "byte 6"),
    ],
)
def test_what_is_no_utf8_is_read_and_noted(tmp_path: Path, body: bytes, trouble: str) -> None:
    got, noted = read(tmp_path, body)
    assert got == [(1, {"a": "1", "b": "�" if trouble else "é"})]
    assert noted == [("not-utf-8", trouble)]


def test_a_quote_that_is_never_closed_costs_its_own_row(tmp_path: Path) -> None:
    got, trouble = read(tmp_path, b'a,b\n0,"two\nlines"\n1,"open\n2,x\n3,y\n')
    assert [(number, row["a"], row["b"].strip()) for number, row in got] == [
        (1, "0", "two\nlines"), (2, "1", "open"), (3, "2", "x"), (4, "3", "y"),
    ]  # fmt: skip
    assert trouble == [("cut-off", "row 2")]


def test_a_quote_that_a_later_one_closes_hides_no_row_behind_it(tmp_path: Path) -> None:
    got, _ = read(tmp_path, b'a,b\n1,"open\n2,x\n3,"y\n4,w\n5,"z"\n')
    assert got[-2:] == [(2, {"a": "4", "b": "w"}), (3, {"a": "5", "b": "z"})]


def test_an_open_quote_in_a_long_file_takes_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "ROW_AT_MOST", 100_000)
    with (tmp_path / "a.csv").open("wb") as out:
        out.write(b'a,b\n1,"open\n')
        for number in range(60_000):
            out.write(b"%d,some text of a post\n" % number)
    notes = Notes()
    with Files([tmp_path / "a.csv"], notes) as files:
        tracemalloc.start()
        count = sum(1 for _ in rows(files, "a.csv", notes))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 60_001
    assert [one.why for one in notes.not_understood] == ["cut-off"]
    assert peak < 2 * 1024 * 1024


def test_a_line_without_an_end_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "ROW_AT_MOST", 10_000)
    got, trouble = read(tmp_path, b"a,b\n1," + b"x" * 100_000 + b"\n2,y\n")
    assert got[0][1] == {"a": "1", "b": "x" * 9_998}
    assert got[1] == (2, {"a": "2", "b": "y"})
    assert trouble == [("too-long", "")]


def test_quotes_without_an_end_again_and_again_end_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "ROW_AT_MOST", 300)
    body = b"a,b\n" + (b'1,"open\n' + b"2,x\n" * 200) * 50
    got, trouble = read(tmp_path, body)
    assert 20 * 200 <= len(got) <= 50 * 201
    assert len(trouble) == csv_rows.AGAIN_AT_MOST + 1


def test_it_reads_what_the_csv_module_writes(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - the same in every run
    signs = ['"', ",", "\n", "\r\n", ";", "x", " ", "ä", "🌊", "'"]
    for _ in range(60):
        wide = chance.randint(2, 5)
        meant = [
            ["".join(chance.choices(signs, k=chance.randint(0, 12))) for _ in range(wide)]
            for _ in range(chance.randint(0, 30))
        ]
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow([f"c{number}" for number in range(wide)])
        writer.writerows(meant)
        got, trouble = read(tmp_path, out.getvalue().encode())
        assert [list(row.values()) for _, row in got] == meant
        assert trouble == []


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (b"ID,Body\n1,2", ["id", "body"]),
        (b'Notes:\n"x, y"\n\nFirst Name,Last Name\n', ["first name", "last name"]),
        ("id;t\n".encode("utf-16"), ["id", "t"]),
        (b"", []),
        (b"\xff\xfe\x00", ["\x00"]),
        (b'"open', ["open"]),
    ],
)
def test_columns_by_the_first_bytes(head: bytes, names: list[str]) -> None:
    assert columns(head) == names or (names == ["\x00"] and len(columns(head)) <= 1)


def test_a_header_with_a_very_long_name_is_a_header(tmp_path: Path) -> None:
    before = csv.field_size_limit(131_072)  # as it is where no file was read yet
    try:
        got, trouble = read(tmp_path, b"a," + b"x" * 200_000 + b"\n1,2\n")
    finally:
        csv.field_size_limit(before)
    assert [row["a"] for _, row in got] == ["1"]
    assert trouble == []
