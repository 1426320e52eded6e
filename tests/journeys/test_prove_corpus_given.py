"""How the answer of prove corpus is given: in every form, without texts, whole after a kill."""

from __future__ import annotations

import csv
import io
import json
import signal
import stat
import time
from pathlib import Path

import pytest

from tests.journeys.corpora_made import ARCHIVE, TEXT, asked, lines, needles_in, table
from tests.journeys.run import command, complains, here, started
from tests.unit.traces.corpus.warcs_made import page, warc


@pytest.fixture
def owner(home: Path) -> Path:
    """Somebody whose Reddit archive was taken in: two posts, two comments."""
    here("import", ARCHIVE).ok()
    return home


@pytest.fixture
def needles(tmp_path: Path) -> Path:
    return needles_in(tmp_path / "mine.txt")


def test_what_is_given_away_can_be_without_texts(owner: Path, tmp_path: Path) -> None:
    given = lines(tmp_path / "a.jsonl", {"name": "t1_k1k1k1", "body": "x"})
    for form in ("text", "json", "csv", "html"):
        ran = here("prove", "corpus", given, "--format", form, "--jobs", "1").ok()
        assert "Coffee grounds" in ran.out, form
        ran = here("prove", "corpus", given, "--format", form, "--without-texts").ok()
        assert "Coffee grounds" not in ran.out, form
        assert str(tmp_path) not in ran.out, form
        assert "a.jsonl" in ran.out, form
        assert "t1_k1k1k1" in ran.out, form


def test_into_a_file_that_only_its_owner_reads_and_never_over_one(
    needles: Path, tmp_path: Path
) -> None:
    given, out = lines(tmp_path / "a.jsonl", {"text": TEXT}), tmp_path / "answer.html"
    args = ("prove", "corpus", given, "--needles", needles, "--format", "html", "-o", out)
    ran = here(*args).ok()
    assert ran.out == ""
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "<script" not in out.read_text("utf-8")
    complains(here(*args), 2, "is there already", "--force")
    here(*args, "--force").ok()
    here("prove", "corpus", given, "--needles", needles, "-o", tmp_path / "answer.txt").ok()
    assert "FOUND" in (tmp_path / "answer.txt").read_text("utf-8")


def test_what_a_corpus_says_is_inert(needles: Path, tmp_path: Path) -> None:
    evil = "https://heron.example/\x1b[2J<script>alert(1)</script>"
    given = lines(tmp_path / "a.jsonl", {"url": evil, "text": "a", "id": "=cmd()\x1b[31m"})
    for form in ("text", "csv", "html"):
        ran = here("prove", "corpus", given, "--needles", needles, "--format", form).ok()
        assert "\x1b" not in ran.out, form
        assert "<script>" not in ran.out or form != "html"
    (row,) = csv.DictReader(io.StringIO(ran_csv(given, needles)))
    assert row["record"].startswith("'=")


def ran_csv(given: Path, needles: Path) -> str:
    return here("prove", "corpus", given, "--needles", needles, "--format", "csv").ok().out


def test_at_most_twelve_hits_without_all_and_the_rest_is_counted(
    needles: Path, tmp_path: Path
) -> None:
    rows = [{"url": f"https://heron.example/{n}", "text": "a"} for n in range(1_500)]
    given = lines(tmp_path / "a.jsonl", *rows)
    args = ("prove", "corpus", given, "--needles", needles)
    text = here(*args).ok().out
    assert text.count("https://heron.example/") == 12
    assert "988 more" in text
    assert "500 more" in text  # beyond the first 1,000 of a needle, hits are only counted
    assert here(*args, "--all").ok().out.count("https://heron.example/") == 1_000
    assert asked(given, "--needles", needles)["beyond"] == [{"needle": "line 3", "hits": 500}]


@pytest.mark.long
def test_more_processes_and_parts_give_the_same_answer(needles: Path, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.warc.gz").write_bytes(warc([page(k, TEXT) for k in range(n + 1)]))
    rows = [{"text": TEXT if n % 1_000 == 7 else f"row {n}"} for n in range(110_000)]
    table(folder / "big.parquet", rows, 100_000)
    one = asked(folder, "--needles", needles)
    ran = command(
        "prove", "corpus", folder, "--needles", needles, "--jobs", "2", "--format", "json"
    ).ok()
    assert json.loads(ran.out) == one
    places = [hit["offset"] for hit in one["hits"] if hit["file"].endswith("big.parquet")]
    assert places == list(range(7, 110_000, 1_000))


def test_what_is_finished_is_kept_and_not_read_again(needles: Path, tmp_path: Path) -> None:
    first = lines(tmp_path / "a.jsonl", {"text": TEXT})
    second = lines(tmp_path / "b.jsonl", {"text": "no"})
    kept = tmp_path / "kept"
    args = (first, second, "--needles", needles, "--keep", kept)
    before = asked(*args)
    times = {one.name: one.stat().st_mtime_ns for one in kept.glob("part-*")}
    assert len(times) == 2
    next(kept.glob("part-000001*")).unlink()
    assert asked(*args) == before
    again = {one.name: one.stat().st_mtime_ns for one in kept.glob("part-*")}
    assert again["part-000000.parquet"] == times["part-000000.parquet"]
    assert again["part-000001.parquet"] != times["part-000001.parquet"]
    complains(here("prove", "corpus", first, "--needles", needles, "--keep", kept), 2, "another")


def test_nothing_is_left_behind(
    needles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    asked(lines(tmp_path / "a.jsonl", {"text": TEXT}), "--needles", needles)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_run_that_was_killed_goes_on_to_the_same_answer(needles: Path, tmp_path: Path) -> None:
    """SIGKILL, when two of six files are finished: these are not read again."""
    given = [
        lines(tmp_path / f"{n}.jsonl", *({"text": TEXT if k == 7 else f"{k} word " * 40}
              for k in range(6_000)))
        for n in range(6)
    ]  # fmt: skip
    kept = tmp_path / "kept"
    args = ("prove", "corpus", *given, "--needles", needles, "--jobs", "1", "--format", "json")
    whole = here(*args).ok().out
    with started(*map(str, args), "--keep", str(kept)) as running:
        while running.poll() is None and len(list((kept / ".finished").glob("0*.json"))) < 2:
            time.sleep(0.005)
        running.kill()
    assert running.returncode == -signal.SIGKILL
    before = {one.name: one.stat().st_mtime_ns for one in kept.glob("part-*")}
    assert 2 <= len(before) < 6
    assert here(*args, "--keep", kept).ok().out == whole
    after = {one.name: one.stat().st_mtime_ns for one in kept.glob("part-*")}
    assert len(after) == 6
    noted = sorted(before)[:2]
    assert [after[name] for name in noted] == [before[name] for name in noted]
    assert [one["offset"] for one in json.loads(whole)["hits"]] == [7] * 6
