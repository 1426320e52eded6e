"""``withhold survey`` as it is called: what is printed, in which language, which exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from tests.unit.traces.surveying.made import CRAWL, Item, warc
from withhold.faces.cli import main
from withhold.faces.report.survey_said import words_of
from withhold.traces.surveying.capture import State
from withhold.words import LANGS

DAY = "2026-07-01T10:00:00Z"
ITEMS: list[Item] = [
    ("https://a.example/robots.txt", 200, b"User-agent: GPTBot\nDisallow: /\n", DAY, []),
    ("http://a.example/robots.txt", 301, b"", DAY, []),
    ("https://b.example/robots.txt", 200, b"User-agent: *\nDisallow: /\n", DAY, []),
    ("https://c.example/robots.txt", 404, b"", DAY, []),
    ("https://c.example/page", 200, b"", DAY, []),
]


def called(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["survey", *args])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.mark.parametrize("lang", LANGS)
def test_every_state_has_its_word(lang: str) -> None:
    here = words_of(lang)
    assert [f"state_{one}" for one in get_args(State) if f"state_{one}" not in here] == []


def test_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = str(warc(tmp_path / "a.warc.gz", ITEMS)), str(tmp_path / "out")
    code, said, complained = called(capsys, path, out, "--jobs", "1", "--tokens", "GPTBot,CCBot")
    assert (code, complained) == (0, "")
    assert "Hosts: 3. What their robots.txt say to 2 tokens about /" in said
    assert "  2 with a file that was read" in said
    assert "  1 without one (status 4xx): nothing is refused there" in said
    assert "Captures of a host that had another one in the same crawl: 1." in said
    assert "Left out: records that are no robots.txt at the usual port: 1." in said
    assert f"Most often refused in {CRAWL} (of 3 hosts whose answer is known):" in said
    table = [line.split() for line in said.splitlines() if line.startswith(("  GPT", "  CC"))]
    assert table == [["GPTBot", "2", "66.7", "%", "1"], ["CCBot", "1", "33.3", "%", "0"]]
    code, _, complained = called(capsys, path, out)
    assert code == 2
    assert "--force makes it anew" in complained


def test_the_other_forms_and_german(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(warc(tmp_path / "a.warc.gz", ITEMS))
    options = ("--jobs", "1", "--tokens", "GPTBot")
    code, said, _ = called(capsys, path, str(tmp_path / "o1"), *options, "--format", "json")
    found = json.loads(said)
    assert (code, found["schema"], found["hosts"]) == (0, "withhold/survey/1", 3)
    assert found["sums"] == [
        {"crawl": CRAWL, "token": "GPTBot", "hosts": 3, "known": 3, "own_group": 1,
         "disallowed": 2, "share": 0.666667}
    ]  # fmt: skip
    _, said, _ = called(capsys, path, str(tmp_path / "o2"), *options, "--format", "csv")
    assert said == (
        "crawl,token,hosts,known,own_group,disallowed,share\n"
        f"{CRAWL},GPTBot,3,3,1,2,0.666667\n"
    )  # fmt: skip
    _, said, _ = called(capsys, path, str(tmp_path / "o3"), *options, "--lang", "de")
    assert "66,7 %" in said
    assert "So steht es in den Dateien." in said


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["a.warc"], "what is to be surveyed"),
        (["a.warc", "out", "--tokens", ","], "no token is named"),
        (["a.warc", "out"], "is not there"),
        (["a.warc", "out", "--map", "x"], "ROLE=COLUMN"),
        (["a.warc", "out", "--engine", "ray"], "ray"),
    ],
)
def test_what_cannot_be_asked_ends_with_2(
    args: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, complained = called(capsys, *args)
    assert (code, said) == (2, "")
    assert complaint in complained
    assert "TIP: " in complained


@pytest.mark.parametrize(
    ("name", "data"), [("a.warc", b""), ("a.jsonl", b'{"a": 1}\n'), ("a.warc.gz", b"garbage")]
)
def test_where_nothing_was_read_that_is_said_first(
    name: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No table of noughts is taken for a crawl in which nobody refuses."""
    (tmp_path / name).write_bytes(data)
    _, said, _ = called(capsys, str(tmp_path / name), str(tmp_path / "out"), "--jobs", "1")
    assert said.startswith("NOTHING WAS READ: ")


def test_escapes_of_a_hostile_crawl_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(warc(tmp_path / "a.warc.gz", ITEMS, crawl="\x1b[31mred"))
    _, said, _ = called(capsys, path, str(tmp_path / "out"), "--jobs", "1")
    assert "red" in said
    assert "\x1b" not in said


def test_a_crawl_that_looks_like_a_formula_is_none_in_the_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(warc(tmp_path / "a.warc.gz", ITEMS, crawl="=1+1"))
    options = ("--jobs", "1", "--tokens", "GPTBot", "--format", "csv")
    _, said, _ = called(capsys, path, str(tmp_path / "out"), *options)
    assert said.splitlines()[1].startswith("'=1+1,GPTBot,")
