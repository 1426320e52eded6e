"""What the harness found: each as a test of its own, without a kill."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.archives_made import REDDIT, zipped
from tests.journeys.run import complains, here
from withhold.keep import Store
from withhold.reach import half_written as halves
from withhold.reach import journal
from withhold.reach.half_written import half_written
from withhold.reach.undo import Wanted, change, rollback, runs

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
STEP = ("done", "linkedin/ai-training-toggle", "--on", "2026-02-01")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    here("own", "set", "place", "DE-BY").ok()
    here("own", "add", "account", "linkedin", "ada").ok()
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def no_lint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doctor's look at the facts takes most of its time, and is not what is asked here."""
    monkeypatch.setattr("withhold.faces.report.doctor._knowledge", lambda *_: iter(()))


def bodies(home: Path) -> list[dict[str, Any]]:
    """The texts of the chain, by SQLite alone."""
    with closing(sqlite3.connect(home / "withhold.db")) as db:
        return [json.loads(one) for (one,) in db.execute("SELECT body FROM payload ORDER BY seq")]


# done ---------------------------------------------------------------------------------------------


def test_what_was_said_is_noted_once_however_often_it_is_said(home: Path) -> None:
    said = [here(*STEP).ok().out for _ in range(3)]
    assert said[0] == said[1] == said[2]
    assert [one["value"] for one in bodies(home)] == ["off"]


def test_what_was_otherwise_in_between_is_noted_again(home: Path) -> None:
    for state in ("off", "on", "on", "off"):
        here(*STEP, "--state", state).ok()
    assert [one["value"] for one in bodies(home)] == ["off", "on", "off"]


def test_the_same_with_evidence_is_more(home: Path, tmp_path: Path) -> None:
    (tmp_path / "seen.html").write_bytes(b"<p>off")
    for more in (
        (),
        ("--evidence", tmp_path / "seen.html"),
        ("--evidence", tmp_path / "seen.html"),
    ):
        here(*STEP, *more).ok()
    digest = hashlib.sha256(b"<p>off").hexdigest()
    assert [one["evidence"] for one in bodies(home)] == ["", digest]


# import -------------------------------------------------------------------------------------------


@pytest.mark.long
def test_a_setting_that_another_import_has_just_noted_is_not_noted_again(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once: what the second had read before it got the lock is old by then."""
    archive = zipped(tmp_path / "export_ada_20260102.zip", REDDIT)
    here("import", archive).ok()
    once = bodies(home)
    assert [one for one in once if one["control"] == "reddit/archive:hide-from-robots"]
    monkeypatch.setattr(
        "withhold.verbs.import_archive.Asking.seen", property(lambda _: ()), raising=True
    )
    here("import", archive).ok()
    assert bodies(home) == once


# apply --letter -----------------------------------------------------------------------------------


def test_a_letter_that_was_not_written_to_its_end_has_a_case_and_is_had_again(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here("own", "add", "account", "facebook", "ada").ok()
    for name, value in (("name", "Ada Example"), ("email", "ada@example.org")):
        here("own", "set", name, value).ok()
    asked = ("apply", "facebook", "--letter", "--act", "object-training", "--account", "ada",
             "--ground", "1=I paint.", "--out", tmp_path / "letter.txt")  # fmt: skip

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("withhold.reach.files.write_new_private", killed)
        assert here(*asked).code != 0
    case = next(one["case"] for one in bodies(home) if "case" in one)
    reference = case["id"] if isinstance(case, dict) else case
    again = here(*asked)
    assert again.code == 2
    assert f"{reference} is drafted already" in again.err
    assert not (tmp_path / "letter.txt").exists()
    here("apply", reference, "--letter", "--out", tmp_path / "letter.txt").ok()
    assert reference in (tmp_path / "letter.txt").read_text()


def test_a_case_that_another_process_has_just_opened_is_not_opened_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once: neither saw the other's case before it wrote its own."""
    here("own", "add", "account", "facebook", "ada").ok()
    for name, value in (("name", "Ada Example"), ("email", "ada@example.org")):
        here("own", "set", name, value).ok()
    asked = ("apply", "facebook", "--letter", "--act", "object-training", "--account", "ada",
             "--ground", "1=I paint.")  # fmt: skip
    here(*asked).ok()
    once = bodies(home)
    monkeypatch.setattr("withhold.faces.cli.apply_letter._must_be_first", lambda *_: None)
    assert here(*asked).code == 2
    assert bodies(home) == once


# Files beside their place -------------------------------------------------------------------------


def test_the_half_of_a_dead_process_goes_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    dead, lives = tmp_path / ".a.txt.dead.half", tmp_path / ".a.txt.lives.half"
    other = tmp_path / ".b.txt.dead.half"
    for one in (dead, lives, other):
        one.write_bytes(b"half")
    with lives.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with half_written(tmp_path / "a.txt", 0o640) as stream:
            stream.write(b"whole")
    assert (tmp_path / "a.txt").read_bytes() == b"whole"
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == sorted((tmp_path / "a.txt", lives, other))
    assert halves.left_in(tmp_path) == [lives, other]  # nobody holds them any more


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"before")
    with (
        pytest.raises(ValueError, match="must be a number"),
        half_written(tmp_path / "a.txt", 0o600) as stream,
    ):
        stream.writelines((b"new", int("must be a number")))
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.txt", b"before")]


