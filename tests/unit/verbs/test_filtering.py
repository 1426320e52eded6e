"""The filter over files: what is kept, counted and noted, what is dropped, and filtering again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from withhold.faces.cli import main

ALL = "User-agent: *\nDisallow: /\n"
GPTBOT = "User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /\n"


def rows() -> list[dict[str, Any]]:
    """Ten: four open, three refused, two not known, one no address."""
    robots = ["", "", "", "", GPTBOT, GPTBOT, ALL, None, None, ""]
    return [
        {
            "id": number,
            "url": f"https://h{number}.example/page" if number != 9 else "nowhere",
            "crawl_time": "2024-05-01",
            "robots": body,
            "text": f"words {number}",
        }
        for number, body in enumerate(robots)
    ]


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    pq.write_table(pa.Table.from_pylist(rows()[:6]), folder / "a.parquet", row_group_size=2)
    pq.write_table(pa.Table.from_pylist(rows()[6:]), folder / "b.parquet")
    return folder


class Done(NamedTuple):
    exit_code: int
    stdout: str
    output: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """``withhold filter``, in this process alone."""

    def ran(*args: object) -> Done:
        code = 0
        try:
            main(["filter", "--jobs", "1", *map(str, args)])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.out + said.err)

    return ran


def ids(folder: Path) -> list[int]:
    data = folder / "data"
    found: list[int] = pq.read_table(data if data.is_dir() else folder)["id"].to_pylist()
    return found


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def test_what_nobody_refused_is_kept_with_its_reason(run: Run, given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(given, out, "--unknown", "drop")
    assert done.exit_code == 0, done.output
    assert ids(out) == [0, 1, 2, 3]
    table = pq.read_table(out / "data" / "part-000000-0000.parquet")
    assert table.column_names[:5] == ["id", "url", "crawl_time", "robots", "text"]
    assert set(table["withhold_reason"].to_pylist()) == {"allowed"}
    assert "Kept 4 of 10 records, dropped 6." in done.output


def test_the_manifest_says_what_went_in_and_what_came_out(
    run: Run, given: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(given, out, "--unknown", "drop", "--as", "MyBot")
    said = manifest(out)
    assert said["schema"] == "withhold/filter/1"
    assert said["rows"] == {
        "in": 10,
        "kept": 4,
        "dropped": 6,
        "allowed": 4,
        "disallowed": 3,
        "unknown": 3,
        "unreadable": 0,
    }
    assert said["reasons"] == {
        "allowed": 4,
        "no:GPTBot:robots": 2,
        "unknown:no-robots": 2,
        "no:*:robots": 1,
        "unknown:bad-url": 1,
    }
    assert said["settings"]["as"] == "MyBot"
    assert said["settings"]["unknown"] == "drop"
    assert "not legal clearance" in said["says"]
    for one in said["inputs"]:
        body = Path(one["name"]).read_bytes()
        assert (one["size"], one["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
    for one in said["parts"]:
        assert hashlib.sha256((out / one["file"]).read_bytes()).hexdigest() == one["sha256"]
    assert sum(one["rows"] for one in said["parts"]) == 4
    assert len(said["knowledge"]["sha256"]) == 64


def test_the_card_has_the_numbers_and_the_sentence(run: Run, given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(given, out, "--unknown", "drop", "--as", "MyBot")
    card = (out / "DATASET-CARD.md").read_text("utf-8")
    assert "Records read: 10, kept: 4, dropped: 6." in card
    assert "in the name of `MyBot`" in card
    assert "This is not legal clearance" in card
    assert "://" not in card  # no link that leads nowhere
    assert "| `no:GPTBot:robots` | 2 |" in card
    run(given, tmp_path / "aus", "--unknown", "keep", "--lang", "de")
    card = (tmp_path / "aus" / "DATASET-CARD.md").read_text("utf-8")
    assert "Gelesene Datensätze: 10, behalten: 7, weggelassen: 3." in card
    assert "keine rechtliche Freigabe" in card


def test_what_is_dropped_is_written_where_asked(run: Run, given: Path, tmp_path: Path) -> None:
    out, dropped = tmp_path / "out", tmp_path / "dropped"
    run(given, out, "--unknown", "keep", "--dropped", dropped)
    assert ids(out) == [0, 1, 2, 3, 7, 8, 9]
    assert ids(dropped) == [4, 5, 6]
    reasons = [
        one
        for path in sorted(dropped.glob("*.parquet"))
        for one in pq.read_table(path)["withhold_reason"].to_pylist()
    ]
    assert reasons == ["no:GPTBot:robots:5", "no:GPTBot:robots:5", "no:*:robots:2"]
    assert sum(one["rows"] for one in manifest(out)["dropped"]) == 3


def test_unknown_must_be_said_and_the_reason_is_told(run: Run, given: Path, tmp_path: Path) -> None:
    done = run(given, tmp_path / "out")
    assert done.exit_code == 2
    assert "must be said: drop or keep" in done.output
    assert not (tmp_path / "out").exists()


def test_missing_columns_are_named_and_can_be_mapped(run: Run, tmp_path: Path) -> None:
    table = pa.Table.from_pylist(rows()).rename_columns(["id", "link", "when", "rules", "text"])
    pq.write_table(table, tmp_path / "in.parquet")
    done = run(tmp_path / "in.parquet", tmp_path / "out", "--unknown", "drop")
    assert done.exit_code == 2
    assert "url (or host and path), robots (or" in done.output
    assert "there are: id, link, when, rules, text" in done.output
    named = "url=link, crawl_time=when, robots=rules"
    run(tmp_path / "in.parquet", tmp_path / "out", "--unknown", "drop", "--map", named)
    assert ids(tmp_path / "out") == [0, 1, 2, 3]


def test_names_that_no_manifest_can_hold_are_told_before_work_is_begun(
    run: Run, tmp_path: Path
) -> None:
    line = '{"url": "https://a.example/p", "robots": "", "text": "x"}\n'
    (tmp_path / "what?.jsonl").write_text(line)
    run(tmp_path / "what?.jsonl", tmp_path / "out", "--unknown", "keep")
    assert manifest(tmp_path / "out")["rows"]["in"] == 1
    strange = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xfc.jsonl"))
    strange.write_text(line)
    done = run(strange, tmp_path / "none", "--unknown", "keep")
    assert done.exit_code == 2
    assert "/?.jsonl: the file's name is no UTF-8" in done.output
    assert not (tmp_path / "none").exists()


def test_without_a_time_of_the_records_it_is_said_that_none_is_known(
    run: Run, given: Path, tmp_path: Path, current: Path
) -> None:
    source, out = tmp_path / "in.parquet", tmp_path / "out"
    pq.write_table(pa.Table.from_pylist(rows()).drop_columns(["crawl_time"]), source)
    done = run(source, out, "--unknown", "drop")
    assert ids(out) == [0, 1, 2, 3]
    assert "When the records were crawled is not known" in done.output
    assert "of whatever day that is" in (out / "DATASET-CARD.md").read_text("utf-8")
    assert manifest(out)["timed"] is False
    for option in (("--when", "2026-01-01"), ("--also-current", current)):
        done = run(source, tmp_path / "out2", "--unknown", "drop", *option)
        assert (done.exit_code, "missing: crawl_time" in done.output) == (2, True)
    undated = tmp_path / "undated.parquet"
    pq.write_table(pq.read_table(current).drop_columns(["fetched_at"]), undated)
    done = run(tmp_path / "out2", "--again", out / "manifest.json", "--also-current", undated)
    assert ids(tmp_path / "out2") == [0]
    run(given, tmp_path / "out3", "--unknown", "drop")
    assert manifest(tmp_path / "out3")["timed"] is True
    assert "when it was crawled" in (tmp_path / "out3" / "DATASET-CARD.md").read_text("utf-8")


def test_bodies_from_a_table_and_lines_of_json(run: Run, tmp_path: Path) -> None:
    lines = [{**one, "robots_hash": "g" if one["robots"] == GPTBOT else "e"} for one in rows()]
    for one in lines:
        del one["robots"]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in lines) + "{broken\n", "utf-8")
    (tmp_path / "bodies.csv").write_text(f'hash,body\ng,"{GPTBOT}"\nE,""\n', "utf-8")
    done = run(
        source, tmp_path / "out", "--unknown", "drop", "--robots-table", tmp_path / "bodies.csv"
    )
    assert done.exit_code == 0, done.output
    assert ids(tmp_path / "out") == [0, 1, 2, 3, 6, 7, 8]
    assert manifest(tmp_path / "out")["rows"]["unreadable"] == 1
    assert "Could not be read, and are in neither: 1." in done.output


def test_tables_beside_may_be_folders_and_patterns_and_each_file_counts(
    run: Run, given: Path, tmp_path: Path, current: Path
) -> None:
    now = tmp_path / "now"
    now.mkdir()
    current = current.rename(now / "a.parquet")
    run(given, tmp_path / "out", "--unknown", "drop", "--also-current", now)
    run(given, tmp_path / "out2", "--unknown", "drop", "--also-current", now / "*.parquet")
    assert ids(tmp_path / "out") == ids(tmp_path / "out2") == [0, 2, 3]
    (noted,) = manifest(tmp_path / "out")["settings"]["also_current"]
    assert noted["sha256"] == hashlib.sha256(current.read_bytes()).hexdigest()
    os.utime(current, (1, 1))  # the folder itself is as it was
    done = run(given, tmp_path / "out", "--unknown", "drop", "--also-current", now)
    assert (done.exit_code, "parts of another job" in done.output) == (2, True)


@pytest.mark.parametrize("option", ["--robots-table", "--also-current"])
def test_a_table_without_its_columns_is_told_before_work_is_begun(
    run: Run, given: Path, tmp_path: Path, option: str
) -> None:
    done = run(given, tmp_path / "out", "--unknown", "drop", option, given / "a.parquet")
    assert done.exit_code == 2
    assert "there are: id, url, crawl_time, robots, text" in done.output
    assert not (tmp_path / "out").exists()


def test_a_table_of_now_with_a_row_that_cannot_be_read_is_not_used(
    run: Run, given: Path, tmp_path: Path
) -> None:
    (tmp_path / "now.jsonl").write_text('{"host": "h1.example", "body": ""}\n{\n', "utf-8")
    done = run(
        given, tmp_path / "out", "--unknown", "drop", "--also-current", tmp_path / "now.jsonl"
    )
    assert done.exit_code == 2
    assert "1 rows cannot be read" in done.output


@pytest.fixture
def current(tmp_path: Path) -> Path:
    """Of now: h1 refuses GPTBot, h4 has let it in, of h2 an older file and a newer one."""
    said = [
        {"host": "h1.example", "body": GPTBOT, "fetched_at": "2026-11-01"},
        {"host": "h4.example", "body": "", "fetched_at": "2026-11-01"},
        {"host": "H2.example", "body": "", "fetched_at": "2026-11-02"},
        {"host": "h2.example", "body": ALL, "fetched_at": "2026-10-01"},
        {"host": "h3.example", "body": ALL, "fetched_at": "2023-01-01"},
        {"host": "h0.example", "body": None, "fetched_at": None},
    ]
    path = tmp_path / "now.parquet"
    pq.write_table(pa.Table.from_pylist(said), path)
    return path


def test_who_has_refused_since_is_out_too(
    run: Run, given: Path, tmp_path: Path, current: Path
) -> None:
    out = tmp_path / "out"
    run(given, out, "--unknown", "drop", "--also-current", current)
    assert ids(out) == [0, 2, 3]
    assert manifest(out)["reasons"]["since:GPTBot:robots"] == 1
    assert "refused since" in (out / "DATASET-CARD.md").read_text("utf-8")


def test_filtering_again_from_the_manifest(
    run: Run, given: Path, tmp_path: Path, current: Path
) -> None:
    first, second = tmp_path / "out", tmp_path / "out2"
    run(given, first, "--unknown", "keep")
    done = run(second, "--again", first / "manifest.json", "--also-current", current)
    assert done.exit_code == 0, done.output
    assert ids(second) == [0, 2, 3, 7, 8, 9]
    said = manifest(second)
    body = (first / "manifest.json").read_bytes()
    assert said["again"] == hashlib.sha256(body).hexdigest()
    assert said["settings"]["unknown"] == "keep"
    assert said["rows"]["in"] == 7


def test_a_part_that_was_changed_is_not_filtered_again(
    run: Run, given: Path, tmp_path: Path, current: Path
) -> None:
    run(given, tmp_path / "out", "--unknown", "drop")
    part = next((tmp_path / "out" / "data").glob("part-*.parquet"))
    part.write_bytes(part.read_bytes() + b"x")
    again = ("--again", tmp_path / "out" / "manifest.json")
    done = run(tmp_path / "out2", *again, "--also-current", current)
    assert done.exit_code == 2
    assert f"data/{part.name}: not the part" in done.output


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"settings": {"use": "to-sing"}}, "to-sing: no signal"),
        ({"settings": {"honour": "none"}}, "none: no such choice"),
        ({"settings": {"as": "My Bot"}}, "a product token has"),
        ({"parts": []}, "notes no part"),
    ],
)
def test_a_manifest_that_was_changed_is_told(
    run: Run, given: Path, tmp_path: Path, current: Path, changed: dict[str, Any], said: str
) -> None:
    run(given, tmp_path / "out", "--unknown", "drop")
    whole = manifest(tmp_path / "out")
    if "settings" in changed:
        changed = {"settings": whole["settings"] | changed["settings"]}
    file = tmp_path / "out" / "manifest.json"
    file.write_text(json.dumps(whole | changed))
    done = run(tmp_path / "out2", "--again", file, "--also-current", current)
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--also-current", "now.parquet", "--unknown", "drop"), "takes its inputs and settings"),
        ((), "needs what was said since"),
    ],
)
def test_again_takes_nothing_else(
    run: Run, given: Path, tmp_path: Path, current: Path, args: tuple[str, ...], said: str
) -> None:
    run(given, tmp_path / "out", "--unknown", "drop")
    done = run(tmp_path / "out2", "--again", tmp_path / "out" / "manifest.json", *args)
    assert (done.exit_code, said in done.output) == (2, True)


def test_nothing_is_written_over_without_force(run: Run, given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine", "utf-8")
    done = run(given, out, "--unknown", "drop")
    assert done.exit_code == 2
    assert "holds something already" in done.output
    assert [one.name for one in out.iterdir()] == ["mine.txt"]


def test_force_replaces_a_run_and_leaves_the_rest(run: Run, given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(given, out, "--unknown", "drop")
    (out / "mine.txt").write_text("mine", "utf-8")
    assert run(given, out, "--unknown", "keep").exit_code == 2
    assert ids(out) == [0, 1, 2, 3]
    assert run(given, out, "--unknown", "keep", "--force").exit_code == 0
    assert ids(out) == [0, 1, 2, 3, 7, 8, 9]
    assert (out / "mine.txt").read_text("utf-8") == "mine"


def test_the_same_run_again_finds_its_parts(run: Run, given: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(given, out, "--unknown", "drop")
    before = {one.name: one.stat().st_mtime_ns for one in (out / "data").glob("part-*")}
    done = run(given, out, "--unknown", "drop")
    assert done.exit_code == 0
    assert "2 of 2 parts were finished by an earlier run" in done.output
    assert {one.name: one.stat().st_mtime_ns for one in (out / "data").glob("part-*")} == before


@pytest.mark.parametrize("inside", ["in/out", "in", "."])
def test_the_output_is_not_among_what_is_read(
    run: Run, given: Path, tmp_path: Path, inside: str
) -> None:
    done = run(given, tmp_path / inside, "--unknown", "drop")
    assert done.exit_code == 2
    assert "lies in what is read" in done.output
    assert sorted(one.name for one in given.iterdir()) == ["a.parquet", "b.parquet"]


@pytest.mark.parametrize("dropped", ["out", "out/", "./out", "out/data", "."])
def test_what_is_dropped_does_not_come_where_the_kept_is(
    run: Run, given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dropped: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(given, "out", "--unknown", "drop", "--dropped", dropped)
    assert (done.exit_code, "lies in what is read or" in done.output) == (2, True)
    assert not (tmp_path / "out").exists()


def test_an_input_that_changes_under_way_is_noticed(
    run: Run, given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from withhold.verbs import filtering

    ran, out = filtering.run, tmp_path / "out"

    def and_then_changed(*args: Any, **more: Any) -> Any:
        found = ran(*args, **more)
        pq.write_table(pa.Table.from_pylist(rows()[:7]), given / "a.parquet")
        return found

    monkeypatch.setattr(filtering, "run", and_then_changed)
    done = run(given, out, "--unknown", "drop")
    assert done.exit_code == 2
    assert "was changed meanwhile" in done.output
    assert not (out / "manifest.json").exists()
    monkeypatch.setattr(filtering, "run", ran)
    assert "parts of another job" in run(given, out, "--unknown", "drop").output
    assert run(given, out, "--unknown", "drop", "--force").exit_code == 0
    assert manifest(out)["rows"]["in"] == 11


def test_a_folder_without_tables_is_no_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = run(tmp_path / "in", tmp_path / "out", "--unknown", "drop")
    assert (done.exit_code, "no table in it" in done.output) == (2, True)


def test_json_is_the_manifest(run: Run, given: Path, tmp_path: Path) -> None:
    done = run(given, tmp_path / "out", "--unknown", "drop", "--format", "json")
    assert json.loads(done.stdout) == manifest(tmp_path / "out")


def test_a_run_is_the_input_of_another(run: Run, given: Path, tmp_path: Path) -> None:
    run(given, tmp_path / "out", "--unknown", "keep")
    done = run(tmp_path / "out", tmp_path / "out2", "--unknown", "drop")
    assert done.exit_code == 0, done.output
    assert ids(tmp_path / "out2") == [0, 1, 2, 3]
    assert manifest(tmp_path / "out2")["rows"]["in"] == 7


def test_both_languages_have_the_same_sentences() -> None:
    from withhold.faces.report.filter_said import words_of

    english, german = words_of("en"), words_of("de")
    assert english.keys() == german.keys()
    for key, text in english.items():
        holes = {piece.partition("}")[0] for piece in text.split("{")[1:]}
        assert holes == {piece.partition("}")[0] for piece in german[key].split("{")[1:]}, key
