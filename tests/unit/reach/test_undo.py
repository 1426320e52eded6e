"""The undo is registered first: stopped anywhere, a rollback brings back every byte."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from withhold.errors import BadInput, NotFound, WithholdError
from withhold.reach import undo
from withhold.reach.undo import Wanted

NOW = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)
ROBOTS = b"User-agent: *\r\nDisallow: /drafts/"
WANTED = (
    Wanted(name="robots.txt", before=ROBOTS, after=b"new"),
    Wanted(name=".well-known/tdmrep.json", before=None, after=b"[]"),
    Wanted(name="ai.txt", before=b"old ai", after=None),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "robots.txt").write_bytes(ROBOTS)
    (folder / "robots.txt").chmod(0o640)
    (folder / "ai.txt").write_bytes(b"old ai")
    (folder / "index.html").write_bytes(b"<p>")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def tree(folder: Path) -> dict[str, tuple[int, bytes | None]]:
    return {
        str(one.relative_to(folder)): (
            stat.S_IMODE(one.stat().st_mode),
            one.read_bytes() if one.is_file() else None,
        )
        for one in sorted(folder.rglob("*"))
    }


def change(home: Path, site: Path, wanted: tuple[Wanted, ...] = WANTED) -> undo.Run:
    run = undo.change(home, site, wanted, "https://e.org no-training", NOW)
    assert run is not None
    return run


def test_there_and_back(home: Path, site: Path) -> None:
    before = tree(site)
    run = change(home, site)
    assert (site / "robots.txt").read_bytes() == b"new"
    assert stat.S_IMODE((site / "robots.txt").stat().st_mode) == 0o640
    assert (site / ".well-known" / "tdmrep.json").read_bytes() == b"[]"
    assert not (site / "ai.txt").exists()
    done = undo.rollback(home, run.id)
    assert tree(site) == before
    assert {Path(one).name for one in done.restored} == {"robots.txt", "ai.txt"}
    assert {Path(one).name for one in done.removed} == {"tdmrep.json"}
    assert [one.state for one in undo.runs(home)] == ["rolled-back"]


def test_only_its_owner_can_read_it(home: Path, site: Path) -> None:
    change(home, site)
    for one in [home, *home.rglob("*")]:
        assert stat.S_IMODE(one.stat().st_mode) == (0o700 if one.is_dir() else 0o600), one


def test_the_undo_is_there_before_the_first_file_is_touched(
    home: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bytes]] = []

    def put(path: Path, body: bytes | None, mode: int) -> None:
        (run,) = undo.runs(home)
        copies = sorted((home / "runs" / run.id).glob("*.before"))
        seen.append((run.state, copies[0].read_bytes()))

    monkeypatch.setattr(undo, "put", put)
    change(home, site)
    assert seen == [("registered", ROBOTS)] * 3


def test_a_private_file_is_private_while_it_is_written(
    home: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "robots.txt").chmod(0o600)
    modes: list[int] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        if (beside := site / ".robots.txt.withhold").exists():
            modes.append(stat.S_IMODE(beside.stat().st_mode))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    change(home, site, WANTED[:1])
    assert modes == [0o600]


def test_a_full_disk_leaves_nothing_beside(
    home: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        if (site / ".robots.txt.withhold").exists():
            raise OSError(errno.ENOSPC, "No space left on device")

    before = tree(site)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match="No space left"):
        change(home, site)
    assert tree(site) == before


def test_runs_that_cannot_be_forgotten_are_told(
    home: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(home, site)

    def resist(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", resist)
        with pytest.raises(WithholdError, match="Permission denied"):
            undo.forget_all(home)
    assert undo.forget_all(home) == 1
    assert undo.forget_all(home) == 0


def test_nothing_to_change_is_no_run(home: Path, site: Path) -> None:
    same = Wanted(name="robots.txt", before=ROBOTS, after=ROBOTS)
    assert undo.change(home, site, [same], "x", NOW) is None
    assert not home.exists()
    assert undo.runs(home) == []


def test_a_file_that_changed_in_the_meantime_stops_it(home: Path, site: Path) -> None:
    (site / "ai.txt").write_bytes(b"newer")
    before = tree(site)
    with pytest.raises(BadInput, match="in the meantime"):
        change(home, site)
    assert tree(site) == before
    assert undo.runs(home) == []


def test_a_rollback_never_takes_somebody_elses_change(home: Path, site: Path) -> None:
    run = change(home, site)
    (site / "robots.txt").write_bytes(b"mine")
    before = tree(site)
    with pytest.raises(BadInput, match="changed since"):
        undo.rollback(home, run.id)
    assert tree(site) == before
    undo.rollback(home, run.id, force=True)
    assert (site / "robots.txt").read_bytes() == ROBOTS


def test_runs_are_rolled_back_from_the_last(home: Path, site: Path) -> None:
    first = change(home, site)
    again = Wanted(name="robots.txt", before=b"new", after=b"newer")
    second = change(home, site, (again,))
    assert [one.id for one in undo.runs(home)] == [second.id, first.id]
    assert second.id == f"{first.id}-2"
    with pytest.raises(BadInput, match="changed since"):
        undo.rollback(home, first.id)
    undo.rollback(home, second.id)
    undo.rollback(home, first.id)
    assert (site / "robots.txt").read_bytes() == ROBOTS


def test_twice_is_once(home: Path, site: Path) -> None:
    run, before = change(home, site), tree(site)
    undo.rollback(home, run.id)
    once = tree(site)
    done = undo.rollback(home, run.id)
    assert (done.restored, done.removed, len(done.already)) == ((), (), 3)
    assert tree(site) == once != before


def test_a_folder_that_somebody_else_uses_by_now_stays(home: Path, site: Path) -> None:
    run = change(home, site)
    (site / ".well-known" / "security.txt").write_bytes(b"theirs")
    undo.rollback(home, run.id)
    assert (site / ".well-known" / "security.txt").read_bytes() == b"theirs"


def test_a_folder_that_was_there_stays(home: Path, site: Path) -> None:
    (site / ".well-known").mkdir()
    run = change(home, site)
    undo.rollback(home, run.id)
    assert (site / ".well-known").is_dir()


# Folders in which nothing is left ----------------------------------------------------------------

TDM = ".well-known/tdmrep.json"
GONE = (*WANTED[:1], Wanted(name=TDM, before=b"[]", after=None))


@pytest.fixture
def marked(site: Path) -> Path:
    """The site with a file in a folder whose rights are no usual ones."""
    (site / ".well-known").mkdir()
    (site / ".well-known").chmod(0o750)
    (site / TDM).write_bytes(b"[]")
    return site


def test_a_folder_in_which_nothing_is_left_goes_and_comes_back(home: Path, marked: Path) -> None:
    before = tree(marked)
    run = change(home, marked, GONE)
    assert not (marked / ".well-known").exists()
    undo.rollback(home, run.id)
    assert tree(marked) == before
    assert before[".well-known"] == (0o750, None)


def test_folders_within_folders_go_from_the_innermost(home: Path, site: Path) -> None:
    inner = site / "a" / "b" / "c"
    inner.mkdir(parents=True)
    for name in ("a/b/c/one", "a/two"):
        (site / name).write_bytes(b"x")
    before = tree(site)
    wanted = [Wanted(name=one, before=b"x", after=None) for one in ("a/two", "a/b/c/one")]
    run = change(home, site, (wanted[1],))
    assert (site / "a").is_dir()  # two lies in it
    assert not (site / "a" / "b").exists()
    undo.rollback(home, run.id)
    assert tree(site) == before
    run = change(home, site, tuple(wanted))
    assert not (site / "a").exists()
    undo.rollback(home, run.id)
    assert tree(site) == before


@pytest.mark.parametrize("other", [".well-known/security.txt", ".well-known/acme/token"])
def test_a_folder_with_something_else_in_it_stays(home: Path, marked: Path, other: str) -> None:
    (marked / other).parent.mkdir(exist_ok=True)
    (marked / other).write_bytes(b"theirs")
    before = tree(marked)
    run = change(home, marked, GONE)
    assert (marked / other).read_bytes() == b"theirs"
    assert not (marked / TDM).exists()
    assert run.emptied == ()
    undo.rollback(home, run.id)
    assert tree(marked) == before


def test_a_folder_that_gets_another_file_in_the_same_run_stays(home: Path, marked: Path) -> None:
    other = Wanted(name=".well-known/other", before=None, after=b"new")
    run = change(home, marked, (*GONE, other))
    assert (marked / ".well-known" / "other").read_bytes() == b"new"
    assert run.emptied == ()


def test_the_sites_own_folder_never_goes(home: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "ai.txt").write_bytes(b"x")
    change(home, alone, (Wanted(name="ai.txt", before=b"x", after=None),))
    assert alone.is_dir()


def test_a_link_to_a_folder_stays_with_its_folder(home: Path, site: Path) -> None:
    (site / "real").mkdir()
    (site / ".well-known").symlink_to("real")
    (site / TDM).write_bytes(b"[]")
    run = change(home, site, GONE)
    assert (site / ".well-known").is_symlink()
    assert (site / "real").is_dir()
    undo.rollback(home, run.id)
    assert (site / TDM).read_bytes() == b"[]"


def test_a_file_put_there_in_between_stops_no_rollback(home: Path, marked: Path) -> None:
    run = change(home, marked, GONE)
    (marked / ".well-known").mkdir()
    (marked / ".well-known" / "security.txt").write_bytes(b"theirs")
    undo.rollback(home, run.id)
    assert (marked / TDM).read_bytes() == b"[]"
    assert (marked / ".well-known" / "security.txt").read_bytes() == b"theirs"


def test_a_run_of_an_earlier_version_is_rolled_back(home: Path, site: Path) -> None:
    """Its manifest says nothing of folders that were emptied."""
    before = tree(site)
    run = change(home, site)
    path = home / "runs" / run.id / "manifest.json"
    told = json.loads(path.read_bytes())
    del told["emptied"]
    path.write_text(json.dumps(told))
    undo.rollback(home, run.id)
    assert tree(site) == before


@pytest.mark.parametrize("name", ["../out.txt", "link.txt", "down/robots.txt", "/etc/x", "loop/x"])
def test_nothing_leads_out_of_the_folder(name: str, home: Path, site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "down").symlink_to(tmp_path / "elsewhere")
    (site / "link.txt").symlink_to(site / "index.html")
    (site / "loop").symlink_to("loop")
    with pytest.raises(BadInput, match="leads elsewhere"):
        change(home, site, (Wanted(name=name, before=None, after=b"x"),))
    assert not home.exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "20260101-000000", "../../etc", "x/y"])
def test_a_run_that_is_not_there(name: str, home: Path) -> None:
    with pytest.raises(NotFound):
        undo.rollback(home, name)


def test_a_damaged_copy_is_not_put_back(home: Path, site: Path) -> None:
    run = change(home, site)
    (home / "runs" / run.id / "0.before").write_bytes(b"broken")
    before = tree(site)
    with pytest.raises(BadInput, match="is not the copy"):
        undo.rollback(home, run.id)
    assert tree(site) == before


@pytest.mark.parametrize("text", [b"", b"{", b'{"id": 1}', b"\xff", b'{"\xff": 1}'])
def test_a_damaged_manifest_is_one_line(text: bytes, home: Path, site: Path) -> None:
    run = change(home, site)
    (home / "runs" / run.id / "manifest.json").write_bytes(text)
    with pytest.raises(WithholdError, match="cannot be read"):
        undo.rollback(home, run.id)


def test_the_manifest_is_read_by_other_programs_too(home: Path, site: Path) -> None:
    run = change(home, site)
    told = json.loads((home / "runs" / run.id / "manifest.json").read_bytes())
    assert told["schema"] == "withhold/run/1"
    assert [Path(one["path"]).name for one in told["files"]] == [
        "robots.txt",
        "tdmrep.json",
        "ai.txt",
    ]


# Killed at every step ----------------------------------------------------------------------------


class Killed(BaseException):
    """As if the process had ended: nothing of ours may catch it and tidy up."""


STEPS = (
    *((os, name) for name in ("open", "fsync")),
    *((Path, name) for name in ("mkdir", "rename", "replace", "unlink", "chmod", "open", "rmdir")),
)


def _killed_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Ends the run before the step of that number; gives how many steps there were."""
    count = 0

    def stepping(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            if count == number:
                raise Killed
            return real(*args, **more)

        return step

    for owner, name in STEPS:
        monkeypatch.setattr(owner, name, stepping(getattr(owner, name)))
    return lambda: count


def _steps_of(act: Callable[[], Any]) -> int:
    with pytest.MonkeyPatch.context() as patch:
        steps = _killed_at(-1, patch)
        act()
        return steps()


OLD = Wanted(name="old/deep/one", before=b"1", after=None)
ALL = (*WANTED, OLD)


@pytest.fixture
def deep(site: Path) -> Path:
    """The site with a file whose folders go with it."""
    (site / OLD.name).parent.mkdir(parents=True)
    (site / OLD.name).write_bytes(b"1")
    (site / "old").chmod(0o711)
    return site


def _number_of_steps(tmp_path: Path, back: bool) -> int:
    folder = tmp_path / "count"
    (folder / OLD.name).parent.mkdir(parents=True)
    (folder / OLD.name).write_bytes(b"1")
    (folder / "robots.txt").write_bytes(ROBOTS)
    (folder / "ai.txt").write_bytes(b"old ai")
    home = tmp_path / "count-home"
    if not back:
        return _steps_of(lambda: change(home, folder, ALL))
    run = change(home, folder, ALL)
    return _steps_of(lambda: undo.rollback(home, run.id))


def test_killed_at_every_step_of_a_change(tmp_path: Path, home: Path, deep: Path) -> None:
    site = deep
    steps = _number_of_steps(tmp_path, back=False)
    assert steps > 20
    before = tree(site)
    for number in range(1, steps + 1):
        with pytest.MonkeyPatch.context() as patch:
            _killed_at(number, patch)
            with pytest.raises(Killed):
                change(home, site, ALL)
        for run in undo.runs(home):
            if run.state != "rolled-back":
                undo.rollback(home, run.id)
        assert tree(site) == before, number
    change(home, site, ALL)  # what was left behind is in nobody's way
    assert not (site / "old").exists()
    assert not list((home / "runs").glob(".*"))


def test_killed_at_every_step_of_a_rollback(tmp_path: Path, home: Path, deep: Path) -> None:
    site = deep
    steps = _number_of_steps(tmp_path, back=True)
    assert steps > 5
    before = tree(site)
    for number in range(1, steps + 1):
        run = change(home, site, ALL)
        with pytest.MonkeyPatch.context() as patch:
            _killed_at(number, patch)
            with pytest.raises(Killed):
                undo.rollback(home, run.id)
        undo.rollback(home, run.id)
        assert tree(site) == before, number
