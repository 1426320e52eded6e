"""Who runs how long, and results that add up in a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.fuzz import __main__ as command
from tests.fuzz import ci, kept
from tests.fuzz.judging import Crash
from tests.fuzz.running import Outcome
from tests.fuzz.target import TOP
from tests.fuzz.targets import every

CRASH = Crash(what="KeyError a.py:1", file="build/fuzz/robots/crashes/a.bin")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What was run, target and seconds; a run has 100 executions a second, and one crash where it
    is of 13 seconds."""
    seen: list[tuple[str, int]] = []

    def run_all(turns: Iterable[ci.Turn], *_: object) -> Iterator[Outcome]:
        for _module, target, seconds in turns:
            seen.append((target.name, seconds))
            yield Outcome(
                name=target.name,
                seconds=seconds,
                executions=100 * seconds,
                per_second=100,
                edges=7,
                features=9,
                corpus=3,
                crashes=(CRASH,) if seconds == 13 else (),
            )

    monkeypatch.setattr(command, "run_all", run_all)
    monkeypatch.setattr(kept, "commit", lambda: "abc1234")
    return seen


def test_sessions_add_up_to_what_was_asked_for_and_not_more(
    asked: list[tuple[str, int]], tmp_path: Path
) -> None:
    words = ["--only", "bundle", "--json", str(tmp_path / "all.json"), "--until", "60"]
    for _ in range(3):
        assert command.main([*words, "--seconds", "25"]) == 0
    assert command.main(words) == 0
    assert asked == [("bundle", 25), ("bundle", 25), ("bundle", 10)]
    (said,) = json.loads((tmp_path / "all.json").read_bytes())
    assert [one["commit"] for one in said["sessions"]] == ["abc1234"] * 3
    assert sum(one["executions"] for one in said["sessions"]) == 6_000


def test_after_a_crash_the_seconds_count_anew(
    asked: list[tuple[str, int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--only", "bundle", "--json", str(tmp_path / "all.json"), "--until", "40"]
    assert command.main([*words, "--seconds", "30"]) == 0
    words[-1] = "43"
    assert command.main(words) == 1  # of 13 seconds
    assert f"--only bundle --repeat {CRASH.file}" in capsys.readouterr().out
    words[-1] = "40"
    assert command.main(words) == 0
    assert asked == [("bundle", 30), ("bundle", 13), ("bundle", 40)]
    page = tmp_path / "all.md"
    assert command.main(["--json", str(tmp_path / "all.json"), "--markdown", str(page)]) == 0
    assert "| bundle | 83 | 8,300 | 100 | 7 | 9 | 3 | 1 | 40 |" in page.read_text()
    assert len(asked) == 3


def test_others_stay_in_the_file(asked: list[tuple[str, int]], tmp_path: Path) -> None:
    for name in ("epub", "bundle"):
        command.main(["--only", name, "--json", str(tmp_path / "all.json"), "--seconds", "2"])
    said = json.loads((tmp_path / "all.json").read_bytes())
    assert [one["name"] for one in said] == ["bundle", "epub"]
    assert [one.name for one in tmp_path.iterdir()] == ["all.json"]


def test_a_file_that_is_something_else_is_not_written_over(
    asked: list[tuple[str, int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.json"
    file.write_text('{"mine": 1}')
    assert command.main(["--only", "bundle", "--json", str(file), "--seconds", "2"]) == 2
    assert file.read_text() == '{"mine": 1}'
    assert "is no file of results" in capsys.readouterr().err
    assert asked == []


def test_until_needs_a_file() -> None:
    with pytest.raises(SystemExit):
        command.main(["--until", "60"])


def test_ci_runs_every_target_and_those_of_the_list_longer(
    asked: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--ci"]) == 0
    seconds = dict(asked)
    assert set(seconds) == set(every())
    for name in (
        *("robots", "headers", "tdmrep", "rsl", "xmp", "html-head", "mail", "corpus-warc"),
        *("recipe", "saved-page", "knowledge", "owner", "archive-x", "archive-youtube"),
    ):
        assert seconds[name] == 10, name
    assert sum(one == 10 for one in seconds.values()) <= 32
    assert min(seconds.values()) == 2
    assert sum(seconds.values()) / 2 < 200  # of 240, two at once; the rest is for starting
    assert set(seconds) >= ci.LISTED
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.fullmatch(r"\d+ targets, [\d,]+ executions, 0 with something wrong, 0 s", last)


def test_no_path_of_a_machine_is_kept() -> None:
    for file, kept_as in (
        (str(TOP / "build/fuzz/robots/crashes/a.bin"), "build/fuzz/robots/crashes/a.bin"),
        ("/somewhere/else/a.bin", "a.bin"),
        (CRASH.file, CRASH.file),
    ):
        outcome = Outcome(
            name="robots",
            seconds=1,
            executions=1,
            per_second=1,
            edges=1,
            features=1,
            corpus=1,
            crashes=(Crash(what=CRASH.what, file=file),),
        )
        (session,) = kept.added(None, outcome, "abc").sessions
        assert [one.file for one in session.crashes] == [kept_as]


@pytest.mark.parametrize(
    ("words", "said"), [(["--ci"], (ci.PATIENCE, ci.SEED)), (["--seconds", "1"], ())]
)
def test_only_where_ci_runs_chance_begins_at_the_same_number(
    words: list[str], said: tuple[float, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[object, ...]] = []

    def run_all(*args: object) -> Iterator[Outcome]:
        given.append(args[3:])
        return iter(())

    monkeypatch.setattr(command, "run_all", run_all)
    assert command.main([*words, "--only", "bundle"]) == 0
    assert given == [said]