# Evidence -----------------------------------------------------------------------------------------


def test_evidence_that_a_kill_left_is_told_and_goes_with_the_next(home: Path) -> None:
    whole, half = "ab" * 32, f".{'cd' * 32}.4242.new"
    strange = "a note of mine.txt"
    for name in (whole, half, strange):
        (home / "evidence" / name).write_bytes(b"x")
    said = here("doctor")
    assert said.code == 0
    (line,) = [one for one in said.out.splitlines() if one.startswith("SKIP evidence: ")]
    assert [one in line for one in (whole, half, strange)] == [True, True, False]
    with Store.open(home) as store:
        digest = store.evidence.keep(b"kept", "kept.txt")
    assert sorted(one.name for one in (home / "evidence").iterdir()) == sorted((digest, strange))
    assert "SKIP evidence: " not in here("doctor").out


def test_responses_of_a_run_that_was_stopped_are_told(home: Path) -> None:
    (home / "responses").mkdir(mode=0o700)
    (home / "responses" / "20260301-090000.warc.gz").write_bytes(b"")
    assert (
        "SKIP responses: of a run that was stopped: 20260301-090000.warc.gz" in here("doctor").out
    )


def test_what_is_not_wiped_yet_is_told(home: Path) -> None:
    with closing(sqlite3.connect(home / "withhold.db")) as db, db:
        db.execute("INSERT INTO unfinished VALUES ('wipe')")
    assert "SKIP wipe: forgotten, not yet wiped" in here("doctor").out
    here("own", "set", "lang", "en").ok()
    assert "SKIP wipe" not in here("doctor").out


# Runs that change files ---------------------------------------------------------------------------


def stopped(home: Path, site: Path, names: tuple[str, ...], written: int) -> str:
    """A run that was stopped after so many files; its id."""
    wanted = tuple(Wanted(name=name, before=None, after=name.encode()) for name in names)
    run = change(home, site, wanted, "a wish", NOW)
    assert run is not None
    manifest = home / "runs" / run.id / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"done"', '"registered"'))
    for name in names[written:]:
        (site / name).unlink()
    return run.id


@pytest.mark.parametrize(
    ("written", "code", "words"),
    [
        (0, 0, "SKIP run: {} (a wish) was stopped before it changed a file"),
        (
            1,
            1,
            "FAIL run: {} (a wish) was stopped in the middle; run it again, or withhold rollback",
        ),
        (2, 0, "SKIP run: {} (a wish) was stopped when every file was written"),
    ],
)
def test_a_run_that_was_stopped_is_told_by_how_its_files_lie(
    home: Path, tmp_path: Path, written: int, code: int, words: str
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    run = stopped(home, site, ("a.txt", "b.txt"), written)
    said = here("doctor")
    assert (said.code, words.format(run) in said.out) == (code, True), said.out
    rollback(home, run)
    assert "run: " not in here("doctor").out


def test_what_a_registration_left_is_told_and_goes_with_the_next_run_even_an_empty_one(
    home: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    run = change(home, site, (Wanted(name="a.txt", before=None, after=b"a"),), "a wish", NOW)
    assert run is not None
    (home / "runs" / run.id / "manifest.new").write_bytes(b"{")
    (home / "runs" / ".20260301-090001.new").mkdir()
    said = here("doctor").out
    assert ".20260301-090001.new" in said
    assert f"{run.id}/manifest.new" in said
    assert change(home, site, (Wanted(name="a.txt", before=b"a", after=b"a"),), "same", NOW) is None
    assert sorted(one.name for one in (home / "runs").iterdir()) == [run.id]
    assert [one.name for one in (home / "runs" / run.id).iterdir()] == ["manifest.json"]
    assert [one.state for one in runs(home)] == ["done"]


def test_a_setting_that_a_stopped_run_had_pressed_is_told(home: Path) -> None:
    kept = journal.begin(home, NOW, "acme/switch", "acme:ada", "apply")
    kept.note("set.1", "press Off")
    kept.close()
    said = here("doctor")
    assert said.code == 1
    assert "FAIL setting: acme/switch (acme:ada): run " in said.out


@pytest.mark.long
def test_an_archive_that_was_taken_in_and_not_looked_through_is_told(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("withhold.verbs.search_posts.find", stop)
        ran = here("import", zipped(tmp_path / "export_ada_20260102.zip", REDDIT))
    complains(ran, 1, "the posts are kept")
    assert "SKIP import: stopped: " in here("doctor").out


def test_a_site_that_needs_nothing_more_is_tidied_up_after(home: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    asked = ("apply", "example.org", "--write", site, "--wish", "no-training", "--offline", "--yes")
    here(*asked).ok()
    (run,) = (home / "runs").iterdir()
    (run / "manifest.new").write_bytes(b"{")
    here(*asked, "--dry-run").ok()
    assert (run / "manifest.new").exists()
    here(*asked).ok()
    assert not (run / "manifest.new").exists()


# The disk -----------------------------------------------------------------------------------------


def test_what_ends_a_reading_by_itself_is_told_and_not_hidden(home: Path) -> None:
    """A full disk rolls back; a second rollback would be the error that is seen."""

    def full() -> None:
        with store._opened.snapshot():
            store._opened._connection.execute("ROLLBACK")
            raise ValueError("the first trouble")

    with Store.read(home) as store, pytest.raises(ValueError, match="the first trouble"):
        full()
